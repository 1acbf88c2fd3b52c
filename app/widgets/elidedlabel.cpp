// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/elidedlabel.h"

#include <QFontMetrics>
#include <QPainter>

namespace rt {

ElidedLabel::ElidedLabel(const Theme &theme, const QString &text, QWidget *parent, FontRole role,
                         Token token)
    : QWidget(parent), m_theme(theme), m_role(role), m_token(token)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setText(text);
    connect(&theme, &Theme::changed, this, &ElidedLabel::updateGeometry);
}

void ElidedLabel::setText(const QString &text)
{
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    resizeEvent(nullptr);
    update();
}

void ElidedLabel::setToken(Token token)
{
    m_token = token;
    update();
}

QSize ElidedLabel::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(m_role));
    return {metrics.horizontalAdvance(m_text) + 2, metrics.height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {std::min(24, sizeHint().width()), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(m_theme.font(m_role));
    painter.setPen(m_theme.color(m_token));
    const QString shown = painter.fontMetrics().elidedText(m_text, m_mode, width());
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignLeading, shown);
}

void ElidedLabel::resizeEvent(QResizeEvent *)
{
    setToolTip(width() < sizeHint().width() - 2 ? m_text : QString());
}

} // namespace rt
