// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/jsdatescanner.h"

#include <QString>

#include <cstring>

namespace rt {

namespace {

struct Keyword
{
    const char *prefix;
    DateWord word;
    int value;
};

/// Of a word only the first three letters count; only a month's name may be longer.
DateToken keywordToken(const QString &text)
{
    static constexpr Keyword keywords[] = {
        {"jan", DateWord::Month, 1},       {"feb", DateWord::Month, 2},
        {"mar", DateWord::Month, 3},       {"apr", DateWord::Month, 4},
        {"may", DateWord::Month, 5},       {"jun", DateWord::Month, 6},
        {"jul", DateWord::Month, 7},       {"aug", DateWord::Month, 8},
        {"sep", DateWord::Month, 9},       {"oct", DateWord::Month, 10},
        {"nov", DateWord::Month, 11},      {"dec", DateWord::Month, 12},
        {"am", DateWord::AmPm, 0},         {"pm", DateWord::AmPm, 12},
        {"ut", DateWord::Zone, 0},         {"utc", DateWord::Zone, 0},
        {"z", DateWord::Zone, 0},          {"gmt", DateWord::Zone, 0},
        {"cdt", DateWord::Zone, -5},       {"cst", DateWord::Zone, -6},
        {"edt", DateWord::Zone, -4},       {"est", DateWord::Zone, -5},
        {"mdt", DateWord::Zone, -6},       {"mst", DateWord::Zone, -7},
        {"pdt", DateWord::Zone, -7},       {"pst", DateWord::Zone, -8},
        {"t", DateWord::TimeSeparator, 0},
    };
    const QString prefix = text.left(3).toLower();
    DateToken token {DateToken::Kind::Word, 0, text.size(), DateWord::None};
    for (const Keyword &keyword : keywords) {
        if (prefix != QLatin1StringView(keyword.prefix)
            || (text.size() > 3 && keyword.word != DateWord::Month))
            continue;
        token.word = keyword.word;
        token.value = keyword.value;
        break;
    }
    return token;
}

} // namespace

DateScanner::DateScanner(QStringView text) : m_text(text), m_current(scan()) { }

DateToken DateScanner::next()
{
    const DateToken token = m_current;
    m_current = scan();
    return token;
}

bool DateScanner::skip(char symbol)
{
    if (!m_current.isSymbol(symbol))
        return false;
    next();
    return true;
}

bool DateScanner::isLetterOrAbove() const
{
    return at() >= u'A' && !QChar(at()).isSpace();
}

DateToken DateScanner::scan()
{
    if (m_at >= m_text.size())
        return {};
    const qsizetype start = m_at;
    if (isDigit())
        return number(start);
    if (at() < 0x80 && std::strchr(":-+.)", at())) {
        const int symbol = at();
        ++m_at;
        return {DateToken::Kind::Symbol, symbol, 1, DateWord::None};
    }
    if (isLetterOrAbove()) {
        while (m_at < m_text.size() && isLetterOrAbove())
            ++m_at;
        return keywordToken(m_text.sliced(start, m_at - start).toString());
    }
    if (QChar(at()).isSpace()) {
        while (m_at < m_text.size() && QChar(at()).isSpace())
            ++m_at;
        return {DateToken::Kind::Blank, 0, m_at - start, DateWord::None};
    }
    if (at() == u'(')
        skipParentheses();
    else
        ++m_at;
    return {DateToken::Kind::Other, 0, m_at - start, DateWord::None};
}

/// Nine digits count.
DateToken DateScanner::number(qsizetype start)
{
    while (at() == u'0')
        ++m_at;
    int value = 0;
    for (int digits = 0; isDigit(); ++m_at, ++digits) {
        if (digits < 9)
            value = value * 10 + (at() - u'0');
    }
    return {DateToken::Kind::Number, value, m_at - start, DateWord::None};
}

void DateScanner::skipParentheses()
{
    int balance = 0;
    do {
        balance += at() == u'(' ? 1 : at() == u')' ? -1 : 0;
        ++m_at;
    } while (balance > 0 && m_at < m_text.size());
}

} // namespace rt
