// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/toolbarpanel.h"

#include "actions.h"
#include "lab/labsession.h"
#include "widgets/captionlabel.h"
#include "widgets/pill.h"

#include <QAction>
#include <QBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

namespace rt {

namespace {

/// Looks like the field it opens: a sentence on the left, the key on the right.
class SearchButton final : public QPushButton
{
public:
    SearchButton(const Theme &theme, QAction &action, QWidget *parent)
        : QPushButton(parent), m_theme(theme), m_action(action)
    {
        setObjectName(QStringLiteral("toolbar.search"));
        setAccessibleName(QAction::tr("Command or search"));
        setToolTip(action.shortcut().toString(QKeySequence::NativeText));
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        connect(this, &QPushButton::clicked, &action, &QAction::trigger);
    }

    QSize sizeHint() const override { return {290, m_theme.controlHeight()}; }
    QSize minimumSizeHint() const override
    {
        return {m_theme.controlHeight() + 8, sizeHint().height()};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(m_theme.color(hasFocus() || underMouse() ? Token::Accent : Token::Line));
        painter.setBrush(m_theme.color(Token::Code));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        const int icon = fontMetrics().height();
        QRect box(10, (height() - icon) / 2, icon, icon);
        m_theme.icon(QStringLiteral("search"), Token::Dim)
            .paint(&painter, QStyle::visualRect(layoutDirection(), rect(), box));
        painter.setPen(m_theme.color(Token::Dim));
        const QRect text = rect().adjusted(icon + 18, 0, -10, 0);
        const QString key = m_action.shortcut().toString(QKeySequence::NativeText);
        const int keyWidth = fontMetrics().horizontalAdvance(key);
        const bool roomy = text.width() > keyWidth + 60;
        const QRect words = text.adjusted(0, 0, roomy ? -keyWidth - 12 : 0, 0);
        const QString what = m_action.text().remove(u'&');
        const auto draw = [&](const QRect &where, Qt::Alignment side, const QString &shown) {
            painter.drawText(QStyle::visualRect(layoutDirection(), rect(), where),
                             Qt::AlignVCenter | QStyle::visualAlignment(layoutDirection(), side),
                             shown);
        };
        draw(words, Qt::AlignLeft, fontMetrics().elidedText(what, Qt::ElideRight, words.width()));
        if (roomy)
            draw(text, Qt::AlignRight, key);
    }

private:
    const Theme &m_theme;
    QAction &m_action;
};

} // namespace

ToolBarPanel::ToolBarPanel(const Theme &theme, LabSession &lab, Actions &actions, QWidget *parent)
    : QToolBar(tr("Tool bar"), parent), m_theme(theme), m_lab(lab), m_actions(actions),
      m_content(new QWidget(this)), m_row(new QHBoxLayout(m_content))
{
    setObjectName(QStringLiteral("toolbar"));
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    m_content->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_row->setContentsMargins(8, 5, 8, 5);
    m_row->setSpacing(8);
    setupLeft();
    setupRight();
    addWidget(m_content);
    showServers();
    connect(&lab, &LabSession::serversChanged, this, &ToolBarPanel::showServers);
}

void ToolBarPanel::setupLeft()
{
    m_brand = new CaptionLabel(m_theme, QStringLiteral("Roundtrip"), m_content, FontRole::Strong,
                               Token::Text);
    m_row->addWidget(m_brand);
    addLine();
    m_name = menuButton(QStringLiteral("File"), tr("Lab"), QString());
    m_servers = new QHBoxLayout;
    m_servers->setSpacing(6);
    m_row->addLayout(m_servers);
    addLine();
    button(QStringLiteral("traffic.pause"));
    button(QStringLiteral("traffic.clear"));
    menuButton(QStringLiteral("Lab/Skip time"), tr("Skip time\u2026"), QStringLiteral("skip"));
}

void ToolBarPanel::setupRight()
{
    m_row->addStretch(1);
    m_search
        = new SearchButton(m_theme, *m_actions.action(QStringLiteral("edit.search")), m_content);
    m_row->addWidget(m_search, 2);
    menuButton(QStringLiteral("File/Export"), tr("Export"), QStringLiteral("export"));
    button(QStringLiteral("lab.openInBrowser"));
}

QToolButton *ToolBarPanel::button(const QString &actionId)
{
    QAction *action = m_actions.action(actionId);
    auto *button = new QToolButton(m_content);
    button->setDefaultAction(action);
    button->setObjectName(QStringLiteral("toolbar.") + actionId);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAccessibleName(action->text().remove(u'&'));
    m_row->addWidget(button);
    m_buttons.push_back(button);
    return button;
}

QToolButton *ToolBarPanel::menuButton(const QString &menuPath, const QString &text,
                                      const QString &icon)
{
    auto *button = new QToolButton(m_content);
    button->setText(text);
    button->setAccessibleName(text);
    button->setObjectName(QStringLiteral("toolbar.menu.") + menuPath);
    button->setMenu(m_actions.menu(menuPath));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    if (!icon.isEmpty()) {
        button->setIcon(m_theme.icon(icon));
        m_buttons.push_back(button);
    }
    m_row->addWidget(button);
    return button;
}

void ToolBarPanel::addLine()
{
    auto *line = new QWidget(m_content);
    line->setFixedSize(1, 22);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    m_row->addWidget(line);
}

void ToolBarPanel::setLabName(const QString &name)
{
    m_name->setText(tr("Lab: %1").arg(name));
    m_name->setAccessibleName(m_name->text());
}

void ToolBarPanel::showServers()
{
    while (m_servers->count() > 0) {
        const std::unique_ptr<QLayoutItem> item(m_servers->takeAt(0));
        item->widget()->deleteLater();
    }
    const auto &listeners = m_lab.servers().listeners;
    if (listeners.empty())
        m_servers->addWidget(new Pill(m_theme, tr("servers off"), PillTone::Neutral, m_content));
    for (const ServerState::Listener &listener : listeners) {
        if (listener.title != u"API" && listener.title != u"Site")
            continue;
        const bool moved = listener.port != listener.wantedPort && listener.wantedPort;
        auto *pill
            = new Pill(m_theme, QStringLiteral("%1 :%2").arg(listener.title).arg(listener.port),
                       moved ? PillTone::Caution : PillTone::Good, m_content);
        pill->setDot(true);
        pill->setToolTip(
            moved ? tr("Port %1 was taken; %2 listens on %3.")
                        .arg(listener.wantedPort)
                        .arg(listener.title)
                        .arg(listener.port)
                  : tr("%1 listens on 127.0.0.1, port %2.").arg(listener.title).arg(listener.port));
        m_servers->addWidget(pill);
    }
}

void ToolBarPanel::resizeEvent(QResizeEvent *event)
{
    QToolBar::resizeEvent(event);
    const int characters = width() / std::max(1, fontMetrics().averageCharWidth());
    m_brand->setVisible(characters > 150);
    const bool words = characters > 165;
    for (QToolButton *button : m_buttons)
        button->setToolButtonStyle(words ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
}

} // namespace rt
