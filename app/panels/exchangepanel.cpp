// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/exchangepanel.h"

#include "capture/capturestore.h"
#include "models/labdocument.h"
#include "models/trafficformat.h"
#include "panels/exchangebody.h"
#include "panels/exchangeheaders.h"
#include "panels/exchangestages.h"
#include "panels/exchangestory.h"
#include "panels/exchangetiming.h"
#include "panels/exchangetrace.h"
#include "panels/exchangewire.h"
#include "panels/fixbar.h"
#include "widgets/captionlabel.h"
#include "widgets/emptystate.h"
#include "widgets/pill.h"

#include <QBoxLayout>
#include <QStackedWidget>
#include <QTabBar>

namespace rt {

namespace {

struct Verdict
{
    QString text;
    PillTone tone;
};

Verdict verdictOf(const CallRecord &call)
{
    const QString reason = QString::fromLatin1(call.reason.sliced(call.reason.indexOf('.') + 1));
    switch (call.outcome) {
    case CallRecord::Outcome::Pending:
        return {ExchangePanel::tr("\u2026 waiting"), PillTone::Neutral};
    case CallRecord::Outcome::Ok:
        return call.readable
            ? Verdict {ExchangePanel::tr("\u2713 readable"), PillTone::Good}
            : Verdict {ExchangePanel::tr("\u2713 sent, not readable"), PillTone::Caution};
    case CallRecord::Outcome::Blocked:
        return {ExchangePanel::tr("\u2715 blocked \u00b7 %1").arg(reason), PillTone::Bad};
    case CallRecord::Outcome::Failed:
        return {ExchangePanel::tr("\u2715 failed \u00b7 %1").arg(reason), PillTone::Bad};
    case CallRecord::Outcome::Aborted:
        return {ExchangePanel::tr("\u2715 cancelled"), PillTone::Neutral};
    }
    return {};
}

} // namespace

ExchangePanel::ExchangePanel(const Theme &theme, Selection &selection, LabDocument &document,
                             QWidget *parent)
    : QWidget(parent), m_theme(theme), m_selection(selection), m_document(document),
      m_outer(new QStackedWidget(this)),
      m_empty(new EmptyState(
          theme, QStringLiteral("inspect"),
          tr("Select a row of the traffic to see what it says, who set it and why."), this)),
      m_tabs(new QTabBar(this)), m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("inspector"));
    setupPages();
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_tabs);
    column->addWidget(makeStoryLine());
    column->addWidget(m_stack, 1);
    m_outer->addWidget(m_empty);
    m_outer->addWidget(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_outer);
    connect(m_tabs, &QTabBar::currentChanged, this, &ExchangePanel::showPage);
    connect(&selection, &Selection::exchangeSelected, this, &ExchangePanel::refresh);
    connect(&document, &LabDocument::configChanged, this, &ExchangePanel::refresh);
    setPage(Page::Headers);
}

