// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/jsvalue.h"

#include <QDateTime>
#include <QTimeZone>

#include <array>
#include <charconv>
#include <cmath>

namespace rt {

namespace {

constexpr int maximumDepth = 5000;

class JsonParser
{
public:
    JsonParser(QStringView text, const JsonPositions &positions)
        : m_text(text), m_positions(positions)
    {
    }

    std::variant<JsValue, JsonError> parse()
    {
        JsValue value;
        skipBlanks();
        if (readValue(value, 0)) {
            skipBlanks();
            if (m_at == m_text.size())
                return value;
            fail(QStringLiteral("unexpected text after the value"));
        }
        return m_error;
    }

private:
    bool fail(const QString &message)
    {
        if (!m_failed)
            m_error = {lineAt(m_at), columnAt(m_at), message};
        m_failed = true;
        return false;
    }

    int lineAt(qsizetype at) const { return 1 + static_cast<int>(m_text.first(at).count(u'\n')); }
    int columnAt(qsizetype at) const
    {
        return static_cast<int>(at - m_text.first(at).lastIndexOf(u'\n'));
    }

    QChar peek() const { return m_at < m_text.size() ? m_text.at(m_at) : QChar(); }

    void skipBlanks()
    {
        while (m_at < m_text.size()) {
            const QChar c = m_text.at(m_at);
            if (c != u' ' && c != u'\t' && c != u'\n' && c != u'\r')
                return;
            if (c == u'\n')
                ++m_line;
            ++m_at;
        }
    }

    bool readValue(JsValue &value, int depth)
    {
        if (depth > maximumDepth)
            return fail(QStringLiteral("nested too deeply"));
        if (m_at >= m_text.size())
            return fail(QStringLiteral("unexpected end"));
        switch (peek().unicode()) {
        case u'{':
            return readObject(value, depth);
        case u'[':
            return readArray(value, depth);
        case u'"': {
            QString text;
            if (!readString(text))
                return false;
            value = JsValue(std::move(text));
            return true;
        }
        case u't':
            return readWord(u"true", JsValue(true), value);
        case u'f':
            return readWord(u"false", JsValue(false), value);
        case u'n':
            return readWord(u"null", JsValue(nullptr), value);
        default:
            return readNumber(value);
        }
    }

    bool readWord(QStringView word, const JsValue &meaning, JsValue &value)
    {
        if (!m_text.mid(m_at).startsWith(word))
            return fail(QStringLiteral("unexpected character"));
        m_at += word.size();
        value = meaning;
        return true;
    }

    qsizetype digits()
    {
        const qsizetype start = m_at;
        while (m_at < m_text.size() && m_text.at(m_at) >= u'0' && m_text.at(m_at) <= u'9')
            ++m_at;
        return m_at - start;
    }

    bool readNumber(JsValue &value)
    {
        const qsizetype start = m_at;
        if (peek() == u'-')
            ++m_at;
        const bool zero = peek() == u'0';
        const qsizetype whole = digits();
        if (whole == 0)
            return fail(QStringLiteral("unexpected character"));
        if (zero && whole > 1)
            return fail(QStringLiteral("a number may not start with 0"));
        if (peek() == u'.') {
            ++m_at;
            if (digits() == 0)
                return fail(QStringLiteral("digit expected after the point"));
        }
        if (peek() == u'e' || peek() == u'E') {
            ++m_at;
            if (peek() == u'+' || peek() == u'-')
                ++m_at;
            if (digits() == 0)
                return fail(QStringLiteral("digit expected in the exponent"));
        }
        const QByteArray text = m_text.mid(start, m_at - start).toLatin1();
        double number = 0;
        const auto result = std::from_chars(text.begin(), text.end(), number);
        if (result.ec == std::errc::result_out_of_range)
            number = overflow(text);
        value = JsValue(number);
        return true;
    }

    /// from_chars reports both ends of the range alike; JavaScript gives ±Infinity or ±0.
    static double overflow(const QByteArray &text)
    {
        const double number = text.contains("e-") || text.contains("E-") ? 0.0 : HUGE_VAL;
        return text.startsWith('-') ? -number : number;
    }

    bool readString(QString &text)
    {
        ++m_at;
        qsizetype start = m_at;
        while (m_at < m_text.size()) {
            const QChar c = m_text.at(m_at);
            if (c == u'"') {
                text.append(m_text.mid(start, m_at - start));
                ++m_at;
                return true;
            }
            if (c.unicode() < 0x20)
                return fail(QStringLiteral("control character in a string"));
            if (c != u'\\') {
                ++m_at;
                continue;
            }
            text.append(m_text.mid(start, m_at - start));
            if (!readEscape(text))
                return false;
            start = m_at;
        }
        return fail(QStringLiteral("unterminated string"));
    }

