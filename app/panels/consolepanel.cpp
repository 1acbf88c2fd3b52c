// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/consolepanel.h"

#include "capture/annotation.h"
#include "delegates/consoledelegate.h"
#include "models/consolefilter.h"
#include "panels/fixbar.h"
#include "selection.h"
#include "widgets/emptystate.h"
#include "widgets/richview.h"
#include "widgets/segmented.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>

namespace rt {

ConsolePanel::ConsolePanel(const Theme &theme, Selection &selection, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_selection(selection), m_model(new ConsoleModel(this)),
      m_filter(new ConsoleFilter(this))
{
    m_filter->setSourceModel(m_model);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    setupBar();
    setupList();
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_filter, signal, this, &ConsolePanel::followSelection);
    connect(m_filter, &QAbstractItemModel::modelReset, this, &ConsolePanel::followSelection);
    connect(&selection, &Selection::exchangeSelected, this, &ConsolePanel::followSelection);
    connect(m_words, &RichView::restyled, this, &ConsolePanel::showDetail);
    followSelection();
}

void ConsolePanel::setupBar()
{
    auto *row = new QHBoxLayout;
    row->setContentsMargins(12, 4, 8, 6);
    row->setSpacing(8);
    m_kinds = new Segmented(m_theme, {tr("All"), tr("Errors"), tr("Issues")}, this);
    m_kinds->setObjectName(QStringLiteral("console.kinds"));
    m_kinds->setAccessibleName(tr("Kind of message"));
    m_kinds->setCurrent(0);
    m_text = new QLineEdit(this);
    m_text->setObjectName(QStringLiteral("console.filter"));
    m_text->setAccessibleName(tr("Filter the console"));
    m_text->setPlaceholderText(tr("Filter"));
    m_text->setClearButtonEnabled(true);
    auto *copyAll = new QToolButton(this);
    copyAll->setObjectName(QStringLiteral("console.copy"));
    copyAll->setAutoRaise(true);
    copyAll->setIcon(m_theme.icon(QStringLiteral("copy"), Token::Dim));
    copyAll->setToolTip(tr("Copy the selected message"));
    copyAll->setAccessibleName(copyAll->toolTip());
    row->addWidget(m_kinds);
    row->addWidget(m_text, 1);
    row->addWidget(copyAll);
    layout()->addItem(row);
    connect(m_kinds, &Segmented::chosen, this, &ConsolePanel::filter);
    connect(m_text, &QLineEdit::textChanged, this, &ConsolePanel::filter);
    connect(copyAll, &QToolButton::clicked, this, &ConsolePanel::copy);
}

void ConsolePanel::setupList()
{
    m_stack = new QStackedWidget(this);
    auto *splitter = new QSplitter(Qt::Vertical, m_stack);
    splitter->setChildrenCollapsible(false);
    m_view = new QListView(splitter);
    m_view->setObjectName(QStringLiteral("console.list"));
    m_view->setAccessibleName(tr("Console"));
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new ConsoleDelegate(m_theme, m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    splitter->addWidget(m_view);
    splitter->addWidget(makeDetail());
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    auto *empty = new EmptyState(
        m_theme, QStringLiteral("check"),
        tr("Nothing to complain about. What a browser's console would say appears here."), m_stack);
    m_stack->addWidget(splitter);
    m_stack->addWidget(empty);
    layout()->addWidget(m_stack);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ConsolePanel::publishSelection);
    connect(&m_theme, &Theme::changed, m_view, &QListView::doItemsLayout);
}

QWidget *ConsolePanel::makeDetail()
{
    m_detail = new QWidget(this);
    m_words = new RichView(m_theme, m_detail);
    m_words->setObjectName(QStringLiteral("console.detail"));
    m_words->setAccessibleName(tr("Cause, effect and remedy"));
    m_fixes = new FixBar(m_theme, QStringLiteral("console.fix"), m_detail);
    m_fixes->setCompact(true);
    m_words->setMinimumHeight(m_theme.rowHeight() * 6);
    m_lesson = new QPushButton(m_theme.icon(QStringLiteral("lesson")), {}, m_detail);
    m_lesson->setObjectName(QStringLiteral("console.lesson"));
    m_lesson->setAutoDefault(false);
    m_lesson->setFlat(true);
    m_lesson->hide();
    auto *column = new QVBoxLayout(m_detail);
    column->setContentsMargins(0, 0, 0, 6);
    column->setSpacing(0);
    column->addWidget(m_words, 1);
    column->addWidget(m_fixes);
    column->addWidget(m_lesson, 0, Qt::AlignLeading);
    connect(m_fixes, &FixBar::fixRequested, this, &ConsolePanel::fixRequested);
    connect(m_fixes, &FixBar::optionRequested, &m_selection, &Selection::selectOption);
    connect(m_lesson, &QPushButton::clicked, this, [this] { emit lessonRequested(m_lessonId); });
    return m_detail;
}

void ConsolePanel::setStore(CaptureStore *store)
{
    m_store = store;
    m_model->setStore(store);
}

void ConsolePanel::setLessons(ReasonLessons lessons)
{
    m_reasons = std::move(lessons);
    showDetail();
}

void ConsolePanel::copy()
{
    if (m_view->currentIndex().isValid())
        QGuiApplication::clipboard()->setText(m_view->currentIndex().data().toString());
}

void ConsolePanel::filter()
{
    const int kind = m_kinds->current();
    m_filter->setText(m_text->text());
    m_filter->setKind(kind <= 0 ? std::nullopt
                                : std::optional(static_cast<ConsoleEntry::Kind>(kind - 1)));
}

void ConsolePanel::publishSelection()
{
    showDetail();
    const QModelIndex current = m_view->currentIndex();
    if (m_following || !current.isValid())
        return;
    const quint64 call = current.data(ConsoleModel::CallRole).toULongLong();
    if (call != m_selection.call())
        m_selection.selectExchange(0, call);
}

// The line of what is selected elsewhere; a line of the same call stays where it is.
void ConsolePanel::followSelection()
{
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    const quint64 call = m_selection.call();
    const QModelIndex current = m_view->currentIndex();
    if (!current.isValid() || current.data(ConsoleModel::CallRole).toULongLong() != call) {
        const int row = call ? m_model->rowOfCall(call) : -1;
        m_following = true;
        m_view->setCurrentIndex(row < 0 ? QModelIndex()
                                        : m_filter->mapFromSource(m_model->index(row)));
        m_following = false;
    }
    showDetail();
}

void ConsolePanel::showDetail()
{
    const QModelIndex current = m_view->currentIndex();
    const quint64 id = current.data(ConsoleModel::CallRole).toULongLong();
    const CallRecord *call = m_store && current.isValid() ? m_store->call(id) : nullptr;
    m_detail->setVisible(call != nullptr);
    if (!call)
        return;
    const Diagnosis diagnosis = diagnose(*call, m_store->exchangesOf(id));
    m_words->setContent(detailHtml(*call, diagnosis));
    m_words->verticalScrollBar()->setValue(0);
    m_fixes->setDiagnosis(diagnosis);
    const auto lesson = m_reasons.lessonFor(current.data(ConsoleModel::ReasonRole).toByteArray());
    m_lesson->setVisible(lesson.has_value());
    m_lessonId = lesson ? lesson->id : QString();
    m_lesson->setText(lesson ? tr("Lesson: %1").arg(lesson->title) : QString());
}

QString ConsolePanel::detailHtml(const CallRecord &call, const Diagnosis &diagnosis) const
{
    const auto part = [](const QString &title, const QString &text) {
        return text.isEmpty() ? QString()
                              : QStringLiteral("<p><span class=\"dim\">%1</span> %2</p>")
                                    .arg(title.toHtmlEscaped(), text.toHtmlEscaped());
    };
    const bool blocked = call.outcome == CallRecord::Outcome::Blocked;
    const QString effect = call.readable
        ? tr("Script reads status %1 and the body.").arg(call.status)
        : blocked && call.executed
        ? tr("Script sees nothing of the answer, but the server carried the request out.")
        : tr("Script sees nothing of the answer.");
    return part({}, diagnosis.story) + part(tr("Cause:"), diagnosis.cause)
        + part(tr("Effect:"), effect) + part(tr("What mends it:"), diagnosis.remedy);
}

} // namespace rt
