// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/jwt/jwtreason.h"

#include <tl/expected.hpp>

namespace rt {

/// npm ecdsa-sig-formatter 1.0.11, for ES256, ES384 and ES512: RFC 7518 §3.4 writes an ECDSA
/// signature as r followed by s, both of the curve's size; OpenSSL writes it in DER.
tl::expected<QByteArray, JwtError> joseFromDer(const QByteArray &der, const QString &algorithm);
tl::expected<QByteArray, JwtError> derFromJose(const QByteArray &jose, const QString &algorithm);

} // namespace rt
