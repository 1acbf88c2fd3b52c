// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace rt {

enum class HashAlgorithm { Sha1, Sha256, Sha384, Sha512 };

/// RFC 2104, by OpenSSL.
QByteArray hmac(HashAlgorithm algorithm, QByteArrayView key, QByteArrayView message);
/// Takes equally long wherever the two differ, so that an answer's time tells nothing about a
/// secret.
bool equalInConstantTime(QByteArrayView a, QByteArrayView b);

} // namespace rt
