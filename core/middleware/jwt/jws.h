// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/jwt/jwtkey.h"
#include "middleware/jwt/jwtreason.h"

#include <tl/expected.hpp>

#include <optional>

namespace rt {

/// The three parts of a compact JWS (RFC 7515 §7.1), read as npm jws 4.0.1 reads them.
struct JwsParts
{
    /// Read as Latin-1, so that other characters come out garbled as they do there.
    JsValue header;
    /// Text, or what it parses to when the header's typ is "JWT" (or JSON was asked for).
    JsValue payload;
    /// base64url.
    QString signature;
};

/// jws.decode(): nothing when the text is no JWS; an error (SyntaxError) when the payload has to be
/// JSON and is not. `asJson` is its option json.
tl::expected<std::optional<JwsParts>, JwtError> decodeJws(const QString &token,
                                                          bool asJson = false);
/// jws.sign(): `header.alg` must be a text; `encoding` says what a payload of text is written in.
tl::expected<QString, JwtError> signJws(const JsValue &header, const JsValue &payload,
                                        const QString &encoding, const JwtKey *key);
/// jws.verify(): checks the signature of a decodable token.
tl::expected<void, JwtError> verifyJws(const QString &token, const QString &algorithm,
                                       const JwtKey *key);

} // namespace rt
