// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/checklexer.h"

#include <array>

namespace rt {

namespace {

struct Unit
{
    const char16_t *name;
    double factor;
    LiteralUnit unit;
};

constexpr std::array<Unit, 8> units {{
    {u"", 1, LiteralUnit::Number},
    {u"ms", 1, LiteralUnit::Duration},
    {u"s", 1e3, LiteralUnit::Duration},
    {u"m", 6e4, LiteralUnit::Duration},
    {u"h", 36e5, LiteralUnit::Duration},
    {u"d", 864e5, LiteralUnit::Duration},
    {u"kb", 1024, LiteralUnit::Bytes},
    {u"mb", 1048576, LiteralUnit::Bytes},
}};

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isWord(QChar c)
{
    return isLetter(c) || isDigit(c) || c == u'_';
}

class Lexer
{
public:
    explicit Lexer(const QString &text) : m_text(text) { }

    tl::expected<std::vector<CheckToken>, CheckError> run()
    {
        std::vector<CheckToken> tokens;
        for (;;) {
            skipBlanks();
            m_start = m_at;
            if (m_at >= m_text.size()) {
                tokens.push_back(token(CheckToken::Kind::End, QString()));
                return tokens;
            }
            auto next = read();
            if (!next)
                return tl::make_unexpected(next.error());
            tokens.push_back(*std::move(next));
        }
    }

private:
    using Next = tl::expected<CheckToken, CheckError>;

    QChar peek(int ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : QChar();
    }

    void skipBlanks()
    {
        while (m_at < m_text.size() && (m_text.at(m_at).isSpace() || m_text.at(m_at) == u'\xfeff'))
            ++m_at;
    }

    CheckToken token(CheckToken::Kind kind, const QString &text) const
    {
        CheckToken made;
        made.kind = kind;
        made.position = static_cast<int>(m_start);
        made.text = text;
        return made;
    }

    Next fail(const QString &message) const
    {
        return tl::make_unexpected(CheckError {static_cast<int>(m_start), message});
    }

    Next read()
    {
        const QChar c = peek();
        if (c == u'/')
            return readExpression();
        if (c == u'"')
            return readText();
        if (isDigit(c))
            return readNumber();
        if (isLetter(c) || c == u'_')
            return token(CheckToken::Kind::Name, word());
        if (c == u'$' && isLetter(peek(1))) {
            ++m_at;
            return token(CheckToken::Kind::Macro, word());
        }
        return readSymbol();
    }

    QString word()
    {
        const qsizetype from = m_at;
        while (m_at < m_text.size() && isWord(m_text.at(m_at)))
            ++m_at;
        return m_text.sliced(from, m_at - from);
    }

    Next readExpression()
    {
        ++m_at;
        while (m_at < m_text.size() && m_text.at(m_at) != u'/')
            m_at += m_text.at(m_at) == u'\\' ? 2 : 1;
        if (m_at >= m_text.size())
            return fail(QStringLiteral("the expression has no closing /"));
        if (m_at == m_start + 1)
            return fail(QStringLiteral("the expression is empty"));
        ++m_at;
        if (peek() == u'i')
            ++m_at;
        return token(CheckToken::Kind::Expression, m_text.sliced(m_start, m_at - m_start));
    }

    Next readText()
    {
        ++m_at;
        while (m_at < m_text.size() && m_text.at(m_at) != u'"')
            m_at += m_text.at(m_at) == u'\\' ? 2 : 1;
        if (m_at >= m_text.size())
            return fail(QStringLiteral("the text has no closing quote"));
        ++m_at;
        // The texts of a check are JSON strings.
        const auto value = parseJson(QStringView(m_text).sliced(m_start, m_at - m_start));
        if (const auto *error = std::get_if<JsonError>(&value))
            return fail(error->message);
        return token(CheckToken::Kind::Text, std::get<JsValue>(value).toString());
    }

    Next readNumber()
    {
        while (isDigit(peek()))
            ++m_at;
        if (peek() == u'.' && isDigit(peek(1))) {
            ++m_at;
            while (isDigit(peek()))
                ++m_at;
        }
        const double amount = QStringView(m_text).sliced(m_start, m_at - m_start).toDouble();
        const QString suffix = word();
        for (const Unit &unit : units) {
            if (suffix != QStringView(unit.name))
                continue;
            CheckToken made
                = token(CheckToken::Kind::Number, m_text.sliced(m_start, m_at - m_start));
            made.number = amount * unit.factor;
            made.unit = unit.unit;
            return made;
        }
        return fail(QStringLiteral("\"%1\" is no unit; ms, s, m, h, d, kb and mb are").arg(suffix));
    }

    Next readSymbol()
    {
        static constexpr std::array<QStringView, 14> symbols {
            u"==", u"!=", u"<=", u">=", u"<", u">", u"(", u")", u"[", u"]", u".", u",", u":", u"@"};
        for (const QStringView symbol : symbols) {
            if (QStringView(m_text).sliced(m_at).startsWith(symbol)) {
                m_at += symbol.size();
                return token(CheckToken::Kind::Symbol, symbol.toString());
            }
        }
        return fail(QStringLiteral("\"%1\" is not part of the check language").arg(peek()));
    }

    const QString &m_text;
    qsizetype m_at = 0;
    qsizetype m_start = 0;
};

} // namespace

tl::expected<std::vector<CheckToken>, CheckError> checkTokens(const QString &text)
{
    return Lexer(text).run();
}

} // namespace rt
