// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/sessioncookie.h"

#include "base/jsobject.h"

#include <QDateTime>

#include <limits>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

} // namespace

double parseJsDate(const QString &text)
{
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs);
    return moment.isValid() ? timeClip(static_cast<double>(moment.toMSecsSinceEpoch())) : nan;
}

OrThrown<SessionCookie> SessionCookie::create(const JsValue &options, double now)
{
    SessionCookie cookie;
    cookie.m_ofClass = true;
    cookie.m_own = JsValue::object();
    cookie.m_own.insert(u"path"_s, JsValue(u"/"_s));
    cookie.setExpires(JsValue(nullptr), now);
    cookie.m_own.insert(u"httpOnly"_s, JsValue(true));
    if (options.isTruthy() && (options.isString() || options.isNumber() || options.isBoolean()))
        return typeError(u"argument options must be a object"_s);
    for (const auto &[name, value] : enumerableMembers(options)) {
        if (name == u"data")
            continue;
        if (const auto set = cookie.set(name, value, now); !set)
            return tl::unexpected(set.error());
    }
    if (cookie.m_own[u"originalMaxAge"].isNullish())
        cookie.m_own.insert(u"originalMaxAge"_s, cookie.maxAge(now));
    return cookie;
}

OrThrown<SessionCookie> SessionCookie::restore(const JsValue &stored, double now)
{
    auto cookie = create(stored, now);
    if (!cookie)
        return cookie;
    if (const JsValue expires = stored[u"expires"]; expires.isString())
        cookie->setExpires(JsValue(JsDate {parseJsDate(expires.toString())}), now);
    cookie->m_own.insert(u"originalMaxAge"_s, stored[u"originalMaxAge"]);
    return cookie;
}

SessionCookie SessionCookie::replaced(const JsValue &value)
{
    SessionCookie cookie;
    cookie.m_own = value;
    return cookie;
}

JsValue SessionCookie::maxAge(double now) const
{
    const JsValue expires = m_own[u"_expires"];
    return expires.isDate() ? JsValue(expires.toDate().milliseconds - now) : expires;
}

void SessionCookie::setExpires(const JsValue &value, double now)
{
    m_own.insert(u"_expires"_s, value);
    m_own.insert(u"originalMaxAge"_s, maxAge(now));
}

OrThrown<void> SessionCookie::set(const QString &name, const JsValue &value, double now)
{
    if (m_ofClass && name == u"expires") {
        setExpires(value, now);
    } else if (m_ofClass && name == u"maxAge") {
        if (value.isTruthy() && !value.isNumber() && !value.isDate())
            return typeError(u"maxAge must be a number or Date"_s);
        setExpires(value.isNumber() ? JsValue(JsDate {timeClip(now + value.toNumber())}) : value,
                   now);
    } else if (m_ofClass && name == u"data") {
        return typeError(u"Cannot set property data of #<Object> which has only a getter"_s);
    } else if (name == u"__proto__") {
        if (value.isObject() || value.isArray() || value.isNull())
            m_ofClass = false;
    } else {
        m_own.insert(name, value);
    }
    return {};
}

OrThrown<void> SessionCookie::assign(const JsValue &source, double now)
{
    if (m_own.isNullish())
        return typeError(u"Cannot convert undefined or null to object"_s);
    for (const auto &[name, value] : enumerableMembers(source)) {
        if (const auto set_ = set(name, value, now); !set_)
            return set_;
    }
    return {};
}

OrThrown<void> SessionCookie::resetMaxAge(double now)
{
    const auto original = get(u"originalMaxAge"_s);
    if (!original)
        return tl::unexpected(original.error());
    if (m_own.isString() || m_own.isNumber() || m_own.isBoolean())
        return typeError(u"Cannot create property 'maxAge' on %1 '%2'"_s.arg(
            m_own.isString()       ? u"string"_s
                : m_own.isNumber() ? u"number"_s
                                   : u"boolean"_s,
            m_own.asText()));
    // A list keeps members beside its items, which JSON does not show.
    return m_own.isArray() ? OrThrown<void>() : set(u"maxAge"_s, *original, now);
}

OrThrown<JsValue> SessionCookie::get(const QString &name) const
{
    if (m_own.isNullish())
        return typeError(u"Cannot read properties of %1 (reading '%2')"_s.arg(
            m_own.isNull() ? u"null"_s : u"undefined"_s, name));
    return m_own[m_ofClass && name == u"expires" ? u"_expires"_s : name];
}

JsValue SessionCookie::data() const
{
    if (!m_ofClass)
        return m_own[u"data"];
    JsValue data = JsValue::object();
    for (const char16_t *key : {u"originalMaxAge", u"partitioned", u"priority"})
        data.insert(QString::fromUtf16(key), m_own[QString::fromUtf16(key)]);
    data.insert(u"expires"_s, m_own[u"_expires"]);
    for (const char16_t *key : {u"secure", u"httpOnly", u"domain", u"path", u"sameSite"})
        data.insert(QString::fromUtf16(key), m_own[QString::fromUtf16(key)]);
    return data;
}

JsValue SessionCookie::toValue() const
{
    return m_ofClass && !m_own.contains(u"toJSON") ? data() : m_own;
}

} // namespace rt
