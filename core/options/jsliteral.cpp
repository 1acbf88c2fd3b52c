// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "options/jsliteral.h"

#include <QRegularExpression>
#include <QStringList>

#include <optional>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// Single quotes as the ecosystem writes them; the inside of a JSON literal is valid JavaScript.
QString quoted(const QString &text)
{
    QString inside = quoteJson(text);
    inside = inside.mid(1, inside.size() - 2);
    if (text.contains(u'\'') && !text.contains(u'"')) // "'self'" rather than '\'self\''
        return u'"' + inside + u'"';
    inside.replace(u"\\\""_s, u"\""_s);
    inside.replace(u"'"_s, u"\\'"_s);
    return u'\'' + inside + u'\'';
}

QString dateLiteral(const JsDate &date)
{
    const QString iso = stringifyJson(JsValue(date));
    if (iso == u"null")
        return u"new Date(NaN)"_s;
    return u"new Date("_s + quoted(iso.mid(1, iso.size() - 2)) + u')';
}

/// What stands between the slashes of a literal; nullopt when only the constructor can say it.
std::optional<QString> patternSource(const QString &source)
{
    QString written;
    bool escaped = false;
    for (const QChar c : source) {
        if (c == u'\n' || c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            return std::nullopt;
        if (c == u'/' && !escaped)
            written += u'\\';
        written += c;
        escaped = c == u'\\' && !escaped;
    }
    return written.isEmpty() ? u"(?:)"_s : written;
}

QString patternLiteral(const JsRegExp &pattern)
{
    if (const auto source = patternSource(pattern.source))
        return u'/' + *source + u'/' + pattern.flags;
    return u"new RegExp(%1, %2)"_s.arg(quoted(pattern.source), quoted(pattern.flags));
}

} // namespace

QString jsKey(const QString &name)
{
    static const QRegularExpression plain(u"^[A-Za-z_$][A-Za-z0-9_$]*$"_s);
    if (name == u"__proto__") // as a plain key it would set the prototype
        return u"['__proto__']"_s;
    return plain.match(name).hasMatch() ? name : quoted(name);
}

QString jsLiteral(const JsValue &value)
{
    QStringList parts;
    switch (value.type()) {
    case JsValue::Type::String:
        return quoted(value.toString());
    case JsValue::Type::RegExp:
        return patternLiteral(value.toRegExp());
    case JsValue::Type::Date:
        return dateLiteral(value.toDate());
    case JsValue::Type::Array:
        for (const JsValue &item : value.items())
            parts.append(jsLiteral(item));
        return u'[' + parts.join(u", "_s) + u']';
    case JsValue::Type::Object:
        for (const auto &[name, member] : value.members())
            parts.append(jsKey(name) + u": "_s + jsLiteral(member));
        return parts.isEmpty() ? u"{}"_s : u"{ "_s + parts.join(u", "_s) + u" }"_s;
    case JsValue::Type::Buffer:
        return u"Buffer.from("_s + quoted(QString::fromLatin1(value.toBuffer().toBase64()))
            + u", 'base64')"_s;
    case JsValue::Type::Undefined:
    case JsValue::Type::Null:
    case JsValue::Type::Boolean:
    case JsValue::Type::Number:
        return value.asText();
    }
    Q_UNREACHABLE();
}

} // namespace rt
