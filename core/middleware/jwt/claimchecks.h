// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/jwt/jwtreason.h"

#include <tl/expected.hpp>

namespace rt {

struct VerifyMoment
{
    /// Seconds since the epoch: what nbf, exp and maxAge are compared with.
    double timestamp = 0;
    /// Date.now(), milliseconds.
    qint64 now = 0;
};

/// What jsonwebtoken's verify.js checks after the signature: nbf, exp, audience, issuer, subject,
/// jwtid, nonce, maxAge, in this order.
tl::expected<void, JwtError> checkClaims(const JsValue &payload, const JsValue &options,
                                         VerifyMoment moment);

/// JavaScript's ===: objects and lists equal nothing that comes from elsewhere.
bool strictlyEqual(const JsValue &a, const JsValue &b);
/// Array.prototype.indexOf() finds it.
bool includes(const QList<JsValue> &items, const JsValue &value);

} // namespace rt
