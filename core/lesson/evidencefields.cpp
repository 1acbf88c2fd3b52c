// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/evidencefields.h"

#include "http/contentcoding.h"
#include "http/httpdate.h"

namespace rt {

namespace {

/// A page that decodes to more is shown as it came.
constexpr qint64 largestDecodedBody = 64LL * 1024 * 1024;

QString fromWire(QByteArrayView bytes)
{
    return QString::fromUtf8(bytes);
}

QString decodedQuery(QByteArray text)
{
    text.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text));
}

/// An attribute of a Set-Cookie line: name in lower case, value without blanks.
struct Attribute
{
    QByteArray name;
    QByteArray value;
};

Attribute attribute(QByteArrayView part)
{
    const qsizetype equals = part.indexOf('=');
    const QByteArrayView name = equals < 0 ? part : part.first(equals);
    const QByteArrayView value = equals < 0 ? QByteArrayView() : part.sliced(equals + 1);
    return {name.trimmed().toByteArray().toLower(), value.trimmed().toByteArray()};
}

void applyAttribute(JsValue &cookie, const Attribute &found, qint64 now)
{
    const QString value = fromWire(found.value);
    if (found.name == "secure") {
        cookie.insert(QStringLiteral("secure"), JsValue(true));
    } else if (found.name == "httponly") {
        cookie.insert(QStringLiteral("httpOnly"), JsValue(true));
    } else if (found.name == "samesite") {
        cookie.insert(QStringLiteral("sameSite"), JsValue(value.toLower()));
    } else if (found.name == "path" || found.name == "domain") {
        cookie.insert(QString::fromLatin1(found.name), JsValue(value));
    } else if (found.name == "max-age") {
        cookie.insert(QStringLiteral("maxAge"), JsValue(found.value.toLongLong()));
    } else if (found.name == "expires") {
        if (const auto moment = parseHttpDate(found.value))
            cookie.insert(QStringLiteral("expires"), JsValue(*moment - static_cast<double>(now)));
    }
}

/// RFC 6265 §5.3 step 3: Max-Age has precedence over Expires.
void judgeLifetime(JsValue &cookie)
{
    const JsValue maxAge = cookie[u"maxAge"];
    const JsValue expires = cookie[u"expires"];
    const bool persistent = maxAge.isNumber() || expires.isNumber();
    const double left = maxAge.isNumber() ? maxAge.toNumber() : expires.toNumber();
    cookie.insert(QStringLiteral("persistent"), JsValue(persistent));
    cookie.insert(QStringLiteral("deleted"), JsValue(persistent && left <= 0));
}

void insertNested(JsValue &object, const QStringList &path, qsizetype at, const JsValue &value)
{
    if (!object.isObject())
        object = JsValue::object();
    const QString &key = path.at(at);
    JsValue child = object[key];
    if (at + 1 == path.size()) {
        child = value;
    } else {
        if (!child.isObject() && !child.isNullish())
            return; // the whole was set to something without parts, such as false
        insertNested(child, path, at + 1, value);
    }
    object.insert(key, child);
}

} // namespace

JsValue headerFields(const HeaderList &headers)
{
    JsValue fields = JsValue::object();
    for (const HeaderField &field : headers) {
        const QString name = fromWire(field.name);
        bool seen = false;
        for (const QString &known : fields.keys())
            seen = seen || known.compare(name, Qt::CaseInsensitive) == 0;
        if (!seen)
            fields.insert(name, JsValue(fromWire(headers.get(field.name).value_or(QByteArray()))));
    }
    return fields;
}

JsValue queryFields(QByteArrayView target)
{
    JsValue fields = JsValue::object();
    const qsizetype mark = target.indexOf('?');
    if (mark < 0)
        return fields;
    for (const QByteArray &part : target.sliced(mark + 1).toByteArray().split('&')) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        const QString name = decodedQuery(equals < 0 ? part : part.first(equals));
        JsValue values = fields[name];
        values.append(JsValue(decodedQuery(equals < 0 ? QByteArray() : part.sliced(equals + 1))));
        fields.insert(name, values);
    }
    return fields;
}

