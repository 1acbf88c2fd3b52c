// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "exporters/secrets.h"

#include <QSet>

namespace rt {

namespace {

QByteArray maskCookiePair(const QByteArray &pair)
{
    const qsizetype equals = pair.indexOf('=');
    return equals < 0 ? QByteArray(maskedSecret) : pair.left(equals + 1) + maskedSecret;
}

QByteArray maskParameters(const QByteArray &query)
{
    QByteArrayList parts = query.split('&');
    for (QByteArray &part : parts) {
        const qsizetype equals = part.indexOf('=');
        const QByteArray name
            = QByteArray::fromPercentEncoding(equals < 0 ? part : part.left(equals));
        if (equals >= 0 && namesSecret(QString::fromUtf8(name)))
            part = part.left(equals + 1) + maskedSecret;
    }
    return parts.join('&');
}

JsValue maskValue(const JsValue &value)
{
    if (value.isArray()) {
        JsValue masked = JsValue::array();
        for (const JsValue &item : value.items())
            masked.append(maskValue(item));
        return masked;
    }
    if (!value.isObject())
        return value;
    JsValue masked = JsValue::object();
    for (const auto &[name, member] : value.members()) {
        const bool secret = namesSecret(name) && !member.isObject() && !member.isArray();
        masked.insert(name,
                      secret ? JsValue(QString::fromLatin1(maskedSecret)) : maskValue(member));
    }
    return masked;
}

} // namespace

bool namesSecret(QStringView name)
{
    static const QSet<QString> names {
        QStringLiteral("password"), QStringLiteral("passwd"),       QStringLiteral("pwd"),
        QStringLiteral("token"),    QStringLiteral("access_token"), QStringLiteral("refresh_token"),
        QStringLiteral("id_token"), QStringLiteral("secret"),       QStringLiteral("client_secret"),
        QStringLiteral("api_key"),  QStringLiteral("apikey"),       QStringLiteral("key"),
        QStringLiteral("code"),     QStringLiteral("jwt"),          QStringLiteral("session"),
        QStringLiteral("sid"),      QStringLiteral("auth"),         QStringLiteral("signature"),
    };
    return names.contains(name.toString().toLower().replace(u'-', u'_'));
}

QByteArray maskHeader(QByteArrayView name, QByteArrayView value)
{
    const QByteArray text = value.toByteArray();
    if (equalsIgnoringCase(name, "Authorization")
        || equalsIgnoringCase(name, "Proxy-Authorization")) {
        const qsizetype space = text.indexOf(' ');
        return space < 0 ? QByteArray(maskedSecret) : text.left(space + 1) + maskedSecret;
    }
    if (equalsIgnoringCase(name, "Cookie")) {
        QByteArrayList pairs;
        for (const QByteArray &pair : text.split(';'))
            pairs.append(maskCookiePair(pair.trimmed()));
        return pairs.join("; ");
    }
    if (equalsIgnoringCase(name, "Set-Cookie")) {
        const qsizetype end = text.indexOf(';');
        return maskCookiePair(end < 0 ? text : text.left(end))
            + (end < 0 ? QByteArray() : text.mid(end));
    }
    for (const char *whole : {"X-Api-Key", "X-Auth-Token", "X-CSRF-Token", "X-XSRF-Token"}) {
        if (equalsIgnoringCase(name, whole))
            return maskedSecret;
    }
    for (const char *address : {"Referer", "Location"}) {
        if (equalsIgnoringCase(name, address))
            return maskUrl(text);
    }
    return text;
}

HeaderList maskHeaders(const HeaderList &headers)
{
    HeaderList masked;
    for (const HeaderField &field : headers)
        masked.append(field.name, maskHeader(field.name, field.value));
    return masked;
}

QByteArray maskUrl(const QByteArray &url)
{
    QByteArray masked = url;
    const qsizetype authority = masked.indexOf("://");
    if (authority >= 0) {
        const qsizetype end = masked.indexOf('/', authority + 3);
        const qsizetype at = masked.left(end < 0 ? masked.size() : end).lastIndexOf('@');
        if (at > authority)
            masked.replace(authority + 3, at - authority - 3, maskedSecret);
    }
    const qsizetype question = masked.indexOf('?');
    if (question < 0)
        return masked;
    const qsizetype hash = masked.indexOf('#', question);
    const qsizetype end = hash < 0 ? masked.size() : hash;
    return masked.left(question + 1) + maskParameters(masked.mid(question + 1, end - question - 1))
        + masked.mid(end);
}

QByteArray maskBody(const QByteArray &body, QByteArrayView mediaType)
{
    const QByteArray essence = mediaType.toByteArray().split(';').value(0).trimmed().toLower();
    if (essence == "application/x-www-form-urlencoded")
        return maskParameters(body);
    if (essence != "application/json" && !essence.endsWith("+json"))
        return body;
    const auto parsed = parseJson(QByteArrayView(body));
    const JsValue *value = std::get_if<JsValue>(&parsed);
    if (!value)
        return body;
    const JsValue masked = maskValue(*value);
    // Only what hides something is rewritten: everything else stays byte for byte.
    return masked == *value ? body : toJson(masked);
}

} // namespace rt
