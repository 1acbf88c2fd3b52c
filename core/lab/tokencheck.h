// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/jwtsettings.h"
#include "middleware/jwt/jwtreason.h"

#include <tl/expected.hpp>

namespace rt {

class Exchange;

/// Why a request is not let in: a decision of the lab ("jwt.Revoked") or of jsonwebtoken
/// ("jwt.Expired"), with what the answer says.
struct TokenRefusal
{
    QByteArray id;
    QString sentence;
    JwtError error;
    /// No token came at all.
    bool missing = false;
};

/// The claims of the token a request carries: found, verified, not revoked. With the option
/// `complete` what jwt.verify gives instead.
tl::expected<JsValue, TokenRefusal> checkToken(const Exchange &exchange,
                                               const JwtSettings &settings, const LabState &state);
/// {"name", "message"[, "expiredAt"][, "date"]} as JSON answers show it.
JsValue errorDetails(const JwtError &error);
/// The SyntaxError of the first regular expression among option values that is none; nothing when
/// all can be made.
std::optional<JwtError> badExpression(const JsValue &options);

} // namespace rt
