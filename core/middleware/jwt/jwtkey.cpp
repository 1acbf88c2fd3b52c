// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/jwtkey.h"

#include "base/buffercodec.h"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace rt {

namespace {

using PairPointer = std::shared_ptr<EVP_PKEY>;

struct BioFree
{
    void operator()(BIO *bio) const { BIO_free(bio); }
};
using BioPointer = std::unique_ptr<BIO, BioFree>;

PairPointer owned(EVP_PKEY *pair)
{
    return pair ? PairPointer(pair, EVP_PKEY_free) : nullptr;
}

BioPointer reader(const QByteArray &pem)
{
    return BioPointer(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())));
}

struct Pem
{
    QByteArray text;
    std::optional<QByteArray> passphrase;
};

/// What createPrivateKey and createPublicKey take as PEM; nothing for values they refuse.
std::optional<Pem> pemOf(const JsValue &key)
{
    if (key.isString())
        return Pem {utf8Bytes(key.toString()), std::nullopt};
    const JsValue text = key[u"key"];
    const JsValue format = key[u"format"];
    const JsValue passphrase = key[u"passphrase"];
    const bool pem = format.isUndefined() || format == JsValue(QLatin1StringView("pem"));
    if (!text.isString() || !pem || !(passphrase.isUndefined() || passphrase.isString()))
        return std::nullopt;
    Pem result {utf8Bytes(text.toString()), std::nullopt};
    if (passphrase.isString())
        result.passphrase = utf8Bytes(passphrase.toString());
    return result;
}

/// pem_password_cb; `given` is the passphrase, or null when the caller has none.
int writePassphrase(char *buffer, int size, int writing, void *given)
{
    Q_UNUSED(writing)
    const auto *passphrase = static_cast<const QByteArray *>(given);
    if (!passphrase || passphrase->size() > size)
        return -1;
    std::memcpy(buffer, passphrase->constData(), static_cast<size_t>(passphrase->size()));
    return static_cast<int>(passphrase->size());
}

PairPointer readPrivate(const Pem &pem)
{
    const BioPointer bio = reader(pem.text);
    QByteArray passphrase = pem.passphrase.value_or(QByteArray());
    PairPointer pair = owned(PEM_read_bio_PrivateKey(bio.get(), nullptr, writePassphrase,
                                                     pem.passphrase ? &passphrase : nullptr));
    ERR_clear_error();
    return pair;
}

EVP_PKEY *fromSpki(const uchar *der, long size)
{
    return d2i_PUBKEY(nullptr, &der, size);
}

EVP_PKEY *fromPkcs1(const uchar *der, long size)
{
    return d2i_PublicKey(EVP_PKEY_RSA, nullptr, &der, size);
}

EVP_PKEY *fromCertificate(const uchar *der, long size)
{
    X509 *certificate = d2i_X509(nullptr, &der, size);
    EVP_PKEY *pair = certificate ? X509_get_pubkey(certificate) : nullptr;
    X509_free(certificate);
    return pair;
}

struct PublicForm
{
    const char *label;
    EVP_PKEY *(*parse)(const uchar *der, long size);
};

/// The labels in the order Node looks for them.
constexpr PublicForm publicForms[] = {
    {PEM_STRING_PUBLIC, fromSpki},
    {PEM_STRING_RSA_PUBLIC, fromPkcs1},
    {PEM_STRING_X509, fromCertificate},
};

/// The first form whose label occurs decides, even when its content is broken.
PairPointer readPublic(const Pem &pem)
{
    for (const PublicForm &form : publicForms) {
        const BioPointer bio = reader(pem.text);
        uchar *der = nullptr;
        long size = 0;
        if (PEM_bytes_read_bio(&der, &size, nullptr, form.label, bio.get(), nullptr, nullptr) != 1)
            continue;
        PairPointer pair = owned(form.parse(der, size));
        OPENSSL_free(der);
        ERR_clear_error();
        return pair;
    }
    ERR_clear_error();
    return readPrivate(pem);
}

