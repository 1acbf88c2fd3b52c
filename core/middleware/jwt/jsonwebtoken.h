// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/jwt/jwtkey.h"
#include "middleware/jwt/jwtreason.h"

#include <tl/expected.hpp>

namespace rt {

/// npm jsonwebtoken 9.0.3, the synchronous calls: same checks in the same order, same names and
/// messages. Arguments are what a program passes, of whatever type, with regular expressions
/// already made; `now` is Date.now(), milliseconds since the epoch.

/// jwt.sign(payload, secretOrPrivateKey, options): the token.
tl::expected<QString, JwtError> jwtSign(const JsValue &payload, const JsValue &secretOrPrivateKey,
                                        const JsValue &options, qint64 now);
/// jwt.verify(token, secretOrPublicKey, options): the payload, or with `complete` {header, payload,
/// signature}.
tl::expected<JsValue, JwtError> jwtVerify(const JsValue &token, const JsValue &secretOrPublicKey,
                                          const JsValue &options, qint64 now);
/// The same with a KeyObject, whose kind is not guessed from a text.
tl::expected<JsValue, JwtError> jwtVerify(const JsValue &token, const JwtKey &key,
                                          const JsValue &options, qint64 now);
/// jwt.decode(token, options): what the token says, checked by nobody; null for what is no token.
/// An error only where the header promises JSON and the payload is none.
tl::expected<JsValue, JwtError> jwtDecode(const JsValue &token, const JsValue &options);

} // namespace rt
