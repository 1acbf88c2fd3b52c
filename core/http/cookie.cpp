// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/cookie.h"

#include "base/jsobject.h"
#include "http/httpdate.h"
#include "http/query.h"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace rt {

namespace {

QString unquoted(const QString &text)
{
    if (text.startsWith(u'"') && text.endsWith(u'"'))
        return text.mid(1, std::max<qsizetype>(0, text.size() - 2));
    return text;
}

/// Only spaces and tabs.
QString withoutBlanks(const QString &text)
{
    const auto isBlank = [](QChar c) { return c == u' ' || c == u'\t'; };
    qsizetype from = 0;
    qsizetype to = text.size();
    while (from < to && isBlank(text.at(from)))
        ++from;
    while (to > from && isBlank(text.at(to - 1)))
        --to;
    return text.mid(from, to - from);
}

/// cookie-octet of RFC 6265, in quotes or not.
bool isCookieValue(const QByteArray &value)
{
    const bool quoted = value.size() >= 2 && value.startsWith('"') && value.endsWith('"');
    const QByteArray inner = quoted ? value.mid(1, value.size() - 2) : value;
    return std::all_of(inner.begin(), inner.end(), [](char c) {
        const auto byte = static_cast<uchar>(c);
        return byte >= 0x21 && byte <= 0x7e && c != '"' && c != ',' && c != ';' && c != '\\';
    });
}

bool isCookieName(const QByteArray &name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        const auto byte = static_cast<uchar>(c);
        return byte < 128
            && (std::isalnum(byte) != 0 || QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
    });
}

bool isDomain(QByteArray domain)
{
    if (domain.startsWith('.'))
        domain.remove(0, 1);
    const QByteArrayList labels = domain.split('.');
    return std::all_of(labels.begin(), labels.end(), [](const QByteArray &label) {
        if (label.isEmpty() || label.size() > 63 || label.startsWith('-') || label.endsWith('-'))
            return false;
        return std::all_of(label.begin(), label.end(), [](char c) {
            const auto byte = static_cast<uchar>(c);
            return byte < 128 && (std::isalnum(byte) != 0 || c == '-');
        });
    });
}

bool isPath(const QByteArray &path)
{
    return std::all_of(path.begin(), path.end(), [](char c) {
        const auto byte = static_cast<uchar>(c);
        return byte >= 0x20 && byte <= 0x7e && c != ';' && c != '<';
    });
}

using Written = tl::expected<QByteArray, CookieFault>;

Written withSameSite(const JsValue &value)
{
    if (value.isBoolean())
        return value.toBool() ? QByteArray("; SameSite=Strict") : QByteArray();
    const QString name = value.toString().toLower();
    if (name == u"lax")
        return QByteArray("; SameSite=Lax");
    if (name == u"strict")
        return QByteArray("; SameSite=Strict");
    if (name == u"none")
        return QByteArray("; SameSite=None");
    return tl::unexpected(CookieFault::InvalidSameSite);
}

Written withPriority(const JsValue &value)
{
    const QString name = value.toString().toLower();
    if (name == u"low")
        return QByteArray("; Priority=Low");
    if (name == u"medium")
        return QByteArray("; Priority=Medium");
    if (name == u"high")
        return QByteArray("; Priority=High");
    return tl::unexpected(CookieFault::InvalidPriority);
}

Written withDates(const JsValue &options)
{
    QByteArray out;
    if (const JsValue maxAge = options[u"maxAge"]; !maxAge.isNullish()) {
        const double seconds = toJsNumber(maxAge);
        if (!std::isfinite(seconds))
            return tl::unexpected(CookieFault::InvalidMaxAge);
        out += "; Max-Age=" + numberText(std::floor(seconds)).toLatin1();
    }
    return out;
}

Written withPlaces(const JsValue &options)
{
    QByteArray out;
    if (const JsValue domain = options[u"domain"]; domain.isTruthy()) {
        const QByteArray text = domain.asText().toUtf8();
        if (!isDomain(text))
            return tl::unexpected(CookieFault::InvalidDomain);
        out += "; Domain=" + text;
    }
    if (const JsValue path = options[u"path"]; path.isTruthy()) {
        const QByteArray text = path.asText().toUtf8();
        if (!isPath(text))
            return tl::unexpected(CookieFault::InvalidPath);
        out += "; Path=" + text;
    }
    if (const JsValue expires = options[u"expires"]; expires.isTruthy()) {
        if (!expires.isDate() || !std::isfinite(expires.toDate().milliseconds))
            return tl::unexpected(CookieFault::InvalidExpires);
        out += "; Expires=" + formatHttpDate(static_cast<qint64>(expires.toDate().milliseconds));
    }
    return out;
}

} // namespace

