// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/resetdot.h"

#include "widgets/theme.h"

#include <QPainter>

namespace rt {

ResetDot::ResetDot(const Theme &theme, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
{
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    policy.setRetainSizeWhenHidden(true);
    setSizePolicy(policy);
    hide();
}

void ResetDot::setChanged(bool changed)
{
    m_changed = changed;
    setVisible(changed);
}

QSize ResetDot::sizeHint() const
{
    return {18, m_theme.controlHeight()};
}

void ResetDot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre = QRectF(rect()).center();
    if (underMouse() || hasFocus()) {
        const QRect icon(int(centre.x()) - 7, int(centre.y()) - 7, 14, 14);
        m_theme.icon(QStringLiteral("undo"), Token::Accent).paint(&painter, icon);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(isEnabled() ? Token::Accent : Token::Line));
    painter.drawEllipse(centre, 4.0, 4.0);
}

} // namespace rt
