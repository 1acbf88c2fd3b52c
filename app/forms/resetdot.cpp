// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/resetdot.h"

#include "widgets/theme.h"

#include <QPainter>

namespace rt {

ResetDot::ResetDot(const Theme &theme, QWidget *parent) : QAbstractButton(parent), m_theme(theme)
{
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void ResetDot::setChanged(bool changed)
{
    m_changed = changed;
    setVisible(changed);
}

QSize ResetDot::sizeHint() const
{
    const int height = m_theme.controlHeight();
    return {height * 16 / 28, height};
}

void ResetDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre = QRectF(rect()).center();
    if (underMouse() || hasFocus()) {
        const int side = width() - 2;
        const QRect icon(1, int(centre.y()) - side / 2, side, side);
        m_theme.icon(QStringLiteral("undo"), Token::Accent).paint(&painter, icon);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(isEnabled() ? Token::Accent : Token::Line));
    painter.drawEllipse(centre, width() / 4.0, width() / 4.0);
}

} // namespace rt
