// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/servercardheader.h"

#include "forms/optiongroup.h"
#include "widgets/theme.h"
#include "widgets/toggleswitch.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace rt {

namespace {
constexpr int gripWidth = 22;
constexpr int sideMargin = 10;
} // namespace

StageGrip::StageGrip(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setCursor(Qt::OpenHandCursor);
    setToolTip(tr("Drag to move this stage. With the keyboard: Alt+Up, Alt+Down."));
    setAccessibleName(tr("Move"));
}

QSize StageGrip::sizeHint() const
{
    const int height = m_theme.controlHeight();
    return {height * gripWidth / 28, height};
}

void StageGrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const int side = width() * 14 / gripWidth;
    const QRect icon((width() - side) / 2, (height() - side) / 2, side, side);
    m_theme.icon(QStringLiteral("grip"), isEnabled() ? Token::Dim : Token::Line)
        .paint(&painter, icon);
}

void StageGrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        setCursor(Qt::ClosedHandCursor);
}

void StageGrip::mouseMoveEvent(QMouseEvent *event)
{
    const bool far = event->position().toPoint().manhattanLength() > 4;
    if (!(event->buttons() & Qt::LeftButton) || (!m_dragging && !far))
        return;
    m_dragging = true;
    emit dragged(event->globalPosition().toPoint());
}

void StageGrip::mouseReleaseEvent(QMouseEvent *event)
{
    setCursor(Qt::OpenHandCursor);
    if (std::exchange(m_dragging, false))
        emit dropped(event->globalPosition().toPoint());
}

ServerCardHeader::ServerCardHeader(const OptionGroup &group, const Theme &theme, QWidget *parent)
    : QAbstractButton(parent), m_theme(theme)
{
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    const QString stage = QString::fromUtf8(group.id);
    if (group.isStage) {
        m_grip = new StageGrip(theme, this);
        m_grip->setObjectName(QStringLiteral("server.order.") + stage);
    }
    if (group.optional) {
        m_toggle = new ToggleSwitch(theme, this);
        m_toggle->setObjectName(QStringLiteral("server.%1.enabled").arg(stage));
        connect(m_toggle, &QAbstractButton::clicked, this, &ServerCardHeader::enabledChosen);
    }
}

void ServerCardHeader::setTexts(const QString &name, const QString &summary, bool changed)
{
    setText(name);
    m_summary = summary;
    m_changed = changed;
    speak();
    setAccessibleDescription(summary);
    if (m_grip)
        m_grip->setAccessibleName(tr("Move %1").arg(name));
    if (m_toggle)
        m_toggle->setAccessibleName(tr("Use %1").arg(name));
    setToolTip(summary);
    update();
}

void ServerCardHeader::speak()
{
    const bool on = !m_toggle || m_toggle->isChecked();
    const QString state = tr("%1, %2").arg(text(), on ? tr("on") : tr("off"));
    setAccessibleName(m_place.isEmpty() ? state : tr("%1, %2").arg(state, m_place));
}

void ServerCardHeader::setPlace(int place, int count)
{
    m_place = place > 0 ? tr("%1 of %2").arg(place).arg(count) : QString();
    if (m_grip)
        m_grip->setEnabled(place > 0);
    speak();
}

void ServerCardHeader::setStageEnabled(bool enabled)
{
    m_stageEnabled = enabled;
    if (m_toggle)
        m_toggle->setChecked(enabled);
    update();
}

void ServerCardHeader::setExpandable(bool expandable)
{
    m_expandable = expandable;
    setCheckable(expandable);
    setCursor(expandable ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

QSize ServerCardHeader::sizeHint() const
{
    return {220, m_theme.controlHeight() + 6};
}

QSize ServerCardHeader::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

void ServerCardHeader::place()
{
    const auto put = [this](QWidget *part, int left) {
        const QSize size = part->sizeHint();
        const QRect place(QPoint(left, (height() - size.height()) / 2), size);
        part->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
    };
    if (m_grip)
        put(m_grip, 2);
    if (m_toggle)
        put(m_toggle, width() - m_toggle->sizeHint().width() - sideMargin);
}

int ServerCardHeader::chevronSide() const
{
    return m_theme.controlHeight() * 12 / 28;
}

QRect ServerCardHeader::textRect() const
{
    const int toggle = m_toggle ? m_toggle->width() + 8 : 0;
    const int chevron = m_expandable ? chevronSide() + 6 : 0;
    const int start = m_grip ? m_grip->sizeHint().width() + 4 : sideMargin + 2;
    return rect().adjusted(start, 0, -(sideMargin + toggle + chevron), 0);
}

void ServerCardHeader::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect area = textRect();
    const QFontMetrics strong(m_theme.font(FontRole::Strong));
    const int nameWidth = std::min(strong.horizontalAdvance(text()) + 2, area.width());
    const auto draw = [&](QRect part, FontRole role, Token token, const QString &words) {
        painter.setFont(m_theme.font(role));
        painter.setPen(m_theme.color(token));
        const QString shown = painter.fontMetrics().elidedText(words, Qt::ElideRight, part.width());
        painter.drawText(QStyle::visualRect(layoutDirection(), rect(), part),
                         int(Qt::AlignVCenter | Qt::AlignLeading), shown);
    };
    QRect name = area;
    name.setWidth(nameWidth);
    draw(name, FontRole::Strong, m_stageEnabled ? Token::Text : Token::Dim, text());
    QRect rest = area;
    rest.setLeft(name.right() + 9);
    if (rest.width() > 24)
        draw(rest, FontRole::Ui, m_changed ? Token::Accent : Token::Dim, m_summary);
    if (m_expandable && (underMouse() || isChecked() || hasFocus())) {
        const int side = chevronSide();
        const QRect icon(area.right() + 3, (height() - side) / 2, side, side);
        m_theme
            .icon(isChecked() ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"),
                  Token::Dim)
            .paint(&painter, QStyle::visualRect(layoutDirection(), rect(), icon));
    }
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.color(Token::Accent), 1.5));
        painter.drawRoundedRect(QRectF(rect()).adjusted(2, 2, -2, -2), 6, 6);
    }
}

void ServerCardHeader::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    place();
}

void ServerCardHeader::changeEvent(QEvent *event)
{
    QAbstractButton::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::FontChange) {
        updateGeometry();
        place();
    }
}

void ServerCardHeader::keyPressEvent(QKeyEvent *event)
{
    const bool up = event->key() == Qt::Key_Up;
    const bool alt = event->modifiers().testFlag(Qt::AltModifier);
    if (alt && m_grip && (up || event->key() == Qt::Key_Down)) {
        if (m_grip->isEnabled())
            emit moveRequested(up ? -1 : 1);
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace rt
