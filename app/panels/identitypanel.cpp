// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/identitypanel.h"

#include "capture/capturestore.h"
#include "lab/labsession.h"
#include "models/labdocument.h"
#include "panels/identityeditor.h"
#include "panels/identitytext.h"
#include "panels/identityverdict.h"
#include "selection.h"
#include "widgets/captionlabel.h"
#include "widgets/emptystate.h"

#include <QAction>
#include <QBoxLayout>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

namespace rt {

IdentityPanel::IdentityPanel(LabDocument &document, Selection &selection, const Theme &theme,
                             QWidget *parent)
    : QWidget(parent), m_lab(document.lab()), m_document(document), m_selection(selection),
      m_theme(theme), m_pages(new QStackedWidget(this)),
      m_empty(new EmptyState(theme, QStringLiteral("person"),
                             tr("Sessions and tokens appear here, taken apart, once the browser "
                                "holds one or an answer brings one. You can also paste one."),
                             this)),
      m_timer(new QTimer(this))
{
    setObjectName(QStringLiteral("identity"));
    auto *logIn = new QAction(tr("Log in with a cookie session"), this);
    connect(logIn, &QAction::triggered, this, &IdentityPanel::logIn);
    m_empty->setAction(logIn);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(makeCaption());
    m_pages->addWidget(m_empty);
    m_pages->addWidget(makeBench());
    column->addWidget(m_pages, 1);
    connectActions();
    connect(&selection, &Selection::exchangeSelected, this, &IdentityPanel::refresh);
    connect(&m_lab, &LabSession::browserStateChanged, this, &IdentityPanel::refresh);
    connect(&document, &LabDocument::configChanged, this, &IdentityPanel::refresh);
    connect(&theme, &Theme::changed, this, &IdentityPanel::judgeEdited);
    m_timer->setInterval(1000); // the countdown's seconds
    connect(m_timer, &QTimer::timeout, this, &IdentityPanel::judgeEdited);
    m_timer->start();
}

QWidget *IdentityPanel::makeCaption()
{
    auto *caption = new QWidget(this);
    caption->setObjectName(QStringLiteral("identity.caption")); // becomes the dock's title bar
    auto *row = new QHBoxLayout(caption);
    row->setContentsMargins(14, 6, 8, 0);
    row->setSpacing(2);
    auto *title = new CaptionLabel(m_theme, tr("IDENTITY BENCH"), caption);
    title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(title, 1);
    struct Button
    {
        QString name;
        QString icon;
        QString text;
        void (IdentityPanel::*act)();
    };
    const Button buttons[] = {
        {QStringLiteral("identity.copy"), QStringLiteral("copy"), tr("Copy the credential"),
         &IdentityPanel::copyToClipboard},
        {QStringLiteral("identity.paste"), QStringLiteral("plus"),
         tr("Take a token or cookie from the clipboard"), &IdentityPanel::pasteFromClipboard},
    };
    for (const Button &button : buttons) {
        auto *tool = new QToolButton(caption);
        tool->setObjectName(button.name);
        tool->setAutoRaise(true);
        tool->setIcon(m_theme.icon(button.icon, Token::Dim));
        tool->setToolTip(button.text);
        tool->setAccessibleName(button.text);
        connect(tool, &QToolButton::clicked, this, button.act);
        row->addWidget(tool);
    }
    return caption;
}

QWidget *IdentityPanel::makeBench()
{
    auto *scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(14, 2, 14, 12);
    column->setSpacing(8);
    m_chooser = new QComboBox(content);
    m_chooser->setObjectName(QStringLiteral("identity.chooser"));
    m_chooser->setAccessibleName(tr("Credential"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_verdict = new IdentityVerdict(m_theme, content);
    m_editor = new IdentityEditor(m_theme, content);
    m_actions = new IdentityActions(m_theme, content);
    m_editor->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    for (QWidget *part :
         std::initializer_list<QWidget *> {m_chooser, m_verdict, m_actions, m_editor})
        column->addWidget(part);
    column->addStretch(1);
    scroll->setWidget(content);
    return scroll;
}

void IdentityPanel::connectActions()
{
    connect(m_chooser, &QComboBox::currentIndexChanged, this, &IdentityPanel::choose);
    connect(m_editor, &IdentityEditor::edited, this, &IdentityPanel::onEdited);
    connect(m_actions, &IdentityActions::sendRequested, this, &IdentityPanel::send);
    connect(m_actions, &IdentityActions::signRequested, this, &IdentityPanel::signAgain);
    connect(m_actions, &IdentityActions::guessRequested, this, &IdentityPanel::guessSecret);
    connect(m_actions, &IdentityActions::flipRequested, this, &IdentityPanel::flip);
    connect(m_actions, &IdentityActions::resetRequested, this, [this] { adopt(*m_original); });
    connect(m_actions, &IdentityActions::rotateRequested, this, [this] { rotateKeys(true); });
    connect(m_actions, &IdentityActions::dropKeysRequested, this, [this] { rotateKeys(false); });
    connect(m_actions, &IdentityActions::revokeRequested, this, &IdentityPanel::revoke);
    connect(m_actions, &IdentityActions::expireRequested, this, &IdentityPanel::expire);
}

void IdentityPanel::setStore(CaptureStore *store)
{
    if (m_store)
        m_store->disconnect(this);
    m_store = store;
    if (store)
        connect(store, &CaptureStore::exchangeUpdated, this, [this](quint64 exchange) {
            if (exchange == m_selection.exchange())
                refresh();
        });
    refresh();
}

void IdentityPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

void IdentityPanel::read()
{
    std::optional<ExchangeRecord> exchange;
    quint64 id = m_selection.exchange();
    const CallRecord *call = m_store ? m_store->call(m_selection.call()) : nullptr;
    if (!id && call && !call->exchanges.empty())
        id = call->exchanges.back();
    if (id && m_store) {
        if (auto record = m_store->exchange(id))
            exchange = std::move(*record);
    }
    m_found = credentialsIn(exchange ? &*exchange : nullptr, m_lab.browserState().cookies,
                            m_document.config());
    m_found.insert(m_found.end(), m_pasted.begin(), m_pasted.end());
}

void IdentityPanel::refresh()
{
    if (!isVisible())
        return;
    read();
    fillChooser();
    m_pages->setCurrentIndex(m_edited ? 1 : 0);
    judgeEdited();
}

bool IdentityPanel::isEdited() const
{
    return m_edited && m_original
        && (m_edited->text != m_original->text || m_edited->signature != m_original->signature);
}

/// Keeps what is looked at: the very one, else the one of the same name that replaced it.
void IdentityPanel::fillChooser()
{
    m_filling = true;
    m_chooser->clear();
    for (const Credential &credential : m_found)
        m_chooser->addItem(credentialTitle(credential));
    const auto with = [this](auto condition) {
        return std::find_if(m_found.begin(), m_found.end(), condition);
    };
    auto found = m_found.end();
    if (m_edited)
        found = with([this](const Credential &one) {
            return one.kind == m_edited->kind && one.name == m_edited->name
                && one.text == m_edited->text && one.signature == m_edited->signature;
        });
    if (found == m_found.end() && m_original)
        found = with([this](const Credential &one) { return one == *m_original; });
    if (found == m_found.end() && m_original)
        found = with([this](const Credential &one) {
            return one.kind == m_original->kind && one.name == m_original->name
                && one.place == m_original->place;
        });
    if (found == m_found.end() && !isEdited())
        found = m_found.begin();
    m_chooser->setCurrentIndex(found == m_found.end() ? -1 : int(found - m_found.begin()));
    m_filling = false;
    if (found == m_found.end()) {
        if (!isEdited())
            m_original = m_edited = std::nullopt;
        return;
    }
    const bool keepsEdits = isEdited() && *found == *m_original;
    m_original = *found;
    if (!keepsEdits && m_edited != m_original)
        adopt(*found);
}

void IdentityPanel::choose(int index)
{
    if (m_filling || index < 0)
        return;
    m_original = m_found[static_cast<size_t>(index)];
    adopt(*m_original);
}

void IdentityPanel::adopt(const Credential &credential)
{
    m_edited = credential;
    m_editor->setCredential(credential);
    judgeEdited();
}

void IdentityPanel::onEdited(const Credential &credential)
{
    m_edited = credential;
    judgeEdited();
}

void IdentityPanel::judgeEdited()
{
    if (!m_edited || !isVisible())
        return;
    const LabConfig &config = m_document.config();
    m_verdict->show(*m_edited, judge(*m_edited, config, m_lab.now()), m_lab.now());
    m_actions->show(*m_edited, config, isEdited());
}

void IdentityPanel::flip()
{
    adopt(withFlippedLetter(*m_edited));
}

Result<void> IdentityPanel::paste(const QByteArray &text)
{
    const auto credential = credentialFromText(text, m_document.config());
    if (!credential)
        return failure(credential.error().message);
    m_pasted.push_back(*credential);
    m_original = m_edited = *credential;
    m_editor->setCredential(*credential);
    refresh();
    return {};
}

void IdentityPanel::copyToClipboard()
{
    if (m_edited)
        QGuiApplication::clipboard()->setText(QString::fromLatin1(
            m_edited->isCookie() ? m_edited->name + '=' + m_edited->text : m_edited->text));
}

void IdentityPanel::pasteFromClipboard()
{
    if (const auto done = paste(QGuiApplication::clipboard()->text().toUtf8()); !done)
        emit said(done.error().message);
}

} // namespace rt