    bool readEscape(QString &text)
    {
        static constexpr QStringView letters = u"\"\\/bfnrt";
        static constexpr QStringView meanings = u"\"\\/\b\f\n\r\t";
        ++m_at;
        if (m_at >= m_text.size())
            return fail(QStringLiteral("unterminated string"));
        const QChar c = m_text.at(m_at);
        if (const qsizetype known = letters.indexOf(c); known >= 0) {
            text.append(meanings.at(known));
            ++m_at;
            return true;
        }
        if (c != u'u' || m_at + 4 >= m_text.size())
            return fail(QStringLiteral("unknown escape in a string"));
        bool ok = false;
        const ushort unit = m_text.mid(m_at + 1, 4).toUShort(&ok, 16);
        if (!ok)
            return fail(QStringLiteral("unknown escape in a string"));
        text.append(QChar(unit));
        m_at += 5;
        return true;
    }

    bool readArray(JsValue &value, int depth)
    {
        ++m_at;
        QList<JsValue> items;
        skipBlanks();
        if (peek() == u']') {
            ++m_at;
            value = JsValue::array();
            return true;
        }
        for (;;) {
            const QString outer = enter(QString::number(items.size()));
            JsValue item;
            if (!readValue(item, depth + 1))
                return false;
            m_pointer = outer;
            items.append(std::move(item));
            skipBlanks();
            const QChar c = peek();
            ++m_at;
            if (c == u']')
                break;
            if (c != u',')
                return failBack(QStringLiteral("',' or ']' expected"));
            skipBlanks();
        }
        value = JsValue::array(std::move(items));
        return true;
    }

    bool failBack(const QString &message)
    {
        --m_at;
        return fail(message);
    }

    bool readObject(JsValue &value, int depth)
    {
        ++m_at;
        value = JsValue::object();
        skipBlanks();
        if (peek() == u'}') {
            ++m_at;
            return true;
        }
        for (;;) {
            if (!readMember(value, depth))
                return false;
            skipBlanks();
            const QChar c = peek();
            ++m_at;
            if (c == u'}')
                return true;
            if (c != u',')
                return failBack(QStringLiteral("',' or '}' expected"));
            skipBlanks();
        }
    }

    bool readMember(JsValue &object, int depth)
    {
        QString name;
        if (peek() != u'"')
            return fail(QStringLiteral("a quoted member name expected"));
        const QString outer = m_pointer;
        if (!readString(name))
            return false;
        enter(name);
        skipBlanks();
        if (peek() != u':')
            return fail(QStringLiteral("':' expected"));
        ++m_at;
        skipBlanks();
        JsValue item;
        if (!readValue(item, depth + 1))
            return false;
        m_pointer = outer;
        object.insert(name, std::move(item));
        return true;
    }

    QString enter(QString key)
    {
        if (!m_positions)
            return {};
        const QString outer = m_pointer;
        key.replace(QLatin1String("~"), QLatin1String("~0"));
        key.replace(QLatin1String("/"), QLatin1String("~1"));
        m_pointer += u'/' + key;
        m_positions(m_pointer, m_line);
        return outer;
    }

