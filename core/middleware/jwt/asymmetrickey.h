// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/jwt/jwtkey.h"
#include "middleware/jwt/jwtreason.h"

#include <tl/expected.hpp>

namespace rt {

/// jsonwebtoken's lib/validateAsymmetricKey: whether the key's type, curve and RSA-PSS parameters
/// fit the algorithm. A secret, a missing key and the empty algorithm fit always.
tl::expected<void, JwtError> validateAsymmetricKey(const QString &algorithm, const JwtKey *key);

} // namespace rt
