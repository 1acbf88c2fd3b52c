// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "widgets/captionlabel.h"

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

void CaptionLabel::restyle()
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, m_theme.color(m_token));
    setPalette(colors);
    setFont(m_theme.font(m_role));
}

} // namespace rt
