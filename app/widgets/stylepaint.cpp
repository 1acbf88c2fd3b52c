// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/icons.h"
#include "widgets/style.h"
#include "widgets/theme.h"

#include <QPainter>
#include <QStyleOption>
#include <QWidget>

namespace rt {

namespace {

constexpr double controlRadius = 5;

/// A one-pixel outline is crisp when it runs through pixel centres.
QRectF crisp(const QRect &rect)
{
    return QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
}

void roundedBox(QPainter &painter, const QRect &rect, const QColor &fill, const QColor &line,
                double radius = controlRadius)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(line);
    painter.setBrush(fill);
    painter.drawRoundedRect(crisp(rect), radius, radius);
    painter.restore();
}

} // namespace

void Style::drawField(const QStyleOption &option, QPainter &painter) const
{
    const bool enabled = option.state & State_Enabled;
    const bool focus = option.state & State_HasFocus;
    roundedBox(painter, option.rect, m_theme.color(enabled ? Token::Code : Token::Window),
               m_theme.color(focus ? Token::Accent : Token::Line));
}

void Style::drawButtonPanel(const QStyleOption &option, QPainter &painter) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    const bool enabled = option.state & State_Enabled;
    const bool hover = option.state & State_MouseOver;
    const bool down = option.state & (State_Sunken | State_On);
    const bool primary
        = button && (button->features & QStyleOptionButton::DefaultButton) && enabled;
    const bool flat = button && (button->features & QStyleOptionButton::Flat);
    QColor fill = m_theme.color(Token::Pane);
    QColor line = m_theme.color(hover && enabled ? Token::Dim : Token::Line);
    if (primary) {
        fill = line = m_theme.color(Token::Accent);
        if (down || hover)
            fill = fill.darker(down ? 115 : 106);
    } else if (down) {
        fill = m_theme.color(Token::Chip);
    } else if (flat) {
        fill = hover && enabled ? m_theme.color(Token::Chip) : QColor(Qt::transparent);
        line = fill;
    }
    roundedBox(painter, option.rect, fill, line);
}

void Style::drawToolPanel(const QStyleOption &option, QPainter &painter) const
{
    const bool enabled = option.state & State_Enabled;
    const bool hover = enabled && option.state & (State_MouseOver | State_Sunken);
    const bool framed = !(option.state & State_AutoRaise);
    if (option.state & State_On)
        roundedBox(painter, option.rect, m_theme.color(Token::AccentTint),
                   m_theme.color(framed ? Token::Accent : Token::AccentTint));
    else if (hover || framed)
        roundedBox(painter, option.rect, m_theme.color(hover ? Token::Chip : Token::Pane),
                   m_theme.color(framed ? Token::Line : Token::Chip));
}

void Style::drawToolButton(const QStyleOptionToolButton &option, QPainter &painter,
                           const QWidget *widget) const
{
    drawToolPanel(option, painter);
    QStyleOptionToolButton label(option);
    const bool menu = option.features & QStyleOptionToolButton::HasMenu;
    label.features &= ~QStyleOptionToolButton::HasMenu;
    if (menu) {
        const QRect chevron(option.rect.right() - 18, option.rect.top() + 1, 14,
                            option.rect.height());
        drawChevron(painter, visualRect(option.direction, option.rect, chevron), false,
                    option.state & State_Enabled);
        label.rect = visualRect(option.direction, option.rect, option.rect.adjusted(0, 0, -12, 0));
    }
    if (option.toolButtonStyle == Qt::ToolButtonTextBesideIcon && !option.icon.isNull())
        label.rect.adjust(6, 0, -2, 0);
    proxy()->drawControl(CE_ToolButtonLabel, &label, &painter, widget);
    if (option.state & State_HasFocus)
        drawFocusRing(option, painter);
}

void Style::drawCheckIndicator(const QStyleOption &option, QPainter &painter) const
{
    const bool on = option.state & (State_On | State_NoChange);
    const bool enabled = option.state & State_Enabled;
    const QColor line = m_theme.color(enabled ? Token::Dim : Token::Line);
    const QColor fill = m_theme.color(enabled ? Token::Accent : Token::Line);
    roundedBox(painter, option.rect, on ? fill : m_theme.color(Token::Pane), on ? fill : line, 3);
    if (!on)
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(Token::OnAccent), option.rect.width() / 9.0, Qt::SolidLine,
                        Qt::RoundCap, Qt::RoundJoin));
    const QRectF box = option.rect;
    const auto at = [&box](double x, double y) {
        return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
    };
    if (option.state & State_NoChange)
        painter.drawLine(at(0.28, 0.5), at(0.72, 0.5));
    else
        painter.drawPolyline(QPolygonF {at(0.25, 0.52), at(0.43, 0.70), at(0.76, 0.32)});
    painter.restore();
}

void Style::drawRadioIndicator(const QStyleOption &option, QPainter &painter) const
{
    const bool on = option.state & State_On;
    const bool enabled = option.state & State_Enabled;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF circle = QRectF(option.rect).adjusted(1, 1, -1, -1);
    const double width = on ? circle.width() * 0.3 : 1.4;
    const Token token = !enabled ? Token::Line : on ? Token::Accent : Token::Dim;
    painter.setPen(QPen(m_theme.color(token), width));
    painter.setBrush(m_theme.color(Token::Pane));
    painter.drawEllipse(circle.adjusted(width / 2, width / 2, -width / 2, -width / 2));
    painter.restore();
}

void Style::drawFocusRing(const QStyleOption &option, QPainter &painter) const
{
    if (!(option.state & State_KeyboardFocusChange))
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(Token::Accent), 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), controlRadius - 1,
                            controlRadius - 1);
    painter.restore();
}

