// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/captionlabel.h"

#include <QPainter>

namespace rt {

CaptionLabel::CaptionLabel(const Theme &theme, const QString &text, QWidget *parent, FontRole role,
                           Token token)
    : QLabel(text, parent), m_theme(theme), m_role(role), m_token(token)
{
    setTextFormat(Qt::PlainText);
    restyle();
    connect(&theme, &Theme::changed, this, &CaptionLabel::restyle);
}

void CaptionLabel::setToken(Token token)
{
    m_token = token;
    restyle();
}

void CaptionLabel::setRole(FontRole role)
{
    m_role = role;
    restyle();
}

// Where a layout gives less room than the text needs, it ends in an ellipsis, not in half a letter.
void CaptionLabel::paintEvent(QPaintEvent *event)
{
    const QRect room = contentsRect();
    if (wordWrap() || fontMetrics().horizontalAdvance(text()) <= room.width()) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setPen(m_theme.color(m_token));
    painter.drawText(room, Qt::AlignVCenter | Qt::AlignLeading,
                     fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
}

void CaptionLabel::restyle()
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, m_theme.color(m_token));
    setPalette(colors);
    setFont(m_theme.font(m_role));
}

} // namespace rt
