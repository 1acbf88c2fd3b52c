// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/jwt/jwtreason.h"

#include <tl/expected.hpp>

namespace rt {

/// The type checks of jsonwebtoken's sign.js; the first member that fails decides.

/// The options of sign: known names with values of the right type.
tl::expected<void, JwtError> validateSignOptions(const JsValue &options);
/// The time claims of a payload that is an object.
tl::expected<void, JwtError> validateClaims(const JsValue &payload);
/// Options that set claims, beside a payload that is none.
tl::expected<void, JwtError> refuseClaimOptions(const JsValue &options, const JsValue &payload);

/// JavaScript's TypeError for reading `member` of null or undefined.
JwtError notReadable(const JsValue &value, const QString &member);
/// JavaScript's TypeError for calling `method` of a value that has none; `expression` is the value
/// as the program writes it.
JwtError notCallable(const JsValue &value, const QString &expression, const QString &method);

} // namespace rt
