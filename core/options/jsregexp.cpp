// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "options/jsregexp.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// ECMA-262 LineTerminator and the rest of WhiteSpace, inside brackets.
const QString lineEnds = u"\\n\\r\\x{2028}\\x{2029}"_s;
const QString blanks = u"\\t\\n\\x{b}\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}"
                       "\\x{202f}\\x{205f}\\x{3000}\\x{feff}"_s;
/// Everything that is no blank, for \S among other members of a class.
const QString notBlanks = u"\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}"
                          "\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}"
                          "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}"
                          "\\x{ff00}-\\x{10ffff}"_s;

/// What a class escape such as \d, \W, \s contributes inside a PCRE class; empty for other letters.
QString classEscape(QChar letter)
{
    switch (letter.unicode()) {
    case u'd':
    case u'D':
    case u'w':
    case u'W':
        return u"\\"_s + letter;
    case u's':
        return blanks;
    case u'S':
        return notBlanks;
    default:
        return {};
    }
}

QString literal(char32_t code)
{
    return u"\\x{%1}"_s.arg(static_cast<uint>(code), 0, 16);
}

/// Walks the Pattern grammar of ECMA-262 §22.2.1 (with Annex B without flag u) and writes PCRE.
class PatternTranslator
{
public:
    PatternTranslator(const QString &source, const QString &flags)
        : m_source(source), m_unicode(flags.contains(u'u') || flags.contains(u'v')),
          m_multiline(flags.contains(u'm')), m_dotAll(flags.contains(u's'))
    {
    }

