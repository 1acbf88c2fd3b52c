// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace rt {

/// PEM, without a line break at the end: as text, the public key is what lesson readers copy.
struct JwtKeyPair
{
    QByteArray privateKey;
    QByteArray publicKey;
};

/// The key pair a lab signs with when its configuration names none: of the algorithm's curve, else
/// RSA with 2048 bits. The same in every lab, so that tokens outlive a restart.
JwtKeyPair jwtDemoKeys(const QString &algorithm);

} // namespace rt
