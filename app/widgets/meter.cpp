// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/meter.h"

#include <QPainter>

namespace rt {

Meter::Meter(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, &QWidget::updateGeometry);
}

void Meter::setShare(double share, PillTone tone)
{
    m_share = share;
    m_tone = tone;
    update();
}

void Meter::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    setToolTip(text);
    update();
}

QSize Meter::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(FontRole::Small));
    return {metrics.averageCharWidth() * 30, metrics.height() + 8};
}

QSize Meter::minimumSizeHint() const
{
    return {60, sizeHint().height()};
}

void Meter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(m_theme.color(Token::Dim));
    const QRect line(0, 0, width(), painter.fontMetrics().height());
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeading,
                     painter.fontMetrics().elidedText(m_text, Qt::ElideRight, line.width()));
    if (m_share < 0)
        return;
    QRectF track(0, height() - 5, width(), 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(Token::Line));
    painter.drawRoundedRect(track, 2, 2);
    const Token token = m_tone == PillTone::Neutral ? Token::Dim : pillTokens(m_tone).foreground;
    const double filled = track.width() * std::min(1.0, m_share);
    if (layoutDirection() == Qt::RightToLeft)
        track.setLeft(track.right() - filled);
    else
        track.setWidth(filled);
    painter.setBrush(m_theme.color(token));
    painter.drawRoundedRect(track, 2, 2);
}

} // namespace rt