JsValue parseCookieHeader(QByteArrayView header)
{
    JsValue cookies = JsValue::object();
    if (header.size() < 2)
        return cookies;
    for (const QString &pair : QString::fromLatin1(header).split(u';')) {
        const qsizetype equals = pair.indexOf(u'=');
        if (equals < 0)
            continue;
        const QString name = withoutBlanks(pair.left(equals));
        // Assigning text to __proto__ of an object has no effect.
        if (cookies.contains(name) || name == u"__proto__")
            continue;
        const QString value = unquoted(withoutBlanks(pair.mid(equals + 1)));
        cookies.insert(
            name,
            JsValue(value.contains(u'%') ? decodeUriComponent(value).value_or(value) : value));
    }
    return cookies;
}

JsValue jsonCookie(const QString &value)
{
    if (!value.startsWith(QLatin1String("j:")))
        return {};
    const auto parsed = parseJson(QStringView(value).sliced(2));
    const JsValue *json = std::get_if<JsValue>(&parsed);
    return json ? *json : JsValue();
}

QString cookieText(const JsValue &value)
{
    const bool isObject = value.isObject() || value.isArray() || value.isNull();
    return isObject ? QStringLiteral("j:") + stringifyJson(value) : value.asText();
}

QByteArray faultId(CookieFault fault)
{
    switch (fault) {
    case CookieFault::InvalidEncode:
        return "cookie.InvalidEncode";
    case CookieFault::MalformedValue:
        return "cookie.MalformedValue";
    case CookieFault::InvalidName:
        return "cookie.InvalidName";
    case CookieFault::InvalidValue:
        return "cookie.InvalidValue";
    case CookieFault::InvalidMaxAge:
        return "cookie.InvalidMaxAge";
    case CookieFault::InvalidDomain:
        return "cookie.InvalidDomain";
    case CookieFault::InvalidPath:
        return "cookie.InvalidPath";
    case CookieFault::InvalidExpires:
        return "cookie.InvalidExpires";
    case CookieFault::InvalidPriority:
        return "cookie.InvalidPriority";
    case CookieFault::InvalidSameSite:
        return "cookie.InvalidSameSite";
    }
    Q_UNREACHABLE();
}

QString faultSentence(CookieFault fault)
{
    const QByteArray id = faultId(fault);
    if (fault == CookieFault::MalformedValue)
        return QStringLiteral("URI malformed");
    if (fault == CookieFault::InvalidName)
        return QStringLiteral("argument name is invalid");
    if (fault == CookieFault::InvalidValue)
        return QStringLiteral("argument val is invalid");
    QString option = QString::fromLatin1(id.mid(static_cast<qsizetype>(qstrlen("cookie.Invalid"))));
    option.replace(0, 1, option.at(0).toLower());
    return QStringLiteral("option %1 is invalid").arg(option);
}

Written serializeCookie(const QString &name, const QString &value, const JsValue &options)
{
    if (options[u"encode"].isTruthy()) // a function is nothing a value could hold
        return tl::unexpected(CookieFault::InvalidEncode);
    if (!isCookieName(name.toUtf8()))
        return tl::unexpected(CookieFault::InvalidName);
    const auto encoded = encodeUriComponent(value);
    if (!encoded)
        return tl::unexpected(CookieFault::MalformedValue);
    if (!isCookieValue(*encoded))
        return tl::unexpected(CookieFault::InvalidValue);
    QByteArray line = name.toLatin1() + '=' + *encoded;
    for (const Written &part : {withDates(options), withPlaces(options)}) {
        if (!part)
            return part;
        line += *part;
    }
    if (options[u"httpOnly"].isTruthy())
        line += "; HttpOnly";
    if (options[u"secure"].isTruthy())
        line += "; Secure";
    if (options[u"partitioned"].isTruthy())
        line += "; Partitioned";
    if (const JsValue priority = options[u"priority"]; priority.isTruthy()) {
        const Written part = withPriority(priority);
        if (!part)
            return part;
        line += *part;
    }
    if (const JsValue sameSite = options[u"sameSite"]; sameSite.isTruthy()) {
        const Written part = withSameSite(sameSite);
        if (!part)
            return part;
        line += *part;
    }
    return line;
}

Written expressCookie(const QString &name, const JsValue &value, const JsValue &options, qint64 now)
{
    JsValue merged = options.isObject() ? options : JsValue::object();
    if (const JsValue maxAge = merged[u"maxAge"]; !maxAge.isNullish()) {
        const double milliseconds = toJsNumber(maxAge);
        if (!std::isnan(milliseconds)) {
            merged.insert(QStringLiteral("expires"),
                          JsValue(JsDate {timeClip(static_cast<double>(now) + milliseconds)}));
            merged.insert(QStringLiteral("maxAge"), JsValue(std::floor(milliseconds / 1000)));
        }
    }
    if (merged[u"path"].isNullish())
        merged.insert(QStringLiteral("path"), JsValue(QStringLiteral("/")));
    return serializeCookie(name, cookieText(value), merged);
}

} // namespace rt
