// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/tlshandshake.h"

#include <QString>

namespace rt {

/// "TLSv1.3 · TLS_AES_256_GCM_SHA384 · http/1.1 · handshake 3.5 ms · localhost, by Roundtrip lab
/// 3F2A1B, until 5 Dec 2026"
QString handshakeLine(const TlsHandshake &handshake);
/// All of the chain, one certificate after the other; several lines.
QString certificatesText(const TlsHandshake &handshake);
/// "CN=localhost, O=Roundtrip" -> "localhost"
QString commonName(const QByteArray &distinguishedName);
/// A day of the system's calendar, in the user's words.
QString dayText(qint64 milliseconds);

} // namespace rt
