// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/tlsidentity.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QSaveFile>
#include <QSslCertificate>
#include <QSslKey>

#include <memory>

namespace rt {

namespace {

constexpr const char *authorityName = "authority.pem";
constexpr const char *authorityKeyName = "authority-key.pem";
constexpr const char *certificateName = "certificate.pem";
constexpr const char *certificateKeyName = "certificate-key.pem";

constexpr QFile::Permissions ownerOnly = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions everybodyReads = ownerOnly | QFile::ReadGroup | QFile::ReadOther;

/// Making both certificates takes milliseconds; whoever holds the lock longer is gone.
constexpr int lockTimeoutMs = 2000;

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Result<void> write(const QString &path, const QByteArray &text, QFile::Permissions permissions)
{
    QSaveFile file(path);
    // Closed to others before the first byte of a key is in it.
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(permissions)
        && file.write(text) == text.size() && file.commit();
    if (written)
        return {};
    return failure(QCoreApplication::translate("tls", "Cannot write %1: %2. HTTPS needs that file.")
                       .arg(QDir::toNativeSeparators(path), file.errorString()));
}

} // namespace

TlsIdentityStore::TlsIdentityStore(QString folder, QByteArrayList names)
    : m_folder(std::move(folder)), m_names(std::move(names))
{
}

QString TlsIdentityStore::path(const char *name) const
{
    return m_folder + u'/' + QLatin1StringView(name);
}

QString TlsIdentityStore::authorityFile() const
{
    return m_folder.isEmpty() ? QString() : path(authorityName);
}

Result<TlsIdentity> TlsIdentityStore::identity(qint64 now)
{
    std::unique_ptr<QLockFile> lock;
    if (!m_folder.isEmpty()) {
        if (!QDir().mkpath(m_folder))
            return failure(QCoreApplication::translate(
                               "tls", "Cannot make the folder %1, where HTTPS keeps its keys.")
                               .arg(QDir::toNativeSeparators(m_folder)));
        QFile::setPermissions(m_folder, ownerOnly | QFile::ExeOwner);
        // Two labs that start at once must agree on one authority.
        lock = std::make_unique<QLockFile>(path("lock"));
        lock->tryLock(lockTimeoutMs);
        load();
    }
    if (const auto renewed = renew(now); !renewed)
        return tl::unexpected(renewed.error());
    return TlsIdentity {m_authority.certificatePem, m_certificate,
                        expiryOf(m_certificate.certificatePem)};
}

Result<void> TlsIdentityStore::renew(qint64 now)
{
    bool changed = false;
    if (checkAuthority(m_authority, now) != CertificateState::Good) {
        auto made = makeAuthority(now);
        if (!made)
            return tl::unexpected(made.error());
        m_authority = std::move(*made);
        changed = true;
    }
    if (checkCertificate(m_certificate, m_authority, m_names, now) != CertificateState::Good) {
        auto issued = issueCertificate(m_authority, m_names, now);
        if (!issued)
            return tl::unexpected(issued.error());
        m_certificate = std::move(*issued);
        changed = true;
    }
    return changed && !m_folder.isEmpty() ? save() : Result<void>();
}

void TlsIdentityStore::load()
{
    m_authority = {contents(path(authorityName)), contents(path(authorityKeyName))};
    m_certificate = {contents(path(certificateName)), contents(path(certificateKeyName))};
}

Result<void> TlsIdentityStore::save() const
{
    return write(path(authorityKeyName), m_authority.keyPem, ownerOnly)
        .and_then([this] {
            return write(path(authorityName), m_authority.certificatePem, everybodyReads);
        })
        .and_then(
            [this] { return write(path(certificateKeyName), m_certificate.keyPem, ownerOnly); })
        .and_then([this] {
            return write(path(certificateName), m_certificate.certificatePem, everybodyReads);
        });
}

Result<void> TlsIdentityStore::remove()
{
    m_authority = {};
    m_certificate = {};
    if (m_folder.isEmpty())
        return {};
    for (const char *name :
         {authorityKeyName, certificateKeyName, authorityName, certificateName}) {
        QFile file(path(name));
        if (file.exists() && !file.remove())
            return failure(QCoreApplication::translate("tls", "Cannot delete %1: %2.")
                               .arg(QDir::toNativeSeparators(path(name)), file.errorString()));
    }
    return {};
}

QSslConfiguration serverConfiguration(const TlsIdentity &identity)
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificateChain({QSslCertificate(identity.certificate.certificatePem),
                                            QSslCertificate(identity.authorityPem)});
    configuration.setPrivateKey(QSslKey(identity.certificate.keyPem, QSsl::Ec));
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    configuration.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    return configuration;
}

} // namespace rt
