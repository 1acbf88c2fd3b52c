// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/toggleswitch.h"

#include <QFontMetrics>
#include <QPainter>

namespace rt {

ToggleSwitch::ToggleSwitch(const Theme &theme, QWidget *parent) : QCheckBox(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

QSize ToggleSwitch::sizeHint() const
{
    const int height = std::max(16, QFontMetrics(m_theme.font(FontRole::Ui)).height());
    return {height * 16 / 9 + 4, height + 4};
}

bool ToggleSwitch::hitButton(const QPoint &position) const
{
    return rect().contains(position);
}

QRectF ToggleSwitch::track() const
{
    const QSizeF size = QSizeF(sizeHint()) - QSizeF(4, 4);
    QRectF track(QPointF(), size);
    track.moveCenter(QRectF(rect()).center());
    return track;
}

void ToggleSwitch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(isEnabled() ? 1.0 : 0.45);
    const QRectF box = track();
    const double radius = box.height() / 2;
    QColor off = m_theme.color(Token::Dim);
    off.setAlphaF(underMouse() ? 0.6F : 0.4F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? m_theme.color(Token::Accent) : off);
    painter.drawRoundedRect(box, radius, radius);
    const bool right = isChecked() != (layoutDirection() == Qt::RightToLeft);
    const double knob = box.height() - 4;
    const double x = right ? box.right() - 2 - knob : box.left() + 2;
    painter.setBrush(isChecked() ? m_theme.color(Token::OnAccent) : m_theme.color(Token::Pane));
    painter.drawEllipse(QRectF(x, box.top() + 2, knob, knob));
    if (!hasFocus())
        return;
    painter.setPen(QPen(m_theme.color(Token::Accent), 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(-1.4, -1.4, 1.4, 1.4), radius + 1.4, radius + 1.4);
}

} // namespace rt
