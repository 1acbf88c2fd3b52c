// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/jwa.h"

#include "base/buffercodec.h"
#include "base/hmac.h"
#include "middleware/jwt/ecdsaformat.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <array>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using Bytes = tl::expected<QByteArray, JwtError>;
using Outcome = tl::expected<void, JwtError>;

struct ContextFree
{
    void operator()(EVP_PKEY_CTX *context) const { EVP_PKEY_CTX_free(context); }
};
using ContextPointer = std::unique_ptr<EVP_PKEY_CTX, ContextFree>;

tl::unexpected<JwtError> refused(JwtReason reason, const QByteArray &name, const QString &message)
{
    return tl::unexpected(JwtError {reason, name, message});
}

enum class Family { None, Hmac, Pkcs1, Pss, Ecdsa };

struct Algorithm
{
    Family family = Family::None;
    HashAlgorithm hash = HashAlgorithm::Sha256;
    const EVP_MD *digest = nullptr;
};

std::optional<Algorithm> algorithmNamed(const QString &name)
{
    struct Prefix
    {
        QStringView text;
        Family family;
    };
    static constexpr Prefix prefixes[] = {{u"HS", Family::Hmac},
                                          {u"RS", Family::Pkcs1},
                                          {u"PS", Family::Pss},
                                          {u"ES", Family::Ecdsa}};
    if (name == u"none")
        return Algorithm {};
    for (const Prefix &prefix : prefixes) {
        if (!name.startsWith(prefix.text))
            continue;
        const QString bits = name.mid(2);
        if (bits == u"256")
            return Algorithm {prefix.family, HashAlgorithm::Sha256, EVP_sha256()};
        if (bits == u"384")
            return Algorithm {prefix.family, HashAlgorithm::Sha384, EVP_sha384()};
        if (bits == u"512")
            return Algorithm {prefix.family, HashAlgorithm::Sha512, EVP_sha512()};
    }
    return std::nullopt;
}

tl::unexpected<JwtError> unknownAlgorithm(const QString &name)
{
    return refused(JwtReason::AlgorithmUnknown, "TypeError",
                   u"\"%1\" is not a valid algorithm.\n  Supported algorithms are:\n  \"HS256\", "
                   "\"HS384\", \"HS512\", \"RS256\", \"RS384\", \"RS512\", \"PS256\", \"PS384\", "
                   "\"PS512\", \"ES256\", \"ES384\", \"ES512\" and \"none\"."_s.arg(name));
}

/// What node:crypto says: the first error OpenSSL noted.
tl::unexpected<JwtError> cryptoError()
{
    std::array<char, 256> text {};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    ERR_clear_error();
    return refused(JwtReason::SigningFailed, "Error", QString::fromLatin1(text.data()));
}

/// Ed25519 and Ed448 sign messages, not digests; node's Sign and Verify refuse them.
bool signsMessagesOnly(EVP_PKEY *key)
{
    const int id = EVP_PKEY_get_base_id(key);
    return id == EVP_PKEY_ED25519 || id == EVP_PKEY_ED448;
}

tl::unexpected<JwtError> unsupportedOperation()
{
    return refused(JwtReason::KeyTypeMismatch, "Error", u"Unsupported crypto operation"_s);
}

QByteArray digestOf(const Algorithm &algorithm, const QByteArray &input)
{
    QByteArray out(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    unsigned int length = 0;
    EVP_Digest(input.constData(), static_cast<size_t>(input.size()),
               reinterpret_cast<uchar *>(out.data()), &length, algorithm.digest, nullptr);
    out.resize(length);
    return out;
}

/// Padding belongs to RSA keys alone; other keys ignore it as in Node.
bool applyOptions(EVP_PKEY_CTX *context, EVP_PKEY *key, const Algorithm &algorithm)
{
    const int id = EVP_PKEY_get_base_id(key);
    if (id == EVP_PKEY_RSA || id == EVP_PKEY_RSA_PSS) {
        const bool pss = algorithm.family == Family::Pss || id == EVP_PKEY_RSA_PSS;
        if (EVP_PKEY_CTX_set_rsa_padding(context, pss ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING)
            <= 0)
            return false;
        if (algorithm.family == Family::Pss
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) <= 0)
            return false;
    }
    return EVP_PKEY_CTX_set_signature_md(context, algorithm.digest) > 0;
}

