// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/ecdsaformat.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>

#include <memory>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

struct SignatureFree
{
    void operator()(ECDSA_SIG *signature) const { ECDSA_SIG_free(signature); }
};
using SignaturePointer = std::unique_ptr<ECDSA_SIG, SignatureFree>;

/// Bytes of r, and of s.
int partSize(const QString &algorithm)
{
    return algorithm == u"ES256" ? 32 : algorithm == u"ES384" ? 48 : 66;
}

/// A DER INTEGER has one more byte where the highest bit is set.
int derSize(const BIGNUM *number)
{
    return BN_num_bits(number) / 8 + 1;
}

tl::unexpected<JwtError> tooLong(const char *part, int size, int most)
{
    return tl::unexpected(
        JwtError {JwtReason::KeyTypeMismatch, "Error",
                  u"\"%1\" specified length of \"%2\", max of \"%3\" is acceptable"_s.arg(
                      QString::fromLatin1(part), QString::number(size), QString::number(most))});
}

} // namespace

tl::expected<QByteArray, JwtError> joseFromDer(const QByteArray &der, const QString &algorithm)
{
    const auto *at = reinterpret_cast<const uchar *>(der.constData());
    const SignaturePointer signature(d2i_ECDSA_SIG(nullptr, &at, der.size()));
    ERR_clear_error();
    if (!signature) // an RSA key was made to sign for ES
        return tl::unexpected(
            JwtError {JwtReason::KeyTypeMismatch, "Error", u"Could not find expected \"seq\""_s});
    const BIGNUM *r = ECDSA_SIG_get0_r(signature.get());
    const BIGNUM *s = ECDSA_SIG_get0_s(signature.get());
    const int size = partSize(algorithm);
    if (derSize(r) > size + 1)
        return tooLong("r", derSize(r), size + 1);
    if (derSize(s) > size + 1)
        return tooLong("s", derSize(s), size + 1);
    QByteArray jose(2 * size, '\0');
    auto *out = reinterpret_cast<uchar *>(jose.data());
    BN_bn2binpad(r, out, size);
    BN_bn2binpad(s, out + size, size);
    return jose;
}

tl::expected<QByteArray, JwtError> derFromJose(const QByteArray &jose, const QString &algorithm)
{
    const int size = partSize(algorithm);
    if (jose.size() != 2 * size)
        return tl::unexpected(
            JwtError {JwtReason::SignatureSize, "TypeError",
                      u"\"%1\" signatures must be \"%2\" bytes, saw \"%3\""_s.arg(
                          algorithm, QString::number(2 * size), QString::number(jose.size()))});
    const auto *in = reinterpret_cast<const uchar *>(jose.constData());
    const SignaturePointer signature(ECDSA_SIG_new());
    ECDSA_SIG_set0(signature.get(), BN_bin2bn(in, size, nullptr),
                   BN_bin2bn(in + size, size, nullptr));
    QByteArray der(i2d_ECDSA_SIG(signature.get(), nullptr), Qt::Uninitialized);
    auto *out = reinterpret_cast<uchar *>(der.data());
    i2d_ECDSA_SIG(signature.get(), &out);
    return der;
}

} // namespace rt
