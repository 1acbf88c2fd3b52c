// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/clientpanelpages.h"

#include "forms/codeview.h"
#include "forms/optionform.h"
#include "forms/requestcode.h"
#include "lab/labsession.h"
#include "models/history.h"
#include "panels/clientpanelhistorydelegate.h"
#include "widgets/captionlabel.h"
#include "widgets/emptystate.h"
#include "widgets/flowlayout.h"
#include "widgets/segmented.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QToolButton>
#include <QUrl>

namespace rt {

ClientCodePage::ClientCodePage(const LabSession &lab, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_lab(lab),
      m_language(new Segmented(
          theme, {QStringLiteral("fetch"), QStringLiteral("axios"), QStringLiteral("curl")}, this)),
      m_view(new CodeView(theme, CodeHighlighter::Language::JavaScript, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 6, 0, 0);
    column->setSpacing(4);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(12, 0, 8, 0);
    bar->addWidget(m_language);
    bar->addStretch(1);
    auto *copy = new QToolButton(this);
    copy->setAutoRaise(true);
    copy->setIcon(theme.icon(QStringLiteral("copy"), Token::Dim));
    copy->setToolTip(tr("Copy"));
    copy->setAccessibleName(tr("Copy the code"));
    bar->addWidget(copy);
    column->addLayout(bar);
    column->addWidget(m_view, 1);
    m_language->setCurrent(0);
    m_language->setAccessibleName(tr("Language of the code"));
    m_view->setLineNumbersVisible(false);
    m_view->setAccessibleName(tr("The request as code"));
    m_view->setObjectName(QStringLiteral("client.code"));
    connect(copy, &QToolButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(code()); });
    connect(m_language, &Segmented::chosen, this, &ClientCodePage::refresh);
    connect(m_language, &Segmented::chosen, this, &ClientCodePage::languageChosen);
}

void ClientCodePage::setRequest(const FetchRequest &request)
{
    m_request = request;
    refresh();
}

QString ClientCodePage::language() const
{
    static const QString names[]
        = {QStringLiteral("fetch"), QStringLiteral("axios"), QStringLiteral("curl")};
    return names[std::max(0, m_language->current())];
}

QString ClientCodePage::code() const
{
    return m_view->toPlainText();
}

// The virtual names exist in the lab only; curl must be told where they really are.
QString ClientCodePage::connectTo() const
{
    const QUrl url
        = QUrl(QString::fromUtf8(m_request.page)).resolved(QUrl(QString::fromUtf8(m_request.url)));
    const int port = url.port(url.scheme() == QLatin1StringView("https") ? 443 : 80);
    for (const ServerState::Listener &listener : m_lab.servers().listeners) {
        const QUrl known(QString::fromUtf8(listener.virtualOrigin));
        const int knownPort = known.port(known.scheme() == QLatin1StringView("https") ? 443 : 80);
        if (known.host() == url.host() && knownPort == port)
            return QStringLiteral("%1:%2:127.0.0.1:%3")
                .arg(url.host())
                .arg(port)
                .arg(listener.port);
    }
    return {};
}

void ClientCodePage::refresh()
{
    const bool curl = language() == u"curl";
    m_view->setLanguage(curl ? CodeHighlighter::Language::Shell
                             : CodeHighlighter::Language::JavaScript);
    m_view->setCode(curl                         ? curlCode(m_request, connectTo())
                        : language() == u"axios" ? axiosCode(m_request)
                                                 : fetchCode(m_request));
}

ClientHistoryPage::ClientHistoryPage(RequestHistory &history, const Theme &theme, QWidget *parent)
    : QWidget(parent), m_history(history), m_stack(new QStackedLayout(this)),
      m_list(new QListView(this))
{
    m_stack->addWidget(new EmptyState(theme, QStringLiteral("clock"),
                                      tr("What you send is kept here, to edit and send again."),
                                      this));
    m_stack->addWidget(m_list);
    m_list->setModel(&history);
    m_list->setItemDelegate(new ClientHistoryDelegate(theme, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setObjectName(QStringLiteral("client.history"));
    m_list->setAccessibleName(tr("Requests sent"));
    connect(&history, &QAbstractItemModel::rowsInserted, this, &ClientHistoryPage::showList);
    connect(&history, &QAbstractItemModel::modelReset, this, &ClientHistoryPage::showList);
    showList();
    m_list->setToolTip(tr("Enter or double click: edit again. Shift+Enter: send again."));
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) {
        const bool again = QGuiApplication::keyboardModifiers().testFlag(Qt::ShiftModifier);
        const FetchRequest &request = m_history.request(index.row());
        again ? emit resendRequested(request) : emit editRequested(request);
    });
}

void ClientHistoryPage::showList()
{
    m_stack->setCurrentIndex(m_history.rowCount() > 0 ? 1 : 0);
}

ClientBrowserPage::ClientBrowserPage(LabSession &lab, LabDocument &document, const Theme &theme,
                                     QWidget *parent)
    : QWidget(parent), m_lab(lab), m_theme(theme)
{
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    auto *inside = new QVBoxLayout(content);
    inside->setContentsMargins(0, 6, 0, 6);
    inside->addWidget(makeButtons());
    inside->addWidget(new OptionForm(browserSettingGroup(), document, theme, content));
    inside->addStretch(1);
    scroll->setWidget(content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(scroll);
    connect(&lab, &LabSession::browserStateChanged, this, &ClientBrowserPage::refresh);
    refresh();
}

QWidget *ClientBrowserPage::makeButtons()
{
    auto *bar = new QWidget(this);
    auto *flow = new FlowLayout(bar, 8);
    flow->setContentsMargins(12, 0, 12, 0);
    m_clear = new QPushButton(tr("Forget preflights"), bar);
    m_clear->setObjectName(QStringLiteral("client.clearPreflightCache"));
    m_clear->setAutoDefault(false);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        std::ignore = m_lab.run({"clearPreflightCache", JsValue::object(), false});
    });
    auto *skip = new QPushButton(tr("Skip time"), bar);
    skip->setObjectName(QStringLiteral("client.advance"));
    skip->setAutoDefault(false);
    auto *menu = new QMenu(skip);
    const std::pair<QString, qint64> spans[]
        = {{tr("10 seconds"), 10'000},  {tr("1 minute"), 60'000},  {tr("9 minutes"), 540'000},
           {tr("11 minutes"), 660'000}, {tr("1 hour"), 3'600'000}, {tr("1 day"), 86'400'000}};
    for (const auto &[text, span] : spans)
        connect(menu->addAction(text), &QAction::triggered, this,
                [this, milliseconds = span] { advance(milliseconds); });
    skip->setMenu(menu);
    m_state = new CaptionLabel(m_theme, {}, bar, FontRole::Small);
    for (QWidget *widget : std::initializer_list<QWidget *> {m_clear, skip, m_state})
        flow->addWidget(widget);
    return bar;
}

void ClientBrowserPage::advance(qint64 milliseconds)
{
    JsValue arguments = JsValue::object();
    arguments.insert(QStringLiteral("milliseconds"), JsValue(milliseconds));
    std::ignore = m_lab.run({"advance", arguments, false});
}

void ClientBrowserPage::refresh()
{
    const auto count = static_cast<int>(m_lab.browserState().preflightCache.size());
    m_state->setText(count == 1 ? tr("1 remembered permission")
                                : tr("%n remembered permissions", nullptr, count));
}

} // namespace rt
