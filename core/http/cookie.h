// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <tl/expected.hpp>

namespace rt {

/// npm cookie 0.7.2 parse() of a Cookie header (Latin-1 text): name -> decoded value.
JsValue parseCookieHeader(QByteArrayView header);
/// cookie-parser JSONCookie(): the value of "j:…", undefined when it is none.
JsValue jsonCookie(const QString &value);

/// What res.cookie() writes for a value before it is signed: "j:" and JSON for an object.
QString cookieText(const JsValue &value);

/// What npm cookie's serialize() throws: a TypeError, or the URIError of a lone surrogate.
enum class CookieFault {
    InvalidEncode,
    MalformedValue,
    InvalidName,
    InvalidValue,
    InvalidMaxAge,
    InvalidDomain,
    InvalidPath,
    InvalidExpires,
    InvalidPriority,
    InvalidSameSite,
};
/// "cookie.InvalidName"
QByteArray faultId(CookieFault fault);
/// The error's message, "argument name is invalid".
QString faultSentence(CookieFault fault);

/// npm cookie 0.7.2 serialize(): `value` is percent-encoded; `options` is the JavaScript object
/// with maxAge (seconds), domain, path, expires (a Date), httpOnly, secure, partitioned, priority,
/// sameSite.
tl::expected<QByteArray, CookieFault> serializeCookie(const QString &name, const QString &value,
                                                      const JsValue &options = {});
/// Express 4 res.cookie() without signing: maxAge in milliseconds also gives Expires, `path` is "/"
/// unless given, objects become "j:" + JSON.
tl::expected<QByteArray, CookieFault> expressCookie(const QString &name, const JsValue &value,
                                                    const JsValue &options, qint64 now);

} // namespace rt
