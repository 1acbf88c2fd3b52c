// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/npmcookies.h"

#include "base/clock.h"
#include "base/jsobject.h"
#include "express/exchange.h"
#include "http/httpdate.h"
#include "server/serverresponse.h"

#include <algorithm>
#include <cmath>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// field-content of RFC 9110, of at least one character.
bool isFieldContent(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        const char16_t unit = c.unicode();
        return unit == u'\t' || (unit >= 0x20 && unit <= 0x7e) || (unit >= 0x80 && unit <= 0xff);
    });
}

bool isOneOf(const JsValue &value, const QStringList &words)
{
    return words.contains(value.asText(), Qt::CaseInsensitive);
}

QByteArray toHeaderBytes(const QString &text)
{
    const bool fits
        = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() <= 0xff; });
    // Not a field value, so that it is refused as Node does.
    return fits ? text.toLatin1() : QByteArray(1, '\0');
}

QByteArray dateText(double milliseconds)
{
    const double kept = timeClip(milliseconds);
    return std::isnan(kept) ? QByteArray("Invalid Date")
                            : formatHttpDate(static_cast<qint64>(kept));
}

const QStringList sameSiteWords {u"lax"_s, u"none"_s, u"strict"_s};
const QStringList priorityWords {u"low"_s, u"medium"_s, u"high"_s};

} // namespace

/// The package's class Cookie: its members are those of the options over defaults.
struct Cookies::Cookie
{
    static OrThrown<Cookie> create(const QString &name, const QString &value,
                                   const JsValue &attributes);
    JsValue operator[](const QString &key) const { return fields[key]; }
    QString toText() const { return fields[u"name"].asText() + u'=' + fields[u"value"].asText(); }
    OrThrown<QByteArray> toHeader(double now) const;

    JsValue fields;

private:
    OrThrown<void> check() const;
};

OrThrown<Cookies::Cookie> Cookies::Cookie::create(const QString &name, const QString &value,
                                                  const JsValue &attributes)
{
    if (!isFieldContent(name) || name.contains(u';') || name.contains(u'='))
        return typeError(u"argument name is invalid"_s);
    if (!value.isEmpty() && (!isFieldContent(value) || value.contains(u';')))
        return typeError(u"argument value is invalid"_s);
    Cookie cookie;
    cookie.fields = JsValue::object();
    cookie.fields.insert(u"path"_s, JsValue(u"/"_s));
    cookie.fields.insert(u"httpOnly"_s, JsValue(true));
    cookie.fields.insert(u"name"_s, JsValue(name));
    cookie.fields.insert(u"value"_s, JsValue(value));
    for (const auto &[key, attribute] : enumerableMembers(attributes))
        cookie.fields.insert(key == u"maxage" ? u"maxAge"_s : key, attribute);
    if (!cookie[u"value"_s].isTruthy()) {
        cookie.fields.insert(u"expires"_s, JsValue(JsDate {0}));
        cookie.fields.insert(u"maxAge"_s, JsValue(nullptr));
    }
    if (const auto checked = cookie.check(); !checked)
        return tl::unexpected(checked.error());
    return cookie;
}

OrThrown<void> Cookies::Cookie::check() const
{
    const auto fits = [this](const QString &key) {
        return !fields[key].isTruthy() || isFieldContent(fields[key].asText());
    };
    if (!fits(u"path"_s))
        return typeError(u"option path is invalid"_s);
    if (!fits(u"domain"_s))
        return typeError(u"option domain is invalid"_s);
    const JsValue maxAge = fields[u"maxAge"];
    if (maxAge.isNumber() ? !std::isfinite(maxAge.toNumber()) : maxAge.isTruthy())
        return typeError(u"option maxAge is invalid"_s);
    const JsValue priority = fields[u"priority"];
    if (priority.isTruthy() && !isOneOf(priority, priorityWords))
        return typeError(u"option priority is invalid"_s);
    const JsValue sameSite = fields[u"sameSite"];
    if (sameSite.isTruthy() && sameSite != JsValue(true) && !isOneOf(sameSite, sameSiteWords))
        return typeError(u"option sameSite is invalid"_s);
    return {};
}