    Result<QString> translate()
    {
        disjunction();
        if (m_error.isEmpty() && m_at < m_source.size())
            fail(u"Unmatched ')'"_s);
        return m_error.isEmpty() ? Result<QString>(m_out) : failure(m_error);
    }

private:
    void fail(const QString &reason)
    {
        if (m_error.isEmpty())
            m_error = reason;
        m_at = m_source.size();
    }
    bool done() const { return m_at >= m_source.size(); }
    QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_source.size() ? m_source.at(m_at + ahead) : QChar();
    }
    bool eat(QStringView text)
    {
        if (!QStringView(m_source).mid(m_at).startsWith(text))
            return false;
        m_at += text.size();
        return true;
    }

    void disjunction()
    {
        while (!done() && peek() != u')') {
            if (eat(u"|"))
                m_out += u'|';
            else
                term();
        }
    }

    enum class Quantifiable { Yes, No, Lookbehind };

    void term()
    {
        const Quantifiable quantifiable = atom();
        if (done())
            return;
        const qsizetype before = m_at;
        const QString repeat = quantifier();
        if (repeat.isEmpty())
            return;
        if (quantifiable == Quantifiable::Lookbehind)
            return fail(u"Invalid quantifier"_s);
        if (quantifiable == Quantifiable::No) {
            m_at = before;
            return fail(u"Nothing to repeat"_s);
        }
        m_out += repeat;
    }

    QString quantifier()
    {
        QString text;
        if (peek() == u'*' || peek() == u'+' || peek() == u'?') {
            text = peek();
            ++m_at;
        } else {
            text = braces();
        }
        if (!text.isEmpty() && eat(u"?"))
            text += u'?';
        return text;
    }

    QString braces()
    {
        static const QRegularExpression form(u"\\{([0-9]+)(,([0-9]*))?\\}"_s);
        const auto match = form.match(m_source, m_at, QRegularExpression::NormalMatch,
                                      QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch())
            return {};
        m_at = match.capturedEnd();
        const QString upper = match.captured(3);
        if (!upper.isEmpty() && match.captured(1).toULongLong() > upper.toULongLong())
            fail(u"numbers out of order in {} quantifier"_s);
        return match.captured();
    }

    Quantifiable atom()
    {
        const QChar c = peek();
        ++m_at;
        switch (c.unicode()) {
        case u'^':
            m_out += m_multiline ? u"(?:^|(?<=["_s + lineEnds + u"]))"_s : u"^"_s;
            return Quantifiable::No;
        case u'$':
            m_out += m_multiline ? u"(?:\\z|(?=["_s + lineEnds + u"]))"_s : u"\\z"_s;
            return Quantifiable::No;
        case u'.':
            m_out += m_dotAll ? u"[\\s\\S]"_s : u"[^"_s + lineEnds + u']';
            return Quantifiable::Yes;
        case u'(':
            return group();
        case u'[':
            characterClass();
            return Quantifiable::Yes;
        case u'\\':
            return escape();
        case u'*':
        case u'+':
        case u'?':
            fail(u"Nothing to repeat"_s);
            return Quantifiable::No;
        case u'{':
            --m_at;
            if (!braces().isEmpty()) {
                fail(u"Nothing to repeat"_s);
                return Quantifiable::No;
            }
            ++m_at;
            [[fallthrough]];
        case u'}':
        case u']':
            if (m_unicode)
                fail(u"Lone quantifier brackets"_s);
            [[fallthrough]];
        default:
            character(c);
            return Quantifiable::Yes;
        }
    }

    void character(QChar c)
    {
        if (c.isHighSurrogate() && peek().isLowSurrogate()) {
            m_out += literal(QChar::surrogateToUcs4(c, peek()));
            ++m_at;
        } else {
            m_out += QRegularExpression::escape(QString(c));
        }
    }

    Quantifiable group()
    {
        Quantifiable kind = Quantifiable::Yes;
        if (eat(u"?:")) {
            m_out += u"(?:"_s;
        } else if (eat(u"?=") || eat(u"?!")) {
            m_out += u"(?"_s + m_source.at(m_at - 1);
            kind = m_unicode ? Quantifiable::Lookbehind : Quantifiable::Yes;
        } else if (eat(u"?<=") || eat(u"?<!")) {
            m_out += u"(?<"_s + m_source.at(m_at - 1);
            kind = Quantifiable::Lookbehind;
        } else if (eat(u"?<")) {
            groupName();
        } else if (peek() == u'?') {
            fail(u"Invalid group"_s);
            return kind;
        } else {
            m_out += u'(';
        }
        disjunction();
        if (!m_error.isEmpty())
            return kind;
        if (!eat(u")"))
            fail(u"Unterminated group"_s);
        m_out += u')';
        return kind;
    }

    void groupName()
    {
        static const QRegularExpression form(u"([A-Za-z_$][A-Za-z0-9_$]*)>"_s);
        const auto match = form.match(m_source, m_at, QRegularExpression::NormalMatch,
                                      QRegularExpression::AnchorAtOffsetMatchOption);
        if (!match.hasMatch())
            return fail(u"Invalid capture group name"_s);
        if (m_names.contains(match.captured(1)))
            return fail(u"Duplicate capture group name"_s);
        m_names.append(match.captured(1));
        m_at = match.capturedEnd();
        m_out += u"(?<"_s + match.captured(1).replace(u'$', u'_') + u'>';
    }

    /// Outside a class; the backslash is behind us.
    Quantifiable escape()
    {
        if (done()) {
            fail(u"\\ at end of pattern"_s);
            return Quantifiable::No;
        }
        const QChar c = peek();
        if (c == u'b' || c == u'B') {
            ++m_at;
            m_out += u'\\' + QString(c);
            return Quantifiable::No;
        }
        if (const QString members = classEscape(c); !members.isEmpty()) {
            ++m_at;
            m_out += u'[' + members + u']';
            return Quantifiable::Yes;
        }
        if (c == u'k' && m_source.contains(u"(?<"_s) && eat(u"k<")) {
            namedReference();
            return Quantifiable::Yes;
        }
        if (c >= u'1' && c <= u'9') {
            backReference();
            return Quantifiable::Yes;
        }
        m_out += characterEscape();
        return Quantifiable::Yes;
    }

    /// Only where the pattern has named groups at all; else \k is a k (Annex B).
    void namedReference()
    {
        const qsizetype end = m_source.indexOf(u'>', m_at);
        const QString name = m_source.mid(m_at, end - m_at);
        if (end < 0 || !m_source.contains(u"(?<"_s + name + u'>'))
            return fail(u"Invalid named capture referenced"_s);
        m_at = end + 1;
        m_out += u"\\k<"_s + QString(name).replace(u'$', u'_') + u'>';
    }

    void backReference()
    {
        QString digits;
        while (!done() && peek().isDigit()) {
            digits += peek();
            ++m_at;
        }
        m_out += u"\\g{"_s + digits + u'}';
    }

    QString hex(qsizetype count)
    {
        const QString digits = m_source.mid(m_at, count);
        bool valid = false;
        const uint code = digits.toUInt(&valid, 16);
        if (!valid || digits.size() != count)
            return {};
        m_at += count;
        return literal(code);
    }

    /// CharacterEscape: control letters, \x, \u, \c and identity escapes.
    QString characterEscape()
    {
        const QChar c = peek();
        ++m_at;
        switch (c.unicode()) {
        case u'f':
        case u'n':
        case u'r':
        case u't':
            return u'\\' + QString(c);
        case u'v':
            return literal(0x0b);
        case u'0':
            return literal(0);
        case u'x': {
            const QString code = hex(2);
            return code.isEmpty() ? u"x"_s : code;
        }
        case u'u':
            return unicodeEscape();
        case u'c':
            if (peek().isLetter() && peek().unicode() < 0x80)
                return literal(m_source.at(m_at++).unicode() % 32);
            return u"\\\\c"_s;
        case u'p':
        case u'P':
            if (m_unicode && peek() == u'{') {
                const qsizetype end = m_source.indexOf(u'}', m_at);
                const QString name = m_source.mid(m_at, end - m_at + 1);
                m_at += name.size();
                return u'\\' + QString(c) + name;
            }
            return QString(c);
        default:
            return QRegularExpression::escape(QString(c));
        }
    }

    QString unicodeEscape()
    {
        if (m_unicode && eat(u"{")) {
            const qsizetype end = m_source.indexOf(u'}', m_at);
            const uint code = m_source.mid(m_at, end - m_at).toUInt(nullptr, 16);
            if (end < 0 || code > 0x10ffff)
                fail(u"Invalid Unicode escape"_s);
            else
                m_at = end + 1;
            return literal(code);
        }
        const QString code = hex(4);
        return code.isEmpty() ? u"u"_s : code;
    }

    /// One member of a class: a character, or a class escape that cannot begin or end a range.
    struct ClassAtom
    {
        QString text;
        std::optional<uint> code;
    };

    ClassAtom classAtom()
    {
        const QChar c = peek();
        ++m_at;
        if (c != u'\\')
            return {literal(c.unicode()), c.unicode()};
        if (done()) {
            fail(u"\\ at end of pattern"_s);
            return {};
        }
        if (peek() == u'b') {
            ++m_at;
            return {literal(8), 8};
        }
        if (const QString members = classEscape(peek()); !members.isEmpty()) {
            ++m_at;
            return {members, std::nullopt};
        }
        return codeOf(characterEscape());
    }

    static ClassAtom codeOf(const QString &text)
    {
        if (text.startsWith(u"\\x{"))
            return {text, text.mid(3, text.size() - 4).toUInt(nullptr, 16)};
        static const QString controls = u"fnrt"_s;
        static constexpr uint codes[] = {0x0c, 0x0a, 0x0d, 0x09};
        const QChar last = text.back();
        const qsizetype control = text.size() == 2 ? controls.indexOf(last) : -1;
        const uint code = control >= 0 && text.front() == u'\\' ? codes[control] : last.unicode();
        return {literal(code), code};
    }

    void characterClass()
    {
        const bool negated = eat(u"^");
        QString members;
        while (!done() && peek() != u']') {
            const ClassAtom from = classAtom();
            if (peek() != u'-' || peek(1) == u']' || m_at + 1 >= m_source.size()) {
                members += from.text;
                continue;
            }
            ++m_at;
            const ClassAtom to = classAtom();
            if (from.code && to.code && *from.code > *to.code)
                return fail(u"Range out of order in character class"_s);
            // Annex B: beside a class escape the hyphen is a hyphen.
            members += from.text + (from.code && to.code ? u"-"_s : u"\\-"_s) + to.text;
        }
        if (!m_error.isEmpty())
            return;
        if (!eat(u"]"))
            return fail(u"Unterminated character class"_s);
        if (members.isEmpty())
            m_out += negated ? u"[\\s\\S]"_s : u"(?!)"_s;
        else
            m_out += (negated ? u"[^"_s : u"["_s) + members + u']';
    }

    const QString &m_source;
    const bool m_unicode;
    const bool m_multiline;
    const bool m_dotAll;
    qsizetype m_at = 0;
    QString m_out;
    QString m_error;
    QStringList m_names;
};

