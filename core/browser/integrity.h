// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/responsefiltering.h"

#include <QString>

namespace rt {

/// https://w3c.github.io/webappsec-subresource-integrity/#does-response-match-metadatalist
enum class IntegrityReason { Matches, NoKnownHash, Mismatch, NotEligible };

IntegrityReason checkIntegrity(const QByteArray &metadata, const QByteArray &body,
                               ResponseType type);
/// "integrity.Mismatch"
QByteArray integrityReasonId(IntegrityReason reason);
QString integritySentence(IntegrityReason reason);
QByteArray sha256Base64(const QByteArray &body);

} // namespace rt