OrThrown<QByteArray> Cookies::Cookie::toHeader(double now) const
{
    for (const QString &method : {u"toHeader"_s, u"toString"_s}) {
        if (fields.contains(method))
            return typeError(u"cookie.%1 is not a function"_s.arg(method));
    }
    QByteArray line = toHeaderBytes(toText());
    JsValue expires = fields[u"expires"];
    if (fields[u"maxAge"].isTruthy())
        expires = JsValue(JsDate {now + fields[u"maxAge"].toNumber()});
    if (fields[u"path"].isTruthy())
        line += "; path=" + toHeaderBytes(fields[u"path"].asText());
    if (expires.isTruthy() && !expires.isDate())
        return typeError(u"this.expires.toUTCString is not a function"_s);
    if (expires.isTruthy())
        line += "; expires=" + dateText(expires.toDate().milliseconds);
    if (fields[u"domain"].isTruthy())
        line += "; domain=" + toHeaderBytes(fields[u"domain"].asText());
    for (const char16_t *key : {u"priority", u"sameSite"}) {
        const QString name = QString::fromUtf16(key);
        const JsValue value = fields[name];
        if (!value.isTruthy())
            continue;
        const bool strict = value == JsValue(true);
        if (!strict && !value.isString())
            return typeError(u"this.%1.toLowerCase is not a function"_s.arg(name));
        const QString word = strict ? u"strict"_s : value.toString().toLower();
        line += "; " + name.toLower().toLatin1() + '=' + word.toLatin1();
    }
    for (const char16_t *key : {u"secure", u"httpOnly", u"partitioned"}) {
        const QString name = QString::fromUtf16(key);
        if (fields[name].isTruthy())
            line += "; " + name.toLower().toLatin1();
    }
    return line;
}

Cookies::Cookies(Exchange &exchange, const JsValue &keys)
    : m_exchange(exchange), m_kind(!keys.isTruthy()     ? Keys::None
                                       : keys.isArray() ? Keys::Usable
                                                        : Keys::Broken),
      m_keygrip(keys.items())
{
}

OrThrown<QString> Cookies::sign(const QString &data) const
{
    switch (m_kind) {
    case Keys::None:
        return thrown(u".keys required for signed cookies"_s);
    case Keys::Broken:
        return typeError(u"this.keys.sign is not a function"_s);
    case Keys::Usable:
        return m_keygrip.sign(data);
    }
    Q_UNREACHABLE();
}

bool Cookies::isSigned(const JsValue &options) const
{
    const JsValue chosen = options[u"signed"];
    return chosen.isUndefined() ? m_kind != Keys::None : chosen.isTruthy();
}

/// The first match of (?:^|;) *name=([^;]*), without quotes.
std::optional<QString> Cookies::raw(const QString &name) const
{
    const auto header = m_exchange.header("cookie");
    if (!header || header->isEmpty())
        return std::nullopt;
    const QString text = QString::fromLatin1(*header);
    const QString wanted = name + u'=';
    for (qsizetype start = 0; start >= 0 && start <= text.size();) {
        qsizetype at = start;
        while (at < text.size() && text.at(at) == u' ')
            ++at;
        if (QStringView(text).sliced(at).startsWith(wanted)) {
            const qsizetype from = at + wanted.size();
            const qsizetype end = text.indexOf(u';', from);
            const QString value = text.mid(from, end < 0 ? -1 : end - from);
            return value.startsWith(u'"') ? value.mid(1, std::max<qsizetype>(0, value.size() - 2))
                                          : value;
        }
        const qsizetype next = text.indexOf(u';', start);
        start = next < 0 ? -1 : next + 1;
    }
    return std::nullopt;
}

