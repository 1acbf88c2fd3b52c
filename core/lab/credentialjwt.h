// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/credentialverdict.h"

namespace rt {

/// What npm jsonwebtoken's verify says to the token under the lab's settings, check by check.
CredentialVerdict judgeJwt(const Credential &credential, const LabConfig &config, qint64 now);
/// The token's header and payload under a new signature: by `secret`, else by the lab's key for the
/// algorithm the header names.
Result<Credential> jwtSignedAgain(const Credential &credential, const LabConfig &config,
                                  const std::optional<QString> &secret);

} // namespace rt