JsValue cookieFields(QByteArrayView header)
{
    JsValue fields = JsValue::object();
    for (const QByteArray &part : header.toByteArray().split(';')) {
        const qsizetype equals = part.indexOf('=');
        if (equals < 1)
            continue;
        const QString name = fromWire(part.first(equals).trimmed());
        if (!fields.contains(name)) // the first of a name is what servers read
            fields.insert(name, JsValue(fromWire(part.sliced(equals + 1).trimmed())));
    }
    return fields;
}

JsValue setCookieFields(const QByteArrayList &lines, qint64 now)
{
    JsValue fields = JsValue::object();
    for (const QByteArray &line : lines) {
        const QByteArrayList parts = line.split(';');
        const qsizetype equals = parts.first().indexOf('=');
        if (equals < 0)
            continue;
        const QByteArray name = parts.first().first(equals).trimmed();
        const QByteArray value = parts.first().sliced(equals + 1).trimmed();
        JsValue cookie = JsValue::object();
        cookie.insert(QStringLiteral("value"), JsValue(fromWire(value)));
        cookie.insert(QStringLiteral("secure"), JsValue(false));
        cookie.insert(QStringLiteral("httpOnly"), JsValue(false));
        // What browsers limit is name and value together (RFC 6265bis §5.6).
        cookie.insert(QStringLiteral("bytes"),
                      JsValue(static_cast<qint64>(name.size() + value.size())));
        for (const QByteArray &part : parts.sliced(1))
            applyAttribute(cookie, attribute(part), now);
        judgeLifetime(cookie);
        fields.insert(fromWire(name), cookie);
    }
    return fields;
}

JsValue policyFields(QByteArrayView header)
{
    JsValue fields = JsValue::object();
    for (const QByteArray &directive : header.toByteArray().split(';')) {
        const QStringList words = fromWire(directive.simplified()).split(u' ', Qt::SkipEmptyParts);
        if (!words.isEmpty() && !fields.contains(words.first()))
            fields.insert(words.first(), JsValue::stringArray(words.sliced(1)));
    }
    return fields;
}

QByteArray decodedBody(const QByteArray &body, QByteArrayView contentEncoding)
{
    QByteArray decoded = body;
    QByteArrayList codings = contentEncoding.toByteArray().split(',');
    while (!codings.isEmpty() && !body.isEmpty()) { // applied in order, so undone from the end
        const auto coding = codingNamed(codings.takeLast().trimmed());
        if (!coding || *coding == ContentCoding::Identity)
            continue;
        QByteArray out;
        const auto decoder = makeDecoder(*coding, largestDecodedBody);
        const DecoderStatus status = decoder->write(decoded, out);
        if (status == DecoderStatus::Corrupt || status == DecoderStatus::TooLarge)
            return decoded;
        decoded = out;
    }
    return decoded;
}

JsValue bodyText(const QByteArray &body)
{
    return body.size() <= longestReadBody ? JsValue(QString::fromUtf8(body)) : JsValue();
}

JsValue bodyJson(const QByteArray &body, QByteArrayView type)
{
    if (body.isEmpty() || body.size() > longestReadBody)
        return {};
    const QByteArray start = body.first(1);
    const bool said = type.toByteArray().toLower().contains("json");
    if (!said && start != "{" && start != "[")
        return {};
    auto parsed = parseJson(QByteArrayView(body));
    auto *value = std::get_if<JsValue>(&parsed);
    return value ? *value : JsValue();
}

JsValue nestedSettings(const JsValue &flattened)
{
    JsValue nested = JsValue::object();
    for (const auto &[path, value] : flattened.members())
        insertNested(nested, path.split(u'.'), 0, value);
    return nested;
}

} // namespace rt
