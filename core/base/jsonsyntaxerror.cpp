// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/jsonsyntaxerror.h"

#include <QStringList>

#include <vector>

namespace rt {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype contextLength = 10;

bool isDigit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

bool isHexDigit(char16_t c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

/// Reads JSON for nothing but the first thing wrong with it (V8, json-parser.cc).
class Checker
{
public:
    explicit Checker(QStringView text) : m_text(text) { }

    QString run()
    {
        while (m_message.isEmpty()) {
            if (readValue() && !closeContainers())
                break;
        }
        if (m_message.isEmpty() && !atEnd())
            refuse(u"Unexpected non-whitespace character after JSON at position %1"_s);
        return m_message;
    }

private:
    enum class Container { List, Object };

    bool atEnd() const { return m_at >= m_text.size(); }
    char16_t peek() const { return atEnd() ? u'\0' : m_text[m_at].unicode(); }
    bool is(char16_t c) const { return !atEnd() && m_text[m_at] == c; }

    void skipBlanks()
    {
        while (is(u' ') || is(u'\t') || is(u'\n') || is(u'\r'))
            ++m_at;
    }
    bool check(char16_t c)
    {
        skipBlanks();
        if (!is(c))
            return false;
        ++m_at;
        return true;
    }
    bool expect(char16_t c, const QString &complaint) { return check(c) || refuse(complaint); }

    bool refuse(const QString &complaint)
    {
        if (m_message.isEmpty())
            m_message = complaint.contains(u"%1") ? complaint.arg(m_at) : complaint;
        return false;
    }

    /// What stands here cannot begin or continue a value.
    bool refuseToken()
    {
        if (atEnd())
            return refuse(u"Unexpected end of JSON input"_s);
        if (peek() == u'"')
            return refuse(u"Unexpected string in JSON at position %1"_s);
        if (peek() == u'-' || isDigit(peek()))
            return refuse(u"Unexpected number in JSON at position %1"_s);
        static const QStringList special {u"NaN"_s, u"Infinity"_s, u"undefined"_s,
                                          u"[object Object]"_s};
        if (special.contains(m_text.toString()))
            return refuse(u"\"%1\" is not valid JSON"_s.arg(m_text));
        m_message = u"Unexpected token '%1', %2 is not valid JSON"_s.arg(QString(QChar(peek())),
                                                                         context());
        return false;
    }

    /// The text around here; all of it when it is short.
    QString context() const
    {
        const qsizetype size = m_text.size();
        if (size <= 2 * contextLength)
            return u"\"%1\""_s.arg(m_text);
        const bool fromStart = m_at < contextLength;
        const bool toEnd = !fromStart && m_at >= size - contextLength;
        const qsizetype from = fromStart ? 0 : m_at - contextLength;
        const qsizetype to = toEnd ? size : m_at + contextLength;
        const QString form = fromStart ? u"\"%1\"..."_s
            : toEnd                    ? u"...\"%1\""_s
                                       : u"...\"%1\"..."_s;
        return form.arg(m_text.sliced(from, to - from));
    }

    /// False: a container was opened and its first value comes next.
    bool readValue()
    {
        skipBlanks();
        switch (peek()) {
        case u'{':
            ++m_at;
            if (check(u'}'))
                return true;
            m_open.push_back(Container::Object);
            if (readKey(u"Expected property name or '}' in JSON at position %1"_s))
                expect(u':', u"Expected ':' after property name in JSON at position %1"_s);
            return false;
        case u'[':
            ++m_at;
            if (check(u']'))
                return true;
            m_open.push_back(Container::List);
            return false;
        case u'"':
            return readString();
        case u't':
            return readWord(u"true");
        case u'f':
            return readWord(u"false");
        case u'n':
            return readWord(u"null");
        default:
            return is(u'-') || isDigit(peek()) ? readNumber() : refuseToken();
        }
    }

    bool readKey(const QString &complaint)
    {
        skipBlanks();
        return is(u'"') ? readString() : refuse(complaint);
    }

    /// After a value: false when all containers are closed, true when another value comes next.
    bool closeContainers()
    {
        while (!m_open.empty() && m_message.isEmpty()) {
            const bool object = m_open.back() == Container::Object;
            if (check(u',')) {
                // V8 has no words of its own for a colon that is missing here.
                if (object
                    && readKey(u"Expected double-quoted property name in JSON at position %1"_s)
                    && !check(u':'))
                    refuseToken();
                return true;
            }
            if (object)
                expect(u'}', u"Expected ',' or '}' after property value in JSON at position %1"_s);
            else
                expect(u']', u"Expected ',' or ']' after array element in JSON at position %1"_s);
            m_open.pop_back();
        }
        skipBlanks();
        return false;
    }

    bool readWord(QStringView word)
    {
        for (const QChar c : word) {
            if (!is(c.unicode()))
                return refuseToken();
            ++m_at;
        }
        return true;
    }

    bool readString()
    {
        for (++m_at; !atEnd(); ++m_at) {
            if (is(u'"')) {
                ++m_at;
                return true;
            }
            if (peek() < 0x20)
                return refuse(u"Bad control character in string literal in JSON at position %1"_s);
            if (is(u'\\') && !readEscape())
                return false;
        }
        return refuse(u"Unterminated string in JSON at position %1"_s);
    }

    /// Leaves the last character of the escape to the caller.
    bool readEscape()
    {
        ++m_at;
        if (atEnd() || peek() > 0xff)
            return refuseToken();
        if (!u"\"\\/bfnrtu"_s.contains(QChar(peek())))
            return refuse(u"Bad escaped character in JSON at position %1"_s);
        for (int i = 0; i < 4 && (i > 0 || is(u'u')); ++i) {
            ++m_at;
            if (!isHexDigit(peek()))
                return refuse(u"Bad Unicode escape in JSON at position %1"_s);
        }
        return true;
    }

    bool skipDigits(const QString &complaint)
    {
        if (!isDigit(peek()))
            return refuse(complaint);
        while (isDigit(peek()))
            ++m_at;
        return true;
    }

    bool readNumber()
    {
        if (is(u'-'))
            ++m_at;
        if (is(u'0')) {
            ++m_at;
            if (isDigit(peek()))
                return refuseToken();
        } else if (!skipDigits(u"No number after minus sign in JSON at position %1"_s)) {
            return false;
        }
        if (is(u'.')) {
            ++m_at;
            if (!skipDigits(u"Unterminated fractional number in JSON at position %1"_s))
                return false;
        }
        if (!is(u'e') && !is(u'E'))
            return true;
        ++m_at;
        if (is(u'-') || is(u'+'))
            ++m_at;
        return skipDigits(u"Exponent part is missing a number in JSON at position %1"_s);
    }

    QStringView m_text;
    qsizetype m_at = 0;
    QString m_message;
    std::vector<Container> m_open;
};

} // namespace

QString jsonSyntaxError(QStringView text)
{
    return Checker(text).run();
}

} // namespace rt
