// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/scriptexpression.h"

namespace rt {

namespace {

// ECMA-262 WhiteSpace and LineTerminator; PCRE's \s knows only the ASCII ones.
constexpr QStringView blanks
    = u"\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}"
      u"\\x{feff}";

/// Rewrites what JavaScript (without the u flag) and PCRE read differently.
class Translator
{
public:
    explicit Translator(QStringView source) : m_source(source) { }

    /// The pattern for PCRE; empty with `error` set when JavaScript refuses it.
    QString translate()
    {
        while (m_at < m_source.size() && error.isEmpty())
            readOne();
        return m_out;
    }

    QString error;

private:
    QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_source.size() ? m_source.at(m_at + ahead) : QChar();
    }

    void readOne()
    {
        const QChar c = peek();
        const bool quantifier = c == u'*' || c == u'+' || c == u'?' || isCountedQuantifier();
        if (quantifier)
            return readQuantifier();
        m_quantifiable = true;
        if (c == u'\\')
            return readEscape(false);
        if (c == u'[')
            return readClass();
        if (c == u'(')
            return readGroup();
        ++m_at;
        if (c == u'$')
            anchor(u"\\z");
        else if (c == u'^')
            anchor(u"^");
        else if (c == u'.')
            m_out += QStringLiteral("[^\\n\\r\\x{2028}\\x{2029}]");
        else if (c == u'|')
            anchor(u"|");
        else if (c == u'{')
            m_out += QStringLiteral("\\{");
        else
            m_out += c;
    }

    void anchor(QStringView text)
    {
        m_out += text;
        m_quantifiable = false;
    }

    bool isCountedQuantifier() const
    {
        static const QRegularExpression counted(QStringLiteral("^\\{[0-9]+(,[0-9]*)?\\}"));
        return peek() == u'{' && counted.match(m_source.sliced(m_at).toString()).hasMatch();
    }

    void readQuantifier()
    {
        if (!m_quantifiable) {
            error = QStringLiteral("there is nothing to repeat before \"%1\"").arg(peek());
            return;
        }
        m_quantifiable = false; // a second one would make it possessive in PCRE
        const qsizetype end = peek() == u'{' ? m_source.indexOf(u'}', m_at) + 1 : m_at + 1;
        m_out += m_source.sliced(m_at, end - m_at);
        m_at = end;
        if (peek() == u'?') {
            m_out += u'?';
            ++m_at;
        }
    }

    void readGroup()
    {
        static const QRegularExpression start(
            QStringLiteral("^\\((\\?(:|=|!|<=|<!|<[A-Za-z_$][\\w$]*>))?"));
        const auto match = start.match(m_source.sliced(m_at).toString());
        const bool strange = peek(1) == u'*' || (peek(1) == u'?' && match.capturedLength(1) == 0);
        if (strange && peek(1) == u'?') {
            error = QStringLiteral("(? starts no group that JavaScript knows");
            return;
        }
        m_out += match.captured();
        m_at += match.capturedLength();
        m_quantifiable = false;
    }

    void readClass()
    {
        ++m_at;
        const bool negated = peek() == u'^';
        m_at += negated ? 1 : 0;
        if (peek() == u']') { // [] matches nothing and [^] anything
            ++m_at;
            m_out += negated ? QStringLiteral("(?s:.)") : QStringLiteral("(?!)");
            return;
        }
        m_out += negated ? QStringLiteral("[^") : QStringLiteral("[");
        while (m_at < m_source.size() && peek() != u']') {
            if (peek() == u'\\') {
                readEscape(true);
                continue;
            }
            if (peek() == u'[')
                m_out += u'\\'; // [:alpha:] is no class of JavaScript
            m_out += peek();
            ++m_at;
        }
        if (m_at >= m_source.size())
            error = QStringLiteral("a class has no closing ]");
        m_out += u']';
        ++m_at;
    }

    void readEscape(bool inClass)
    {
        const QChar c = peek(1);
        m_at += 2;
        if (c.isNull()) {
            error = QStringLiteral("it ends with a backslash");
        } else if (c == u's' || c == u'S') {
            readBlanks(c == u'S', inClass);
        } else if (c == u'v') {
            m_out += QStringLiteral("\\x0b");
        } else if (c == u'b' || c == u'B') {
            m_out += inClass ? QStringLiteral("\\x08") : QString(u'\\') + c;
            m_quantifiable = inClass;
        } else if (c == u'u' || c == u'x') {
            readCodeUnit(c == u'u' ? 4 : 2);
        } else if (QStringView(u"dDwWnrtfk0123456789c").contains(c)) {
            m_out += QString(u'\\') + c;
        } else if (c.isLetter()) {
            m_out += c; // other letters stand for themselves
        } else {
            m_out += QString(u'\\') + c;
        }
    }

    void readBlanks(bool negated, bool inClass)
    {
        if (!inClass)
            m_out
                += QStringLiteral("[%1%2]").arg(negated ? QStringLiteral("^") : QString(), blanks);
        else if (negated)
            m_out += QStringLiteral("\\S"); // a negated set cannot stand in a class; ASCII only
        else
            m_out += blanks.toString();
    }

    void readCodeUnit(int digits)
    {
        bool isNumber = false;
        const QStringView text
            = m_source.sliced(m_at).first(std::min<qsizetype>(digits, m_source.size() - m_at));
        const uint unit = text.size() == digits ? text.toUInt(&isNumber, 16) : 0;
        if (!isNumber) {
            m_out += digits == 4 ? u'u' : u'x';
            return;
        }
        m_out += QStringLiteral("\\x{%1}").arg(unit, 0, 16);
        m_at += digits;
    }

    QStringView m_source;
    qsizetype m_at = 0;
    QString m_out;
    bool m_quantifiable = false;
};

} // namespace

Result<QRegularExpression> scriptExpression(const QString &literal)
{
    if (literal.size() > longestExpression)
        return failure(
            QStringLiteral("an expression has at most %1 characters").arg(longestExpression));
    const qsizetype end = literal.lastIndexOf(u'/');
    Translator translator(QStringView(literal).sliced(1, end - 1));
    const QString pattern = translator.translate();
    if (!translator.error.isEmpty())
        return failure(QStringLiteral("the expression is wrong: %1").arg(translator.error));
    const auto options = literal.endsWith(u'i') ? QRegularExpression::CaseInsensitiveOption
                                                : QRegularExpression::NoPatternOption;
    const QRegularExpression expression(pattern, options);
    if (!expression.isValid())
        return failure(QStringLiteral("the expression is wrong: %1").arg(expression.errorString()));
    return expression;
}

} // namespace rt