QByteArray textParameter(const EVP_PKEY *pair, const char *name)
{
    std::array<char, 80> text {};
    size_t length = 0;
    if (!EVP_PKEY_get_utf8_string_param(pair, name, text.data(), text.size(), &length))
        return {};
    return QByteArray(text.data(), static_cast<qsizetype>(length));
}

/// "SHA2-256" and "SHA256" are what Node calls "sha256".
QByteArray nodeDigestName(const QByteArray &name)
{
    QByteArray lower = name.toLower();
    if (lower.startsWith("sha2-"))
        lower = "sha" + lower.mid(5);
    return lower;
}

} // namespace

std::optional<JwtKey> JwtKey::createPrivateKey(const JsValue &key)
{
    const auto pem = pemOf(key);
    PairPointer pair = pem ? readPrivate(*pem) : nullptr;
    return pair ? std::optional(JwtKey(Type::Private, std::move(pair))) : std::nullopt;
}

std::optional<JwtKey> JwtKey::createPublicKey(const JsValue &key)
{
    const auto pem = pemOf(key);
    PairPointer pair = pem ? readPublic(*pem) : nullptr;
    return pair ? std::optional(JwtKey(Type::Public, std::move(pair))) : std::nullopt;
}

std::optional<JwtKey> JwtKey::createSecretKey(const JsValue &key)
{
    if (!key.isString())
        return std::nullopt;
    JwtKey made(Type::Secret, nullptr);
    made.m_secret = utf8Bytes(key.toString());
    return made;
}

QByteArray JwtKey::asymmetricKeyType() const
{
    struct Name
    {
        int id;
        const char *name;
    };
    static constexpr Name names[] = {
        {EVP_PKEY_RSA, "rsa"},   {EVP_PKEY_RSA_PSS, "rsa-pss"}, {EVP_PKEY_EC, "ec"},
        {EVP_PKEY_DSA, "dsa"},   {EVP_PKEY_DH, "dh"},           {EVP_PKEY_X25519, "x25519"},
        {EVP_PKEY_X448, "x448"}, {EVP_PKEY_ED25519, "ed25519"}, {EVP_PKEY_ED448, "ed448"},
    };
    const int id = m_pair ? EVP_PKEY_get_base_id(m_pair.get()) : EVP_PKEY_NONE;
    const auto *found = std::find_if(std::begin(names), std::end(names),
                                     [id](const Name &one) { return one.id == id; });
    return found == std::end(names) ? QByteArray() : QByteArray(found->name);
}

std::optional<int> JwtKey::modulusLength() const
{
    const QByteArray type = asymmetricKeyType();
    if (type != "rsa" && type != "rsa-pss" && type != "dsa")
        return std::nullopt;
    return EVP_PKEY_get_bits(m_pair.get());
}

QByteArray JwtKey::namedCurve() const
{
    if (asymmetricKeyType() != "ec")
        return {};
    const QByteArray group = textParameter(m_pair.get(), OSSL_PKEY_PARAM_GROUP_NAME);
    const int id = OBJ_txt2nid(group.constData());
    return id == NID_undef ? QByteArray() : QByteArray(OBJ_nid2sn(id));
}

JwtKey::PssParameters JwtKey::pssParameters() const
{
    PssParameters parameters;
    const QByteArray hash = textParameter(m_pair.get(), OSSL_PKEY_PARAM_RSA_DIGEST);
    const QByteArray mask = textParameter(m_pair.get(), OSSL_PKEY_PARAM_RSA_MGF1_DIGEST);
    if (!hash.isEmpty())
        parameters.hashAlgorithm = nodeDigestName(hash);
    if (!mask.isEmpty())
        parameters.mgf1HashAlgorithm = nodeDigestName(mask);
    EVP_PKEY_get_int_param(m_pair.get(), OSSL_PKEY_PARAM_RSA_PSS_SALTLEN, &parameters.saltLength);
    ERR_clear_error();
    return parameters;
}

} // namespace rt