void Style::drawTabShape(const QStyleOptionTab &option, QPainter &painter) const
{
    painter.save();
    const QRect rect = option.rect;
    if (option.state & State_Selected)
        painter.fillRect(QRect(rect.left() + 4, rect.bottom() - 1, rect.width() - 8, 2),
                         m_theme.color(Token::Accent));
    painter.restore();
}

void Style::drawTabLabel(const QStyleOptionTab &option, QPainter &painter) const
{
    const bool selected = option.state & State_Selected;
    const bool hover = option.state & State_MouseOver;
    const bool enabled = option.state & State_Enabled;
    painter.save();
    painter.setFont(m_theme.font(selected ? FontRole::Strong : FontRole::Ui));
    painter.setPen(enabled ? m_theme.color(selected || hover ? Token::Text : Token::Dim)
                           : option.palette.color(QPalette::Disabled, QPalette::WindowText));
    painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic, option.text);
    painter.restore();
    if (option.state & State_HasFocus) {
        QStyleOption ring;
        ring.rect = option.rect.adjusted(2, 3, -2, -3);
        ring.state = option.state;
        drawFocusRing(ring, painter);
    }
}

void Style::drawHeaderSection(const QStyleOption &option, QPainter &painter) const
{
    painter.fillRect(option.rect, m_theme.color(Token::Pane));
    painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                     m_theme.color(Token::Line));
}

void Style::drawBar(const QStyleOption &option, QPainter &painter, bool lineBelow) const
{
    painter.fillRect(option.rect, m_theme.color(Token::Pane));
    const int y = lineBelow ? option.rect.bottom() : option.rect.top();
    painter.fillRect(QRect(option.rect.left(), y, option.rect.width(), 1),
                     m_theme.color(Token::Line));
}

void Style::drawMenuBarItem(const QStyleOptionMenuItem &option, QPainter &painter) const
{
    painter.fillRect(option.rect, m_theme.color(Token::Pane));
    if (option.state & (State_Selected | State_Sunken) && option.state & State_Enabled)
        roundedBox(painter, option.rect.adjusted(1, 2, -1, -3), m_theme.color(Token::Chip),
                   m_theme.color(Token::Chip));
    drawItemText(&painter, option.rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine,
                 option.palette, option.state & State_Enabled, option.text, QPalette::ButtonText);
}

void Style::drawButtonLabel(const QStyleOption &option, QPainter &painter,
                            const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    if (!button)
        return;
    QStyleOptionButton copy(*button);
    const bool primary
        = copy.features & QStyleOptionButton::DefaultButton && copy.state & State_Enabled;
    if (primary)
        copy.palette.setColor(QPalette::ButtonText, m_theme.color(Token::OnAccent));
    QProxyStyle::drawControl(CE_PushButtonLabel, &copy, &painter, widget);
}

void Style::drawComboBox(const QStyleOptionComboBox &option, QPainter &painter) const
{
    const bool enabled = option.state & State_Enabled;
    const bool hover = option.state & State_MouseOver;
    const bool focus = option.state & State_HasFocus;
    const Token line = focus ? Token::Accent : hover && enabled ? Token::Dim : Token::Line;
    if (option.frame)
        roundedBox(painter, option.rect, m_theme.color(option.editable ? Token::Code : Token::Pane),
                   m_theme.color(line));
    const QRect arrow(option.rect.right() - 20, option.rect.top(), 16, option.rect.height());
    drawChevron(painter, visualRect(option.direction, option.rect, arrow), false, enabled);
}

void Style::drawSpinBox(const QStyleOptionSpinBox &option, QPainter &painter,
                        const QWidget *widget) const
{
    const auto draw = [&](SubControl sub, bool up, QAbstractSpinBox::StepEnabledFlag flag) {
        const QRect rect = proxy()->subControlRect(CC_SpinBox, &option, sub, widget);
        drawChevron(painter, rect, up, option.stepEnabled & flag && option.state & State_Enabled);
    };
    if (option.frame)
        drawField(option, painter);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    draw(SC_SpinBoxUp, true, QAbstractSpinBox::StepUpEnabled);
    draw(SC_SpinBoxDown, false, QAbstractSpinBox::StepDownEnabled);
}

void Style::drawScrollBar(const QStyleOptionSlider &option, QPainter &painter,
                          const QWidget *widget) const
{
    painter.save();
    if (option.maximum > option.minimum) {
        const QRect slider
            = proxy()->subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget);
        const bool active = option.state & (State_MouseOver | State_Sunken);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        QColor color = m_theme.color(Token::Dim);
        color.setAlphaF(active ? 0.75F : 0.4F);
        painter.setBrush(color);
        const int margin = active ? 2 : 3;
        const QRectF handle = QRectF(slider).adjusted(margin, margin, -margin, -margin);
        const double radius = std::min(handle.width(), handle.height()) / 2;
        painter.drawRoundedRect(handle, radius, radius);
    }
    painter.restore();
}

void Style::drawChevron(QPainter &painter, const QRect &rect, bool up, bool enabled) const
{
    const double size = std::min(10, std::min(rect.width(), rect.height() + 4));
    const QPointF centre = QRectF(rect).center();
    const double tip = up ? -size / 4 : size / 4;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.color(enabled ? Token::Dim : Token::Line), 1.4, Qt::SolidLine,
                        Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(QPolygonF {centre + QPointF(-size / 2.4, -tip / 1.4),
                                    centre + QPointF(0, tip),
                                    centre + QPointF(size / 2.4, -tip / 1.4)});
    painter.restore();
}

} // namespace rt
