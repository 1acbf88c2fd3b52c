// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace rt {

/// Why a token is refused or cannot be made; one per kind of answer of npm jsonwebtoken 9.0.3.
enum class JwtReason {
    Missing,
    NotText,
    Malformed,
    Unreadable,
    PayloadNotJson,
    SignatureRequired,
    KeyRequired,
    UnsignedNotAllowed,
    KeyUnusable,
    AlgorithmNotAllowed,
    AlgorithmUnknown,
    KeyKindMismatch,
    KeyTypeMismatch,
    KeyTooSmall,
    InvalidSignature,
    SignatureSize,
    SigningFailed,
    PayloadMissing,
    PayloadNotObject,
    BadClaim,
    ClaimSetTwice,
    OptionNotForPayload,
    BadOption,
    NotActive,
    Expired,
    MaxAgeExceeded,
    AudienceMismatch,
    IssuerMismatch,
    SubjectMismatch,
    JwtIdMismatch,
    NonceMismatch,
    ScriptError,
};
/// "jwt.Expired"
QByteArray reasonId(JwtReason reason);
/// One plain sentence.
QString reasonSentence(JwtReason reason);

/// What jsonwebtoken throws.
struct JwtError
{
    JwtReason reason;
    /// err.name: Error, TypeError, SyntaxError, JsonWebTokenError, NotBeforeError or
    /// TokenExpiredError.
    QByteArray name;
    QString message;
    /// TokenExpiredError: when the token, or its greatest age, ran out.
    std::optional<JsDate> expiredAt = {};
    /// NotBeforeError: when the token begins to count.
    std::optional<JsDate> date = {};
};

} // namespace rt
