// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "server/certificateauthority.h"

#include <QSslConfiguration>
#include <QString>

namespace rt {

/// What a server needs to speak TLS, and what a client needs to believe it.
struct TlsIdentity
{
    /// The authority's certificate, PEM; public.
    QByteArray authorityPem;
    KeyedCertificate certificate;
    /// Last moment of the certificate, milliseconds since the epoch.
    qint64 expiresAt = 0;
};

/// The lab's own authority and the certificate it gave the servers: made when first asked for, kept
/// in a folder, renewed in time. Nothing is ever installed in the system or a browser.
class TlsIdentityStore
{
public:
    /// `names`: host names and addresses to be certified. An empty folder keeps everything in
    /// memory.
    TlsIdentityStore(QString folder, QByteArrayList names);

    /// `now`: the system's time, milliseconds since the epoch; what browsers compare with. The
    /// error says which file could not be read or written.
    Result<TlsIdentity> identity(qint64 now);
    /// Forgets authority, certificate and keys, on disk too: the next identity() makes new ones,
    /// and who trusted the old authority trusts nothing of the lab any more.
    Result<void> remove();
    /// Where the authority's certificate is, or will be; empty without a folder.
    QString authorityFile() const;

private:
    Result<void> renew(qint64 now);
    void load();
    Result<void> save() const;
    QString path(const char *name) const;

    QString m_folder;
    QByteArrayList m_names;
    KeyedCertificate m_authority;
    KeyedCertificate m_certificate;
};

/// TLS 1.2 or later, http/1.1 by ALPN, as Node's https.Server.
QSslConfiguration serverConfiguration(const TlsIdentity &identity);

} // namespace rt