    QStringView m_text;
    const JsonPositions &m_positions;
    QString m_pointer;
    qsizetype m_at = 0;
    int m_line = 1;
    bool m_failed = false;
    JsonError m_error;
};

void writeJson(QString &out, const JsValue &value, const QString &indent, const QString &margin);

void writeList(QString &out, const JsValue &value, const QString &indent, const QString &margin)
{
    const QString inner = margin + indent;
    const QString gap = indent.isEmpty() ? QString() : u'\n' + inner;
    bool firstItem = true;
    for (const JsValue &item : value.items()) {
        out += firstItem ? gap : u',' + gap;
        firstItem = false;
        if (item.isUndefined())
            out += QLatin1String("null");
        else
            writeJson(out, item, indent, inner);
    }
    if (!firstItem && !indent.isEmpty())
        out += u'\n' + margin;
}

void writeMembers(QString &out, const JsValue &value, const QString &indent, const QString &margin)
{
    const QString inner = margin + indent;
    const QString gap = indent.isEmpty() ? QString() : u'\n' + inner;
    bool firstMember = true;
    for (const auto &[name, member] : value.members()) {
        if (member.isUndefined())
            continue;
        out += firstMember ? gap : u',' + gap;
        firstMember = false;
        out += quoteJson(name) + (indent.isEmpty() ? QLatin1String(":") : QLatin1String(": "));
        writeJson(out, member, indent, inner);
    }
    if (!firstMember && !indent.isEmpty())
        out += u'\n' + margin;
}

QString bufferJson(const QByteArray &bytes)
{
    QStringList numbers;
    for (const char byte : bytes)
        numbers.append(QString::number(static_cast<uchar>(byte)));
    return QStringLiteral("{\"type\":\"Buffer\",\"data\":[%1]}").arg(numbers.join(u','));
}

// ECMA-262 Date.prototype.toISOString(): years of other than four digits have six and a sign.
QString dateJson(double milliseconds)
{
    constexpr double furthest = 8.64e15;
    if (!(std::abs(milliseconds) <= furthest))
        return QStringLiteral("null");
    const auto moment = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(milliseconds), Qt::UTC);
    // Qt counts the years before 1 without a year 0.
    const int year = moment.date().year() + (moment.date().year() < 0 ? 1 : 0);
    const QString sign = year < 0 ? QStringLiteral("-")
        : year > 9999             ? QStringLiteral("+")
                                  : QString();
    const QString digits
        = QString::number(std::abs(year)).rightJustified(sign.isEmpty() ? 4 : 6, u'0');
    return u'"' + sign + digits + moment.toString(QStringLiteral("-MM-ddTHH:mm:ss.zzzZ")) + u'"';
}

void writeJson(QString &out, const JsValue &value, const QString &indent, const QString &margin)
{
    switch (value.type()) {
    case JsValue::Type::Undefined:
        return;
    case JsValue::Type::Null:
    case JsValue::Type::Boolean:
        out += value.asText();
        return;
    case JsValue::Type::Number:
        out += std::isfinite(value.toNumber()) ? numberText(value.toNumber())
                                               : QStringLiteral("null");
        return;
    case JsValue::Type::String:
        out += quoteJson(value.toString());
        return;
    case JsValue::Type::Array:
        out += u'[';
        writeList(out, value, indent, margin);
        out += u']';
        return;
    case JsValue::Type::Object:
        out += u'{';
        writeMembers(out, value, indent, margin);
        out += u'}';
        return;
    case JsValue::Type::Buffer:
        out += bufferJson(value.toBuffer());
        return;
    case JsValue::Type::RegExp:
        out += QLatin1String("{}");
        return;
    case JsValue::Type::Date:
        out += dateJson(value.toDate().milliseconds);
        return;
    }
}

} // namespace

std::variant<JsValue, JsonError> parseJson(QStringView text, const JsonPositions &positions)
{
    return JsonParser(text, positions).parse();
}

std::variant<JsValue, JsonError> parseJson(QByteArrayView utf8, const JsonPositions &positions)
{
    const QString text = QString::fromUtf8(utf8);
    return parseJson(QStringView(text), positions);
}

QString stringifyJson(const JsValue &value, const QString &indent)
{
    QString out;
    writeJson(out, value, indent, {});
    return out;
}

QByteArray toJson(const JsValue &value, const QString &indent)
{
    return stringifyJson(value, indent).toUtf8();
}

// ECMA-262 Number::toString: the shortest digits, exponents below 1e-6 and from 1e21.
QString numberText(double value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value < 0 ? QStringLiteral("-Infinity") : QStringLiteral("Infinity");
    if (value == 0)
        return QStringLiteral("0");
    std::array<char, 32> buffer {};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::abs(value),
                                   std::chars_format::scientific);
    QByteArray text(buffer.data(), end.ptr - buffer.data());
    const qsizetype e = text.indexOf('e');
    const int exponent = text.mid(e + 1).toInt();
    QByteArray digits = text.left(e).replace(".", "");
    const int count = static_cast<int>(digits.size());
    QByteArray out;
    if (exponent >= 21 || exponent < -6) {
        out = digits.left(1) + (count > 1 ? "." + digits.mid(1) : QByteArray()) + "e"
            + (exponent < 0 ? "-" : "+") + QByteArray::number(std::abs(exponent));
    } else if (exponent < 0) {
        out = "0." + QByteArray(-exponent - 1, '0') + digits;
    } else if (count <= exponent + 1) {
        out = digits + QByteArray(exponent + 1 - count, '0');
    } else {
        out = digits.left(exponent + 1) + "." + digits.mid(exponent + 1);
    }
    return QString::fromLatin1(value < 0 ? "-" + out : out);
}

QString quoteJson(QStringView text)
{
    QString out = QStringLiteral("\"");
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        static constexpr QStringView special = u"\"\\\b\f\n\r\t";
        static constexpr QStringView letters = u"\"\\bfnrt";
        const bool pairs
            = c.isHighSurrogate() && i + 1 < text.size() && text.at(i + 1).isLowSurrogate();
        if (const qsizetype known = special.indexOf(c); known >= 0) {
            out += u'\\';
            out += letters.at(known);
        } else if (pairs) {
            out += c;
            out += text.at(++i);
        } else if (c.unicode() < 0x20 || c.isSurrogate()) {
            out += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        } else {
            out += c;
        }
    }
    return out + u'"';
}

} // namespace rt
