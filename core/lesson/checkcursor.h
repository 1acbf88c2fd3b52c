// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/checklexer.h"

#include <algorithm>

namespace rt {

/// Walks over the tokens of a check. The first failure is kept and the walk jumps to the end, where
/// nothing matches any more, so that a parser needs no error handling of its own.
class CheckCursor
{
public:
    explicit CheckCursor(const QString &text)
    {
        auto tokens = checkTokens(text);
        if (tokens)
            m_tokens = *std::move(tokens);
        else
            m_error = tokens.error();
        if (m_tokens.empty())
            m_tokens.emplace_back();
    }

    const std::optional<CheckError> &error() const { return m_error; }

    const CheckToken &token(size_t ahead = 0) const
    {
        return m_tokens.at(std::min(m_at + ahead, m_tokens.size() - 1));
    }

    CheckToken take()
    {
        const CheckToken taken = token();
        m_at = std::min(m_at + 1, m_tokens.size() - 1);
        return taken;
    }

    bool isAt(QStringView word, size_t ahead = 0) const
    {
        const CheckToken &here = token(ahead);
        return (here.kind == CheckToken::Kind::Name || here.kind == CheckToken::Kind::Symbol)
            && here.text == word;
    }

    bool accept(QStringView word)
    {
        if (!isAt(word))
            return false;
        take();
        return true;
    }

    void need(QStringView word)
    {
        if (!accept(word))
            failExpecting(u'"' + word.toString() + u'"');
    }

    void needEnd()
    {
        if (token().kind != CheckToken::Kind::End)
            failExpecting(QStringLiteral("the end"));
    }

    void fail(int position, const QString &message)
    {
        if (!m_error)
            m_error = CheckError {position, message};
        m_at = m_tokens.size() - 1;
    }

    void failExpecting(const QString &expected)
    {
        const CheckToken here = token();
        const QString found = here.kind == CheckToken::Kind::End ? QStringLiteral("the end")
                                                                 : u'"' + here.text + u'"';
        fail(here.position, QStringLiteral("%1 expected, but there is %2").arg(expected, found));
    }

private:
    std::vector<CheckToken> m_tokens;
    size_t m_at = 0;
    std::optional<CheckError> m_error;
};

} // namespace rt
