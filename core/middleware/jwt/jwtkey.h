// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <QByteArray>

#include <memory>
#include <optional>

struct evp_pkey_st;

namespace rt {

/// A KeyObject of node:crypto (Node 20): a shared secret or half of a key pair. Made from what a
/// program hands to jsonwebtoken: text (PEM or any secret), or {key, passphrase} with PEM text.
/// Immutable; copying is cheap. Other forms Node takes (DER, JWK) are not keys here.
class JwtKey
{
public:
    enum class Type { Secret, Public, Private };

    /// crypto.createPrivateKey(): nothing where Node throws (no PEM of a private key, a passphrase
    /// that is missing or wrong).
    static std::optional<JwtKey> createPrivateKey(const JsValue &key);
    /// crypto.createPublicKey(): SPKI, PKCS #1 or a certificate; of a private key its public half.
    static std::optional<JwtKey> createPublicKey(const JsValue &key);
    /// crypto.createSecretKey() of text in UTF-8, the empty text included; nothing for other
    /// values.
    static std::optional<JwtKey> createSecretKey(const JsValue &key);

    Type type() const { return m_type; }
    /// The bytes of a secret.
    const QByteArray &secret() const { return m_secret; }
    /// "rsa", "rsa-pss", "ec", "dsa", "ed25519" ...; empty for a secret.
    QByteArray asymmetricKeyType() const;
    /// Bits; of RSA and DSA keys only.
    std::optional<int> modulusLength() const;
    /// "prime256v1" ...; empty unless an EC key on a named curve.
    QByteArray namedCurve() const;

    /// asymmetricKeyDetails of an RSA-PSS key that is bound to parameters.
    struct PssParameters
    {
        /// "sha256" ...
        QByteArray hashAlgorithm = "sha1";
        QByteArray mgf1HashAlgorithm = "sha1";
        /// Bytes.
        int saltLength = 20;
    };
    PssParameters pssParameters() const;

    /// Null for a secret.
    evp_pkey_st *handle() const { return m_pair.get(); }

private:
    JwtKey(Type type, std::shared_ptr<evp_pkey_st> pair) : m_type(type), m_pair(std::move(pair)) { }

    Type m_type = Type::Secret;
    QByteArray m_secret;
    std::shared_ptr<evp_pkey_st> m_pair;
};

} // namespace rt
