// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "http/headerlist.h"

namespace rt {

/// Bodies above this size are counted but not read as text or JSON.
constexpr qsizetype longestReadBody = 1024 * 1024;

/// Name -> value as first spelt; fields of one name joined with ", " (Fetch, "get").
JsValue headerFields(const HeaderList &headers);
/// Query name -> list of its values, in order of appearance; + and %XX decoded.
JsValue queryFields(QByteArrayView target);
/// Cookie name -> value of a Cookie header.
JsValue cookieFields(QByteArrayView header);
/// Cookie name -> {value, secure, httpOnly, sameSite, expires, maxAge, path, domain, bytes,
/// deleted, persistent} of all Set-Cookie lines. `now` is the lab time in milliseconds since the
/// epoch, to which `expires` is counted; names of deleted cookies included.
JsValue setCookieFields(const QByteArrayList &lines, qint64 now);
/// Directive -> list of its values of a Content-Security-Policy header.
JsValue policyFields(QByteArrayView header);
/// The body without its content codings; as it is where one is unknown or the bytes are corrupt.
QByteArray decodedBody(const QByteArray &body, QByteArrayView contentEncoding);
/// The body as text; undefined when it is too big.
JsValue bodyText(const QByteArray &body);
/// The body as JSON; undefined when it is none. `type` is the Content-Type.
JsValue bodyJson(const QByteArray &body, QByteArrayView type);
/// "cors.origin": x, "cors.maxAge": y -> {cors: {origin: x, maxAge: y}}.
JsValue nestedSettings(const JsValue &flattened);

} // namespace rt
