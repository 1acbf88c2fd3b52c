// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <vector>

class QSslCertificate;
class QSslSocket;

namespace rt {

/// What a certificate says (RFC 5280), in words a person reads.
struct TlsCertificate
{
    /// Distinguished names as "CN=localhost, O=Roundtrip".
    QByteArray subject;
    QByteArray issuer;
    /// Subject alternative names: "app.shop.test", "127.0.0.1".
    QByteArrayList names;
    /// Milliseconds since the epoch.
    qint64 notBefore = 0;
    qint64 notAfter = 0;
    /// SHA-256 over the certificate, "9f:86:d0:...".
    QByteArray fingerprint;
    friend bool operator==(const TlsCertificate &, const TlsCertificate &) = default;
};

/// What client and server agreed on before the first request of a connection (RFC 8446).
struct TlsHandshake
{
    /// "TLSv1.3"
    QByteArray version;
    /// "TLS_AES_256_GCM_SHA384"
    QByteArray cipher;
    /// "http/1.1"; empty when nothing was agreed on (RFC 7301).
    QByteArray alpn;
    /// The name the client asked for (RFC 6066 §3); empty where this end does not know it.
    QByteArray serverName;
    /// The server's, its own certificate first.
    std::vector<TlsCertificate> chain;
    /// Clock::monotonicNs(); from the first byte of the handshake to the last this end waited for.
    qint64 startedNs = 0;
    qint64 finishedNs = 0;
    friend bool operator==(const TlsHandshake &, const TlsHandshake &) = default;
};

TlsCertificate describeCertificate(const QSslCertificate &certificate);
/// Of a socket that has said encrypted(); the times stay 0. Either end.
TlsHandshake describeHandshake(const QSslSocket &socket);

} // namespace rt
