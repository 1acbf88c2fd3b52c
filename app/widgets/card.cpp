// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/card.h"

#include <QPainter>
#include <QVBoxLayout>

namespace rt {

Card::Card(const Theme &theme, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_body(new QVBoxLayout(this))
{
    m_body->setContentsMargins(12, 10, 12, 10);
    m_body->setSpacing(6);
    // Not Maximum: that would be the height for another width where texts wrap.
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);
}

void Card::setCurrent(bool current)
{
    m_current = current;
    update();
}

void Card::setSurface(Token surface)
{
    m_surface = surface;
    update();
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color(m_current ? Token::Accent : Token::Line));
    painter.setBrush(m_theme.color(m_surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace rt
