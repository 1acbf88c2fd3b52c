// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/tlshandshake.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslSocket>

#include <algorithm>

namespace rt {

namespace {

QByteArray distinguishedName(const QStringList &commonNames, const QStringList &organizations)
{
    QByteArrayList parts;
    for (const QString &name : commonNames)
        parts.append("CN=" + name.toUtf8());
    for (const QString &name : organizations)
        parts.append("O=" + name.toUtf8());
    return parts.join(", ");
}

} // namespace

TlsCertificate describeCertificate(const QSslCertificate &certificate)
{
    TlsCertificate described;
    described.subject = distinguishedName(certificate.subjectInfo(QSslCertificate::CommonName),
                                          certificate.subjectInfo(QSslCertificate::Organization));
    described.issuer = distinguishedName(certificate.issuerInfo(QSslCertificate::CommonName),
                                         certificate.issuerInfo(QSslCertificate::Organization));
    const auto names = certificate.subjectAlternativeNames();
    for (const QString &name : names)
        described.names.append(name.toUtf8());
    std::sort(described.names.begin(), described.names.end());
    described.notBefore = certificate.effectiveDate().toMSecsSinceEpoch();
    described.notAfter = certificate.expiryDate().toMSecsSinceEpoch();
    described.fingerprint = certificate.digest(QCryptographicHash::Sha256).toHex(':');
    return described;
}

TlsHandshake describeHandshake(const QSslSocket &socket)
{
    const QSslConfiguration configuration = socket.sslConfiguration();
    const bool isServer = socket.mode() == QSslSocket::SslServerMode;
    TlsHandshake handshake;
    handshake.version = socket.sessionCipher().protocolString().toLatin1();
    handshake.cipher = socket.sessionCipher().name().toLatin1();
    handshake.alpn = configuration.nextNegotiatedProtocol();
    if (!isServer)
        handshake.serverName = socket.peerVerifyName().toUtf8();
    const QList<QSslCertificate> chain
        = isServer ? configuration.localCertificateChain() : configuration.peerCertificateChain();
    for (const QSslCertificate &certificate : chain)
        handshake.chain.push_back(describeCertificate(certificate));
    return handshake;
}

} // namespace rt
