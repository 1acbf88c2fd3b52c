// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/jwt/jwtkey.h"
#include "middleware/jwt/jwtreason.h"

#include <tl/expected.hpp>

namespace rt {

/// npm jwa 2.0.1: whether it knows the algorithm; the error is its TypeError.
tl::expected<void, JwtError> checkAlgorithm(const QString &algorithm);
/// The signature of `input` in base64url without padding, "" for the algorithm none.
/// `key` may be null for none only; it must be a secret for HS and a private key for the others.
tl::expected<QByteArray, JwtError> jwaSign(const QString &algorithm, const QByteArray &input,
                                           const JwtKey *key);
/// Whether `signature` (base64url) belongs to `input`; the error says why not. HS compares the
/// texts, so that a second spelling of the same bytes is refused too.
tl::expected<void, JwtError> jwaVerify(const QString &algorithm, const QByteArray &input,
                                       const QByteArray &signature, const JwtKey *key);

} // namespace rt