void ExchangePanel::setupPages()
{
    m_pages = {new ExchangeStory(m_theme, m_selection, this),
               new ExchangeHeaders(m_theme, m_selection, this),
               new ExchangeBody(m_theme, m_selection, this),
               new ExchangeStages(m_theme, m_selection, this),
               new ExchangeTrace(m_theme, m_selection, this),
               new ExchangeTiming(m_theme, m_selection, this),
               new ExchangeWire(m_theme, m_selection, this)};
    m_tabs->setObjectName(QStringLiteral("inspector.tabs"));
    m_tabs->setAccessibleName(tr("Depth of looking"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(true);
    m_tabs->setElideMode(Qt::ElideNone);
    for (ExchangePage *page : m_pages) {
        m_stack->addWidget(page);
        m_tabs->addTab(QString());
        connect(page, &ExchangePage::fixRequested, this, &ExchangePanel::runFix);
        connect(page, &ExchangePage::linkRequested, this, &ExchangePanel::linkRequested);
    }
    showBadges();
}

QWidget *ExchangePanel::makeStoryLine()
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(14, 8, 14, 8);
    row->setSpacing(10);
    m_verdict = new Pill(m_theme, {}, PillTone::Neutral, line);
    m_verdict->setObjectName(QStringLiteral("inspector.verdict"));
    m_story = new CaptionLabel(m_theme, {}, line, FontRole::Ui, Token::Text);
    m_story->setObjectName(QStringLiteral("inspector.sentence"));
    m_story->setWordWrap(true);
    m_story->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(m_verdict, 0, Qt::AlignTop);
    row->addWidget(m_story, 1);
    return line;
}

void ExchangePanel::setStore(CaptureStore *store)
{
    if (m_store)
        m_store->disconnect(this);
    m_store = store;
    if (store) {
        connect(store, &CaptureStore::callChanged, this, &ExchangePanel::onCallChanged);
        connect(store, &CaptureStore::exchangeUpdated, this, &ExchangePanel::onExchangeUpdated);
    }
    refresh();
}

void ExchangePanel::onCallChanged(quint64 call)
{
    if (call && call == m_selection.call())
        refresh();
}

void ExchangePanel::onExchangeUpdated(quint64 exchange)
{
    if (exchange && exchange == m_selection.exchange())
        refresh();
}

void ExchangePanel::setPage(Page page)
{
    m_tabs->setCurrentIndex(static_cast<int>(page));
}

void ExchangePanel::setHighlights(const QStringList &paths)
{
    for (ExchangePage *page : m_pages)
        page->setHighlights(paths);
}

void ExchangePanel::read()
{
    m_inspected = {};
    m_inspected.config = m_document.config();
    if (!m_store)
        return;
    if (const CallRecord *call = m_store->call(m_selection.call())) {
        m_inspected.call = *call;
        m_inspected.exchanges = m_store->exchangesOf(call->id);
    }
    quint64 exchange = m_selection.exchange();
    if (!exchange && !m_inspected.exchanges.empty())
        exchange = m_inspected.exchanges.back().id;
    if (exchange) {
        if (auto record = m_store->exchange(exchange))
            m_inspected.exchange = std::move(*record);
    }
    const CallRecord *call = m_inspected.call ? &*m_inspected.call : nullptr;
    if (m_inspected.exchange)
        m_inspected.annotations = annotate(*m_inspected.exchange, call);
    if (call)
        m_inspected.diagnosis = diagnose(*call, m_inspected.exchanges);
    else if (m_inspected.exchange)
        m_inspected.diagnosis = diagnose(*m_inspected.exchange);
}

void ExchangePanel::refresh()
{
    read();
    m_outer->setCurrentIndex(m_inspected.isEmpty() ? 0 : 1);
    m_stale.fill(true);
    showVerdict();
    showBadges();
    showPage();
}

void ExchangePanel::showVerdict()
{
    Verdict verdict;
    if (m_inspected.call) {
        verdict = verdictOf(*m_inspected.call);
    } else if (m_inspected.exchange) {
        const int status = m_inspected.exchange->response().status;
        verdict = {status ? QString::number(status) + u' ' + statusPhrase(status)
                          : tr("\u2026 waiting"),
                   status >= 500       ? PillTone::Bad
                       : status >= 300 ? PillTone::Caution
                                       : PillTone::Good};
    }
    m_verdict->setText(verdict.text);
    m_verdict->setTone(verdict.tone);
    m_story->setText(m_inspected.diagnosis.story);
}

void ExchangePanel::showBadges()
{
    const QString names[pageCount] = {tr("Story"), tr("Headers"), tr("Body"),      tr("Stages"),
                                      tr("Trace"), tr("Timing"),  tr("Wire bytes")};
    const auto counted = [](const QString &name, size_t count) {
        return count ? QStringLiteral("%1 %2").arg(name).arg(count) : name;
    };
    for (int i = 0; i < pageCount; ++i) {
        QString text = names[i];
        if (static_cast<Page>(i) == Page::Stages && m_inspected.exchange)
            text = counted(text, m_inspected.exchange->server.stages.size());
        if (static_cast<Page>(i) == Page::Trace && m_inspected.call)
            text = counted(text, m_inspected.call->steps.size());
        m_tabs->setTabText(i, text);
    }
}

void ExchangePanel::showPage()
{
    const int index = m_tabs->currentIndex();
    if (index < 0)
        return;
    m_stack->setCurrentIndex(index);
    bool &stale = m_stale[static_cast<size_t>(index)];
    if (stale)
        m_pages[static_cast<size_t>(index)]->show(m_inspected);
    stale = false;
}

void ExchangePanel::runFix(int fix)
{
    const std::vector<Fix> fixes = FixBar::chosen(m_inspected.diagnosis, fix);
    if (fixes.empty())
        return;
    // What is inspected changes while the settings do.
    const std::optional<CallRecord> call = m_inspected.call;
    m_document.undoStack().beginMacro(fixes.size() == 1 ? fixes.front().label
                                                        : tr("Mend the request"));
    Result<void> done;
    for (const Fix &change : fixes) {
        if (done)
            done = m_document.setOption(change.path, change.value);
    }
    m_document.undoStack().endMacro();
    if (!done) {
        emit refused(done.error().message);
        return;
    }
    m_selection.selectOption(fixes.front().path);
    if (call)
        emit mended(*call);
}

bool ExchangePanel::applyFix()
{
    if (m_inspected.diagnosis.fixes.empty())
        return false;
    runFix(FixBar::allFixes);
    return true;
}

} // namespace rt
