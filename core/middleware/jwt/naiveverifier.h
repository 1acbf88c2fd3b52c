// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/jwt/jwtreason.h"

#include <tl/expected.hpp>

namespace rt {

/// The verifier of the lab's switch `jwt.verifier = naive`, wrong on purpose: it lets the token's
/// header choose how the token is checked. With `alg` none nothing is checked, and with HS256 the
/// text of a public key becomes an HMAC secret (RFC 8725 §2.1). Everything else, the times
/// included, is as in jwtVerify(); the option `algorithms` is ignored.
tl::expected<JsValue, JwtError> jwtVerifyNaively(const JsValue &token, const JsValue &key,
                                                 const JsValue &options, qint64 now);

} // namespace rt
