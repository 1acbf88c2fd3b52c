// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayList>

#include <chrono>

namespace rt {

/// A certificate and the private key that belongs to it, both PEM.
struct KeyedCertificate
{
    QByteArray certificatePem;
    QByteArray keyPem;
};

/// Why a stored certificate may or may not go on being used.
enum class CertificateState {
    Good,
    Unreadable,
    /// Certificate and key do not belong together.
    WrongKey,
    NotIssuedByAuthority,
    NotYetValid,
    /// Expired, or about to.
    Expiring,
    /// One of the wanted names is not in it.
    NameMissing,
};
/// "tls.NotIssuedByAuthority"
QByteArray certificateStateId(CertificateState state);

/// How long a fresh one is valid, and how long before its end it is replaced.
inline constexpr std::chrono::days authorityLife {30};
inline constexpr std::chrono::days certificateLife {7};
inline constexpr std::chrono::days renewalMargin {1};

// X.509 v3 (RFC 5280), P-256 keys (1 ms where RSA takes 400). Times are milliseconds since the
// epoch. The error is OpenSSL's own.

/// A new authority, which can vouch for nothing but loopback and names below .test: whoever trusts
/// it risks no other site, even if its key got out (RFC 5280 §4.2.1.10).
Result<KeyedCertificate> makeAuthority(qint64 now);
/// A server certificate for `names`, host names and IP addresses; never outlives its authority.
Result<KeyedCertificate> issueCertificate(const KeyedCertificate &authority,
                                          const QByteArrayList &names, qint64 now);

CertificateState checkAuthority(const KeyedCertificate &authority, qint64 now);
CertificateState checkCertificate(const KeyedCertificate &certificate,
                                  const KeyedCertificate &authority, const QByteArrayList &names,
                                  qint64 now);
/// Its last moment, milliseconds since the epoch; 0 when it is unreadable.
qint64 expiryOf(const QByteArray &certificatePem);

} // namespace rt
