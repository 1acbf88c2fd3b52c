// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/tokenhighlighter.h"

namespace rt {

using Role = CredentialPart::Role;

TokenHighlighter::TokenHighlighter(const Theme &theme, QTextDocument *document)
    : QSyntaxHighlighter(document), m_theme(theme)
{
    connect(&theme, &Theme::changed, this, &TokenHighlighter::rehighlight);
}

void TokenHighlighter::setKind(Credential::Kind kind)
{
    m_kind = kind;
    rehighlight();
}

void TokenHighlighter::setRole(Role role)
{
    m_role = role;
    rehighlight();
}

Token TokenHighlighter::tokenOf(Role role)
{
    switch (role) {
    case Role::Header:
        return Token::Bad;
    case Role::Payload:
    case Role::Id:
        return Token::Accent;
    case Role::Signature:
        return Token::Good;
    }
    return Token::Text;
}

void TokenHighlighter::paint(qsizetype from, qsizetype to, Role role)
{
    QTextCharFormat format;
    format.setForeground(m_theme.color(tokenOf(role)));
    if (to > from)
        setFormat(static_cast<int>(from), static_cast<int>(to - from), format);
}

void TokenHighlighter::highlightBlock(const QString &text)
{
    if (m_role)
        return paint(0, text.size(), *m_role);
    if (m_kind == Credential::Kind::CookieSession)
        return paint(0, text.size(), Role::Payload);
    if (m_kind == Credential::Kind::Jwt) {
        const qsizetype first = text.indexOf(u'.');
        const qsizetype second = first < 0 ? -1 : text.indexOf(u'.', first + 1);
        paint(0, first < 0 ? text.size() : first, Role::Header);
        if (first >= 0)
            paint(first + 1, second < 0 ? text.size() : second, Role::Payload);
        if (second >= 0)
            paint(second + 1, text.size(), Role::Signature);
        return;
    }
    const qsizetype dot = text.lastIndexOf(u'.');
    paint(0, dot < 0 ? text.size() : dot, Role::Id);
    if (dot >= 0)
        paint(dot + 1, text.size(), Role::Signature);
}

} // namespace rt
