// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/certificateauthority.h"

#include <QCoreApplication>
#include <QHostAddress>

#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <ctime>
#include <memory>

namespace rt {

namespace {

using namespace std::chrono;

template<auto Free> struct Freer
{
    template<typename T> void operator()(T *object) const { Free(object); }
};

using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Buffer = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using BigNumber = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;

/// A clock that runs a little behind ours must not find the certificate "not yet valid".
constexpr minutes backdated {60};

constexpr const char *permittedNames
    = "critical,permitted;DNS:localhost,permitted;DNS:test,permitted;IP:127.0.0.0/255.0.0.0,"
      "permitted;IP:0:0:0:0:0:0:0:1/FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF:FFFF";

tl::unexpected<Error> opensslFailure()
{
    char text[256] = {};
    ERR_error_string_n(ERR_get_error(), text, sizeof text);
    return failure(
        QCoreApplication::translate("tls", "The lab's certificate could not be made: %1.")
            .arg(QString::fromLatin1(text)));
}

QByteArray textOf(BIO *buffer)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(buffer, &data);
    return QByteArray(data, size);
}

Buffer bufferOver(const QByteArray &pem)
{
    return Buffer(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
}

Certificate readCertificate(const QByteArray &pem)
{
    Certificate certificate(PEM_read_bio_X509(bufferOver(pem).get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    return certificate;
}

Key readKey(const QByteArray &pem)
{
    Key key(PEM_read_bio_PrivateKey(bufferOver(pem).get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    return key;
}

qint64 expiry(const X509 *certificate)
{
    std::tm parts {};
    if (!certificate || !ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts))
        return 0;
    return static_cast<qint64>(::timegm(&parts)) * 1000;
}

bool addName(X509_NAME *name, const char *field, const QByteArray &value)
{
    return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                      reinterpret_cast<const unsigned char *>(value.constData()),
                                      -1, -1, 0)
        == 1;
}

bool addExtension(X509 *certificate, X509 *issuer, int id, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, id, value.constData()));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

struct Wanted
{
    QByteArray commonName;
    qint64 notBefore = 0;
    qint64 notAfter = 0;
};

/// Everything but issuer, extensions and signature.
Certificate blankCertificate(const Key &key, const Wanted &wanted)
{
    Certificate certificate(X509_new());
    const BigNumber serial(BN_new());
    if (!certificate || !serial || !BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY)
        || !BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate.get())))
        return nullptr;
    const bool filled = X509_set_version(certificate.get(), X509_VERSION_3)
        && ASN1_TIME_set(X509_getm_notBefore(certificate.get()), wanted.notBefore / 1000)
        && ASN1_TIME_set(X509_getm_notAfter(certificate.get()), wanted.notAfter / 1000)
        && X509_set_pubkey(certificate.get(), key.get())
        && addName(X509_get_subject_name(certificate.get()), "O", "Roundtrip")
        && addName(X509_get_subject_name(certificate.get()), "CN", wanted.commonName);
    return filled ? std::move(certificate) : nullptr;
}

Result<KeyedCertificate> written(const Certificate &certificate, const Key &key)
{
    const Buffer certificateText(BIO_new(BIO_s_mem()));
    const Buffer keyText(BIO_new(BIO_s_mem()));
    if (!PEM_write_bio_X509(certificateText.get(), certificate.get())
        || !PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                     nullptr))
        return opensslFailure();
    return KeyedCertificate {textOf(certificateText.get()), textOf(keyText.get())};
}

/// Two authorities of one computer must be told apart in a browser's list.
QByteArray authorityName(const Key &key)
{
    unsigned char *encoded = nullptr;
    const int size = i2d_PUBKEY(key.get(), &encoded);
    unsigned char digest[EVP_MAX_MD_SIZE] = {};
    EVP_Digest(encoded, static_cast<size_t>(std::max(size, 0)), digest, nullptr, EVP_sha256(),
               nullptr);
    OPENSSL_free(encoded);
    return "Roundtrip lab "
        + QByteArray(reinterpret_cast<const char *>(digest), 3).toHex().toUpper();
}

QByteArray alternativeNames(const QByteArrayList &names)
{
    QByteArrayList entries;
    for (const QByteArray &name : names) {
        const bool isAddress = !QHostAddress(QString::fromLatin1(name)).isNull();
        entries.append((isAddress ? "IP:" : "DNS:") + name);
    }
    return entries.join(',');
}

bool covers(X509 *certificate, const QByteArray &name)
{
    if (!QHostAddress(QString::fromLatin1(name)).isNull())
        return X509_check_ip_asc(certificate, name.constData(), 0) == 1;
    return X509_check_host(certificate, name.constData(), static_cast<size_t>(name.size()), 0,
                           nullptr)
        == 1;
}

