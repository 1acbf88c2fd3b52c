// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/credential.h"

namespace rt {

/// One thing a server checks, in the order in which the package checks it.
struct CredentialCheck
{
    enum class Outcome {
        Passed,
        Failed,
        /// An earlier check ended it.
        NotReached,
        /// Not the package's business, but worth knowing.
        Note,
    };
    /// "cookieSession.BadSignature", "jwt.Expired".
    QByteArray id;
    Outcome outcome = Outcome::Passed;
    QString sentence;
};

/// What the lab's server, with the keys it has now, would say to a credential at a moment.
struct CredentialVerdict
{
    bool accepted = false;
    /// The package's own words ("jwt expired"); empty when accepted, or when it says nothing.
    QString message;
    std::vector<CredentialCheck> checks;
    /// Which of the lab's keys fits, from 0; -1 when none does or none is needed.
    int key = -1;
};

/// `now`: lab time, milliseconds since the epoch.
CredentialVerdict judge(const Credential &credential, const LabConfig &config, qint64 now);

/// The same content under a signature by the lab's first key, or by `secret` when one is given. The
/// error says which key is missing.
Result<Credential> signedAgain(const Credential &credential, const LabConfig &config,
                               const std::optional<QString> &secret = std::nullopt);

/// A token that names the algorithm none and has no signature; its claims stay.
Credential unsignedToken(const Credential &token);
/// The word of a short list of bad secrets that signed the token (HS algorithms); empty when none
/// did.
QString guessedSecret(const Credential &token);
/// The text of the lab's public key, which the naive verifier can be led to take for a secret.
/// Empty when the lab's tokens are signed with a secret.
QString publicKeyText(const LabConfig &config);

/// The lab's keys for this kind of credential: the first signs, all verify.
QStringList keysFor(const Credential &credential, const LabConfig &config);
/// Dotted path of the option that holds them ("server.cookieSession.keys").
QByteArray keyPath(const Credential &credential, const LabConfig &config);

} // namespace rt