Bytes signDigest(const Algorithm &algorithm, const QByteArray &digest, EVP_PKEY *key)
{
    ERR_clear_error();
    const ContextPointer context(EVP_PKEY_CTX_new(key, nullptr));
    size_t length = static_cast<size_t>(EVP_PKEY_get_size(key));
    QByteArray signature(static_cast<qsizetype>(length), Qt::Uninitialized);
    const bool done = context && EVP_PKEY_sign_init(context.get()) > 0
        && applyOptions(context.get(), key, algorithm)
        && EVP_PKEY_sign(context.get(), reinterpret_cast<uchar *>(signature.data()), &length,
                         reinterpret_cast<const uchar *>(digest.constData()),
                         static_cast<size_t>(digest.size()))
            > 0;
    if (!done)
        return cryptoError();
    signature.resize(static_cast<qsizetype>(length));
    return signature;
}

tl::unexpected<JwtError> invalidSignature()
{
    return refused(JwtReason::InvalidSignature, "JsonWebTokenError", u"invalid signature"_s);
}

/// Whatever is wrong with a signature makes it invalid; only a key that cannot verify is an error.
Outcome verifyDigest(const Algorithm &algorithm, const QByteArray &digest,
                     const QByteArray &signature, EVP_PKEY *key)
{
    constexpr int notSupported = -2;
    ERR_clear_error();
    const ContextPointer context(EVP_PKEY_CTX_new(key, nullptr));
    const int begun = context ? EVP_PKEY_verify_init(context.get()) : 0;
    if (begun == notSupported)
        return cryptoError();
    const bool valid = begun > 0 && applyOptions(context.get(), key, algorithm)
        && EVP_PKEY_verify(context.get(), reinterpret_cast<const uchar *>(signature.constData()),
                           static_cast<size_t>(signature.size()),
                           reinterpret_cast<const uchar *>(digest.constData()),
                           static_cast<size_t>(digest.size()))
            == 1;
    ERR_clear_error();
    return valid ? Outcome() : invalidSignature();
}

QByteArray macText(const Algorithm &algorithm, const QByteArray &input, const JwtKey &key)
{
    return base64UrlText(hmac(algorithm.hash, key.secret(), input));
}

} // namespace

tl::expected<void, JwtError> checkAlgorithm(const QString &algorithm)
{
    return algorithmNamed(algorithm) ? Outcome() : unknownAlgorithm(algorithm);
}

tl::expected<QByteArray, JwtError> jwaSign(const QString &name, const QByteArray &input,
                                           const JwtKey *key)
{
    const auto algorithm = algorithmNamed(name);
    if (!algorithm)
        return unknownAlgorithm(name);
    if (algorithm->family == Family::None)
        return QByteArray();
    Q_ASSERT(key);
    if (algorithm->family == Family::Hmac)
        return macText(*algorithm, input, *key);
    if (signsMessagesOnly(key->handle()))
        return unsupportedOperation();
    const auto signature = signDigest(*algorithm, digestOf(*algorithm, input), key->handle());
    if (!signature)
        return tl::unexpected(signature.error());
    if (algorithm->family != Family::Ecdsa)
        return base64UrlText(*signature);
    return joseFromDer(*signature, name).map([](const QByteArray &raw) {
        return base64UrlText(raw);
    });
}

tl::expected<void, JwtError> jwaVerify(const QString &name, const QByteArray &input,
                                       const QByteArray &signature, const JwtKey *key)
{
    const auto algorithm = algorithmNamed(name);
    if (!algorithm)
        return unknownAlgorithm(name);
    if (algorithm->family == Family::None)
        return signature.isEmpty() ? Outcome() : invalidSignature();
    Q_ASSERT(key);
    if (algorithm->family == Family::Hmac) {
        const bool same = equalInConstantTime(macText(*algorithm, input, *key), signature);
        return same ? Outcome() : invalidSignature();
    }
    QByteArray bytes = base64Bytes(QString::fromLatin1(signature));
    if (algorithm->family == Family::Ecdsa) {
        const auto der = derFromJose(bytes, name);
        if (!der)
            return tl::unexpected(der.error());
        bytes = *der;
    }
    if (signsMessagesOnly(key->handle()))
        return unsupportedOperation();
    return verifyDigest(*algorithm, digestOf(*algorithm, input), bytes, key->handle());
}

} // namespace rt
