// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringView>

namespace rt {

/// What a word in a date can mean to V8's Date.parse().
enum class DateWord { None, Month, AmPm, Zone, TimeSeparator };

/// A piece of a date text.
struct DateToken
{
    enum class Kind { End, Number, Symbol, Word, Blank, Other };
    Kind kind = Kind::End;
    /// Of a number its value, of a symbol its character, of a word its meaning.
    int value = 0;
    qsizetype length = 0;
    DateWord word = DateWord::None;

    bool isNumber() const { return kind == Kind::Number; }
    bool isFixed(qsizetype digits) const { return isNumber() && length == digits; }
    bool isSymbol(char c) const { return kind == Kind::Symbol && value == c; }
    bool isSign() const { return isSymbol('+') || isSymbol('-'); }
    bool isWord(DateWord what) const { return kind == Kind::Word && word == what; }
    bool isZ() const { return isWord(DateWord::Zone) && length == 1; }
    int sign() const { return value == '-' ? -1 : 1; }
};

/// Cuts a date text into tokens and looks one ahead (V8, dateparser.h).
class DateScanner
{
public:
    explicit DateScanner(QStringView text);

    const DateToken &peek() const { return m_current; }
    DateToken next();
    /// Takes the symbol if it is next.
    bool skip(char symbol);

private:
    char16_t at() const { return m_at < m_text.size() ? m_text[m_at].unicode() : u'\0'; }
    bool isDigit() const { return at() >= u'0' && at() <= u'9'; }
    bool isLetterOrAbove() const;
    DateToken scan();
    DateToken number(qsizetype start);
    void skipParentheses();

    QStringView m_text;
    qsizetype m_at = 0;
    DateToken m_current;
};

} // namespace rt