bool flagsAreValid(const QString &flags)
{
    QString seen;
    for (const QChar flag : flags) {
        if (!u"dgimsuvy"_s.contains(flag) || seen.contains(flag))
            return false;
        seen += flag;
    }
    return !(seen.contains(u'u') && seen.contains(u'v'));
}

} // namespace

Result<QString> translateJsPattern(const QString &source, const QString &flags)
{
    return PatternTranslator(source, flags).translate();
}

Result<JsRegExpTester> JsRegExpTester::compile(const JsRegExp &expression)
{
    if (!flagsAreValid(expression.flags))
        return failure(
            u"Invalid flags supplied to RegExp constructor '%1'"_s.arg(expression.flags));
    const QString shown
        = u"Invalid regular expression: /%1/%2: "_s.arg(expression.source, expression.flags);
    const auto pattern = translateJsPattern(expression.source, expression.flags);
    if (!pattern)
        return failure(shown + pattern.error().message);
    JsRegExpTester tester;
    tester.m_program.setPattern(*pattern);
    if (expression.flags.contains(u'i'))
        tester.m_program.setPatternOptions(QRegularExpression::CaseInsensitiveOption);
    if (!tester.m_program.isValid())
        return failure(shown + tester.m_program.errorString());
    tester.m_sticky = expression.flags.contains(u'y');
    tester.m_remembers = tester.m_sticky || expression.flags.contains(u'g');
    tester.m_lastIndex = std::make_shared<qsizetype>(0);
    return tester;
}

// ECMA-262 §22.2.7.2 RegExpBuiltinExec, as far as test() shows it
bool JsRegExpTester::test(const QString &text) const
{
    const qsizetype from = m_remembers ? *m_lastIndex : 0;
    if (from > text.size()) {
        *m_lastIndex = 0;
        return false;
    }
    const auto options = m_sticky ? QRegularExpression::AnchorAtOffsetMatchOption
                                  : QRegularExpression::NoMatchOption;
    const auto match = m_program.match(text, from, QRegularExpression::NormalMatch, options);
    if (m_remembers)
        *m_lastIndex = match.hasMatch() ? match.capturedEnd() : 0;
    return match.hasMatch();
}

} // namespace rt