CertificateState checkValidity(const X509 *certificate, qint64 now)
{
    std::time_t moment = now / 1000;
    if (X509_cmp_time(X509_get0_notBefore(certificate), &moment) > 0)
        return CertificateState::NotYetValid;
    if (expiry(certificate) < now + milliseconds(renewalMargin).count())
        return CertificateState::Expiring;
    return CertificateState::Good;
}

} // namespace

QByteArray certificateStateId(CertificateState state)
{
    switch (state) {
    case CertificateState::Good:
        return "tls.Good";
    case CertificateState::Unreadable:
        return "tls.Unreadable";
    case CertificateState::WrongKey:
        return "tls.WrongKey";
    case CertificateState::NotIssuedByAuthority:
        return "tls.NotIssuedByAuthority";
    case CertificateState::NotYetValid:
        return "tls.NotYetValid";
    case CertificateState::Expiring:
        return "tls.Expiring";
    case CertificateState::NameMissing:
        return "tls.NameMissing";
    }
    Q_UNREACHABLE();
}

Result<KeyedCertificate> makeAuthority(qint64 now)
{
    const Key key(EVP_EC_gen("P-256"));
    if (!key)
        return opensslFailure();
    const Certificate certificate
        = blankCertificate(key,
                           {authorityName(key), now - milliseconds(backdated).count(),
                            now + milliseconds(authorityLife).count()});
    X509 *const x509 = certificate.get();
    const bool made = x509 && X509_set_issuer_name(x509, X509_get_subject_name(x509))
        && addExtension(x509, x509, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        && addExtension(x509, x509, NID_key_usage, "critical,keyCertSign,cRLSign")
        && addExtension(x509, x509, NID_subject_key_identifier, "hash")
        && addExtension(x509, x509, NID_name_constraints, permittedNames)
        && X509_sign(x509, key.get(), EVP_sha256());
    return made ? written(certificate, key) : opensslFailure();
}

Result<KeyedCertificate> issueCertificate(const KeyedCertificate &authority,
                                          const QByteArrayList &names, qint64 now)
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate issuer = readCertificate(authority.certificatePem);
    const Key issuerKey = readKey(authority.keyPem);
    if (!key || !issuer || !issuerKey)
        return opensslFailure();
    const qint64 end = std::min(now + milliseconds(certificateLife).count(), expiry(issuer.get()));
    const Certificate certificate
        = blankCertificate(key, {"localhost", now - milliseconds(backdated).count(), end});
    X509 *const x509 = certificate.get();
    const bool made = x509 && X509_set_issuer_name(x509, X509_get_subject_name(issuer.get()))
        && addExtension(x509, issuer.get(), NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(x509, issuer.get(), NID_key_usage, "critical,digitalSignature")
        && addExtension(x509, issuer.get(), NID_ext_key_usage, "serverAuth")
        && addExtension(x509, issuer.get(), NID_subject_key_identifier, "hash")
        && addExtension(x509, issuer.get(), NID_authority_key_identifier, "keyid")
        && addExtension(x509, issuer.get(), NID_subject_alt_name, alternativeNames(names))
        && X509_sign(x509, issuerKey.get(), EVP_sha256());
    return made ? written(certificate, key) : opensslFailure();
}

CertificateState checkAuthority(const KeyedCertificate &authority, qint64 now)
{
    const Certificate certificate = readCertificate(authority.certificatePem);
    const Key key = readKey(authority.keyPem);
    if (!certificate || !key)
        return CertificateState::Unreadable;
    if (X509_check_private_key(certificate.get(), key.get()) != 1)
        return CertificateState::WrongKey;
    return checkValidity(certificate.get(), now);
}

CertificateState checkCertificate(const KeyedCertificate &certificate,
                                  const KeyedCertificate &authority, const QByteArrayList &names,
                                  qint64 now)
{
    const Certificate leaf = readCertificate(certificate.certificatePem);
    const Key key = readKey(certificate.keyPem);
    const Certificate issuer = readCertificate(authority.certificatePem);
    if (!leaf || !key || !issuer)
        return CertificateState::Unreadable;
    if (X509_check_private_key(leaf.get(), key.get()) != 1)
        return CertificateState::WrongKey;
    if (X509_verify(leaf.get(), X509_get0_pubkey(issuer.get())) != 1) {
        ERR_clear_error();
        return CertificateState::NotIssuedByAuthority;
    }
    const bool allNamed = std::all_of(
        names.begin(), names.end(), [&leaf](const auto &name) { return covers(leaf.get(), name); });
    return allNamed ? checkValidity(leaf.get(), now) : CertificateState::NameMissing;
}

qint64 expiryOf(const QByteArray &certificatePem)
{
    return expiry(readCertificate(certificatePem).get());
}

} // namespace rt