OrThrown<Cookies::Read> Cookies::get(const JsValue &name, const JsValue &options)
{
    if (!name.isString()) {
        if (m_exchange.header("cookie").value_or("").isEmpty())
            return Read {};
        return typeError(u"name.replace is not a function"_s);
    }
    const QString text = name.toString();
    const auto value = raw(text);
    if (!value)
        return Read {};
    if (!isSigned(options))
        return Read {CookieReading::Unsigned, value};
    const auto remote = raw(text + u".sig"_s);
    if (!remote || remote->isEmpty())
        return Read {CookieReading::NoSignature, {}};
    if (m_kind == Keys::None)
        return thrown(u".keys required for signed cookies"_s);
    if (m_kind == Keys::Broken)
        return typeError(u"this.keys.index is not a function"_s);
    const QString data = text + u'=' + *value;
    const auto index = m_keygrip.index(data, *remote);
    if (!index)
        return tl::unexpected(index.error());
    if (*index == 0)
        return Read {CookieReading::Verified, value};
    JsValue unsigned_ = JsValue::object();
    unsigned_.insert(u"signed"_s, JsValue(false));
    const auto renewed = *index < 0 ? OrThrown<QString>(QString()) : sign(data);
    const auto written = renewed.and_then(
        [&](const QString &signature) { return set(text + u".sig"_s, signature, unsigned_); });
    if (!written)
        return tl::unexpected(written.error());
    return *index < 0 ? Read {CookieReading::BadSignature, {}}
                      : Read {CookieReading::Resigned, value};
}

OrThrown<void> Cookies::push(QByteArrayList &lines, const Cookie &cookie) const
{
    if (cookie[u"overwrite"_s].isTruthy()) {
        const QByteArray start = toHeaderBytes(cookie[u"name"_s].asText() + u'=');
        lines.removeIf([&](const QByteArray &line) { return line.startsWith(start); });
    }
    auto line = cookie.toHeader(static_cast<double>(m_exchange.clock().now()));
    if (!line)
        return tl::unexpected(line.error());
    lines.append(*line);
    return {};
}

OrThrown<void> Cookies::pushSigned(QByteArrayList &lines, Cookie cookie, bool withSignature) const
{
    if (auto pushed = push(lines, cookie); !pushed || !withSignature)
        return pushed;
    const auto signature = sign(cookie.toText());
    if (!signature)
        return tl::unexpected(signature.error());
    cookie.fields.insert(u"value"_s, JsValue(*signature));
    cookie.fields.insert(u"name"_s, JsValue(cookie[u"name"_s].asText() + u".sig"_s));
    return push(lines, cookie);
}

OrThrown<void> Cookies::set(const QString &name, const QString &value, const JsValue &options)
{
    auto cookie = Cookie::create(name, value, options);
    if (!cookie)
        return tl::unexpected(cookie.error());
    const bool secure = m_exchange.protocol() == "https" || m_exchange.request().peer().encrypted;
    if (!secure && options[u"secure"].isTruthy())
        return thrown(u"Cannot send secure cookie over unencrypted connection"_s);
    if (options[u"secure"].isUndefined())
        cookie->fields.insert(u"secure"_s, JsValue(secure));
    if (options.contains(u"secureProxy"))
        cookie->fields.insert(u"secure"_s, options[u"secureProxy"]);
    QByteArrayList lines = m_exchange.responseHeaders().all("Set-Cookie");
    const auto &shared = m_exchange.sharedSetCookies;
    const bool inPlace = shared && *shared == lines;
    // A header that is an array is changed where it stands, even when the call then throws.
    const bool isArray = inPlace || lines.size() > 1 || (m_written && *m_written == lines);
    const auto pushed = pushSigned(lines, *cookie, isSigned(options));
    if (inPlace)
        *shared = lines;
    if (pushed || isArray)
        m_exchange.setHeader("Set-Cookie", lines);
    if (!pushed)
        return pushed;
    m_written = lines;
    if (const auto fault = m_exchange.response().takeError())
        return thrown(fault->message, fault->name);
    return {};
}

} // namespace rt
