// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/hmac.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace rt {

namespace {

const char *digestName(HashAlgorithm algorithm)
{
    switch (algorithm) {
    case HashAlgorithm::Sha1:
        return "SHA1";
    case HashAlgorithm::Sha256:
        return "SHA256";
    case HashAlgorithm::Sha384:
        return "SHA384";
    case HashAlgorithm::Sha512:
        return "SHA512";
    }
    Q_UNREACHABLE();
}

} // namespace

QByteArray hmac(HashAlgorithm algorithm, QByteArrayView key, QByteArrayView message)
{
    QByteArray out(EVP_MAX_MD_SIZE, Qt::Uninitialized);
    size_t length = 0;
    // EVP wants a key pointer even for the empty key.
    const void *keyData = key.isEmpty() ? "" : key.data();
    const auto *bytes = reinterpret_cast<const unsigned char *>(message.data());
    const auto *done = EVP_Q_mac(
        nullptr, "HMAC", nullptr, digestName(algorithm), nullptr, keyData,
        static_cast<size_t>(key.size()), bytes, static_cast<size_t>(message.size()),
        reinterpret_cast<unsigned char *>(out.data()), static_cast<size_t>(out.size()), &length);
    Q_ASSERT(done);
    out.resize(done ? static_cast<qsizetype>(length) : 0);
    return out;
}

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size()
        && CRYPTO_memcmp(a.data(), b.data(), static_cast<size_t>(a.size())) == 0;
}

} // namespace rt
