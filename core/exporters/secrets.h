// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "http/headerlist.h"

namespace rt {

/// What stands in the place of a secret in an export.
inline constexpr const char *maskedSecret = "[masked]";

/// True for query parameters, form fields and JSON members that carry credentials: password, token,
/// access_token, refresh_token, id_token, secret, client_secret, api_key, apikey, key, code, jwt,
/// session, sid, auth, signature (any case; '-' and '_' alike).
bool namesSecret(QStringView name);

/// The value of one header as an export may show it: Authorization and Proxy-Authorization keep
/// their scheme, Cookie its names, Set-Cookie its name and attributes; X-Api-Key, X-Auth-Token and
/// X-CSRF-Token go whole. Other headers come back unchanged.
QByteArray maskHeader(QByteArrayView name, QByteArrayView value);
HeaderList maskHeaders(const HeaderList &headers);
/// Values of secret parameters in the query of a URL or request target, and user info.
QByteArray maskUrl(const QByteArray &url);
/// Secret members of a JSON or urlencoded body; other bodies come back unchanged.
QByteArray maskBody(const QByteArray &body, QByteArrayView mediaType);

} // namespace rt
