// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/clientpanel.h"

#include "forms/bodyeditor.h"
#include "forms/headertable.h"
#include "forms/requestbar.h"
#include "forms/requesthint.h"
#include "lab/command.h"
#include "models/callrequest.h"
#include "models/labdocument.h"
#include "panels/clientpanelheader.h"
#include "panels/clientpanelpages.h"
#include "panels/clientpanelsaved.h"
#include "panels/predictionpill.h"

#include <QBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>

namespace rt {

namespace {

// https://fetch.spec.whatwg.org/ knows no default; people start with a read from the page's API.
FetchRequest firstRequest()
{
    FetchRequest request;
    request.url = virtualOrigin("api") + "/api/items";
    return request;
}

QStringList demoAddresses()
{
    const QString api = QString::fromUtf8(virtualOrigin("api"));
    QStringList addresses;
    for (const char *path :
         {"/ping", "/api/items", "/api/user", "/api/users", "/api/users/1", "/api/echo",
          "/api/data?bytes=2000", "/api/greet?name=Ada", "/api/search?tags=a&tags=b", "/api/likes",
          "/login", "/logout", "/me", "/admin/report", "/transfer", "/stream?chunks=5&delay=300",
          "/download?bytes=100000", "/api/updates", "/error"})
        addresses.append(api + QLatin1StringView(path));
    return addresses;
}

} // namespace

ClientPanel::ClientPanel(LabSession &lab, LabDocument &document, const Theme &theme,
                         QWidget *parent)
    : QWidget(parent), m_lab(lab), m_document(document), m_theme(theme),
      m_header(new ClientHeader(document, theme, this)), m_bar(new RequestBar(theme, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_header);
    column->addWidget(m_bar);
    setupTabs();
    setupPages();
    setupRequest();
    setRequest(firstRequest());
}

ClientPanel::~ClientPanel() = default;

void ClientPanel::setupTabs()
{
    m_tabs = new QTabBar(this);
    m_tabs->setObjectName(QStringLiteral("client.tabs"));
    m_tabs->setAccessibleName(tr("Parts of the request"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setUsesScrollButtons(true);
    auto *holder = new QWidget(this);
    m_hint = new Pill(m_theme, {}, PillTone::Neutral, holder);
    m_prediction = new PredictionPill(m_theme, holder);
    auto *inside = new QHBoxLayout(holder);
    inside->setContentsMargins(8, 0, 0, 0);
    inside->addWidget(m_hint);
    inside->addWidget(m_prediction);
    inside->setSpacing(6);
    inside->addStretch(1);
    m_hint->setObjectName(QStringLiteral("client.hint"));
    m_tabRow = new QBoxLayout(QBoxLayout::LeftToRight);
    m_tabRow->setContentsMargins(4, 0, 12, 0);
    m_tabRow->setSpacing(2);
    m_tabRow->addWidget(m_tabs, 1);
    m_tabRow->addWidget(holder, 0, Qt::AlignVCenter);
    static_cast<QBoxLayout *>(layout())->addLayout(m_tabRow);
}

QWidget *ClientPanel::makeHeadersPage()
{
    auto *page = new QWidget(m_pages);
    m_headers = new HeaderTable(m_theme, page);
    m_headers->setObjectName(QStringLiteral("client.headers"));
    auto *inside = new QVBoxLayout(page);
    inside->setContentsMargins(8, 2, 8, 0);
    inside->addWidget(m_headers);
    return page;
}

void ClientPanel::setupPages()
{
    m_pages = new QStackedWidget(this);
    QWidget *headers = makeHeadersPage();
    m_body = new BodyEditor(m_theme, m_pages);
    m_code = new ClientCodePage(m_lab, m_theme, m_pages);
    auto *history = new ClientHistoryPage(m_history, m_theme, m_pages);
    auto *saved = new ClientSavedPage(m_saved, m_theme, m_pages);
    auto *browser = new ClientBrowserPage(m_lab, m_document, m_theme, m_pages);
    for (QWidget *page :
         std::initializer_list<QWidget *> {headers, m_body, m_code, history, saved, browser})
        m_pages->addWidget(page);
    for (const QString &title :
         {tr("Headers"), tr("Body"), tr("Code: fetch"), tr("History"), tr("Saved"), tr("Browser")})
        m_tabs->addTab(title);
    m_pages->setMinimumHeight(m_theme.rowHeight() * 2);
    // A page may be as small as the panel; what does not fit scrolls.
    for (int i = 0; i < m_pages->count(); ++i)
        m_pages->widget(i)->setMinimumHeight(1);
    static_cast<QBoxLayout *>(layout())->addWidget(m_pages, 1);
    connect(m_tabs, &QTabBar::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_code, &ClientCodePage::languageChosen, this, &ClientPanel::refresh);
    connect(history, &ClientHistoryPage::editRequested, this, &ClientPanel::setRequest);
    connect(saved, &ClientSavedPage::editRequested, this, &ClientPanel::setRequest);
    connect(saved, &ClientSavedPage::saveRequested, this, &ClientPanel::save);
    connect(saved, &ClientSavedPage::refused, this, &ClientPanel::refused);
    connect(history, &ClientHistoryPage::resendRequested, this,
            [this](const FetchRequest &request) { start(request, 1); });
}

void ClientPanel::setupRequest()
{
    m_bar->setUrls(demoAddresses());
    connect(m_bar, &RequestBar::sendRequested, this, &ClientPanel::send);
    connect(m_bar, &RequestBar::requestChanged, this, &ClientPanel::refresh);
    connect(&m_headers->headerModel(), &HeaderTableModel::headersChanged, this,
            &ClientPanel::refresh);
    connect(m_body, &BodyEditor::bodyChanged, this, &ClientPanel::refresh);
    connect(m_body, &BodyEditor::kindChosen, this,
            [this](BodyEditor::Kind kind) { followKind(kind == BodyEditor::Kind::Json); });
    connect(m_header, &ClientHeader::rawChanged, m_bar, &RequestBar::setRaw);
    connect(m_header, &ClientHeader::kindChanged, m_bar, &RequestBar::setKind);
    connect(m_prediction, &PredictionPill::guessChanged, this, &ClientPanel::refresh);
    connect(&m_lab, &LabSession::itemsArrived, this, &ClientPanel::judge);
    connect(&m_document, &LabDocument::configChanged, this, &ClientPanel::refresh);
    connect(&m_lab, &LabSession::browserStateChanged, this, &ClientPanel::refresh);
    connect(&m_lab, &LabSession::itemsArrived, &m_history, &RequestHistory::update);
}

FetchRequest ClientPanel::request() const
{
    FetchRequest request;
    m_bar->writeTo(request);
    if (!m_header->isRaw())
        request.page = m_header->page();
    request.headers = m_headers->headerModel().headers();
    m_body->writeTo(request);
    return request;
}

void ClientPanel::setRequest(const FetchRequest &request)
{
    m_filling = true;
    m_header->setRaw(request.api == "raw");
    m_header->setKind(request.api == "raw" ? QByteArray("fetch") : request.api);
    if (!request.page.isEmpty())
        std::ignore = m_document.setOption("client.page", JsValue(QString::fromUtf8(request.page)));
    m_bar->readFrom(request);
    m_headers->headerModel().setHeaders(request.headers);
    m_body->readFrom(request);
    m_filling = false;
    refresh();
}

// A string body is text/plain to fetch(); who sends JSON says so. The header is there to be seen.
void ClientPanel::followKind(bool json)
{
    HeaderList headers = m_headers->headerModel().headers();
    const QByteArray type = headers.get("Content-Type").value_or(QByteArray());
    if (json && type.isEmpty())
        headers.append("Content-Type", "application/json");
    else if (!json && type == "application/json")
        headers.remove("Content-Type");
    m_headers->headerModel().setHeaders(headers);
}

void ClientPanel::refresh()
{
    if (m_filling)
        return;
    const FetchRequest now = request();
    const int headers = now.headers.size();
    m_tabs->setTabText(static_cast<int>(Tab::Headers),
                       headers > 0 ? tr("Headers %1").arg(headers) : tr("Headers"));
    m_tabs->setTabText(static_cast<int>(Tab::Body),
                       now.hasBody ? tr("Body %1").arg(m_body->kindName()) : tr("Body"));
    m_tabs->setTabText(static_cast<int>(Tab::Code), tr("Code: %1").arg(m_code->language()));
    m_code->setRequest(now);
    const RequestHint hint = requestHint(now, m_lab.browserState(), m_lab.now());
    m_hint->setText(hint.text);
    m_hint->setVisible(!m_prediction->isGuessing()); // it would give the answer away
    m_hint->setTone(hint.tone);
    m_hint->setToolTip(hint.detail);
    arrangeTabs();
}

void ClientPanel::send()
{
    if (!m_bar->sendButton()->isEnabled())
        return;
    const FetchRequest wanted = request();
    if (wanted.url.isEmpty() || wanted.method.isEmpty()) {
        emit refused(tr("A request needs a method and an address."));
        return;
    }
    start(wanted, m_bar->times());
}

void ClientPanel::sendAgain()
{
    if (m_last.url.isEmpty())
        send();
    else if (m_bar->sendButton()->isEnabled())
        start(m_last, 1);
}

void ClientPanel::save(const QString &name)
{
    if (const auto done = m_saved.save(name, request()); !done)
        emit refused(done.error().message);
}

void ClientPanel::judge(const std::vector<CaptureItem> &items)
{
    for (const CaptureItem &item : items) {
        if (const auto *call = std::get_if<CallRecord>(&item))
            m_prediction->judge(*call);
    }
}

void ClientPanel::resend(const CallRecord &call)
{
    if (m_bar->sendButton()->isEnabled())
        start(m_history.requestOfCall(call.id).value_or(requestOf(call)), 1);
}

void ClientPanel::useInRawTool(const QByteArray &header, const QByteArray &value)
{
    FetchRequest stolen = request();
    stolen.api = "raw";
    stolen.page.clear();
    stolen.headers.set(header, value);
    setRequest(stolen);
    showTab(Tab::Headers);
}

void ClientPanel::start(const FetchRequest &request, int times)
{
    m_document.commitEdits();
    m_last = request;
    for (int i = 0; i < times; ++i) {
        const quint64 call = m_lab.fetch(request);
        m_history.add(call, request);
        m_prediction->bind(call);
        emit sent(call);
    }
}

void ClientPanel::focusUrl()
{
    m_bar->url()->setFocus(Qt::ShortcutFocusReason);
    m_bar->url()->selectAll();
}

void ClientPanel::showTab(Tab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

QSize ClientPanel::sizeHint() const
{
    const int pages = m_theme.rowHeight() * 4;
    return {640, minimumSizeHint().height() - m_pages->minimumHeight() + pages};
}

void ClientPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrangeTabs();
}

// The hint stands beside the tabs where there is room, else below them.
void ClientPanel::arrangeTabs()
{
    const bool wide = width() > m_tabs->sizeHint().width() + m_hint->sizeHint().width()
            + m_prediction->sizeHint().width() + 40;
    m_tabRow->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace rt
