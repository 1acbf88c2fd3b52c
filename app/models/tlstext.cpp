// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/tlstext.h"

#include "models/trafficformat.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace rt {

QString commonName(const QByteArray &distinguishedName)
{
    for (const QByteArray &part : distinguishedName.split(',')) {
        if (part.trimmed().startsWith("CN="))
            return QString::fromUtf8(part.trimmed().mid(3));
    }
    return QString::fromUtf8(distinguishedName);
}

QString dayText(qint64 milliseconds)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(milliseconds).date(),
                              QLocale::ShortFormat);
}

QString handshakeLine(const TlsHandshake &handshake)
{
    QStringList parts {QString::fromUtf8(handshake.version), QString::fromUtf8(handshake.cipher)};
    if (!handshake.alpn.isEmpty())
        parts.append(QString::fromUtf8(handshake.alpn));
    if (handshake.finishedNs > handshake.startedNs)
        parts.append(
            QCoreApplication::translate("tls", "handshake %1")
                .arg(durationText(static_cast<double>(handshake.finishedNs - handshake.startedNs)
                                  / 1e6)));
    if (!handshake.chain.empty()) {
        const TlsCertificate &certificate = handshake.chain.front();
        parts.append(QCoreApplication::translate("tls", "certificate of %1, by %2, until %3")
                         .arg(commonName(certificate.subject), commonName(certificate.issuer),
                              dayText(certificate.notAfter)));
    }
    return parts.join(QStringLiteral(" \u00b7 "));
}

QString certificatesText(const TlsHandshake &handshake)
{
    QStringList blocks;
    for (const TlsCertificate &certificate : handshake.chain) {
        QStringList lines {QCoreApplication::translate("tls", "Subject: %1")
                               .arg(QString::fromUtf8(certificate.subject)),
                           QCoreApplication::translate("tls", "Issuer: %1")
                               .arg(QString::fromUtf8(certificate.issuer)),
                           QCoreApplication::translate("tls", "Valid from %1 to %2")
                               .arg(dayText(certificate.notBefore), dayText(certificate.notAfter))};
        if (!certificate.names.isEmpty())
            lines.append(QCoreApplication::translate("tls", "Names: %1")
                             .arg(QString::fromUtf8(certificate.names.join(", "))));
        lines.append(QCoreApplication::translate("tls", "SHA-256: %1")
                         .arg(QString::fromUtf8(certificate.fingerprint)));
        blocks.append(lines.join(u'\n'));
    }
    return blocks.join(QStringLiteral("\n\n"));
}

} // namespace rt
