// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/jwtreason.h"

namespace rt {

namespace {

struct Row
{
    JwtReason reason;
    const char *id;
    const char *sentence;
};

constexpr Row rows[] = {
    {JwtReason::Missing, "jwt.Missing", "There is no token to check."},
    {JwtReason::NotText, "jwt.NotText", "What stands in the token's place is no text."},
    {JwtReason::Malformed, "jwt.Malformed",
     "A token is three parts joined by dots, and this is not."},
    {JwtReason::Unreadable, "jwt.Unreadable",
     "A part of the token is not base64url, or its header is not JSON."},
    {JwtReason::PayloadNotJson, "jwt.PayloadNotJson",
     "The header says the payload is JSON, but it is not."},
    {JwtReason::SignatureRequired, "jwt.SignatureRequired",
     "The token is unsigned, and the server has a key to check signatures with."},
    {JwtReason::KeyRequired, "jwt.KeyRequired", "There is no key to sign or check with."},
    {JwtReason::UnsignedNotAllowed, "jwt.UnsignedNotAllowed",
     "The token is unsigned, and nobody named \"none\" as an accepted algorithm."},
    {JwtReason::KeyUnusable, "jwt.KeyUnusable", "What was given as a key is none."},
    {JwtReason::AlgorithmNotAllowed, "jwt.AlgorithmNotAllowed",
     "The token names an algorithm the server does not accept."},
    {JwtReason::AlgorithmUnknown, "jwt.AlgorithmUnknown", "The header names no known algorithm."},
    {JwtReason::KeyKindMismatch, "jwt.KeyKindMismatch",
     "HS algorithms need a shared secret, the others a key pair."},
    {JwtReason::KeyTypeMismatch, "jwt.KeyTypeMismatch",
     "The key's type or curve does not belong to the algorithm."},
    {JwtReason::KeyTooSmall, "jwt.KeyTooSmall", "RSA keys below 2048 bits must not sign."},
    {JwtReason::InvalidSignature, "jwt.InvalidSignature",
     "The signature does not belong to this header and payload under this key."},
    {JwtReason::SignatureSize, "jwt.SignatureSize",
     "An ES signature of this algorithm has another size."},
    {JwtReason::SigningFailed, "jwt.SigningFailed", "The key could not sign."},
    {JwtReason::PayloadMissing, "jwt.PayloadMissing", "There is nothing to sign."},
    {JwtReason::PayloadNotObject, "jwt.PayloadNotObject",
     "A payload of claims must be a plain object."},
    {JwtReason::BadClaim, "jwt.BadClaim",
     "A time claim (iat, nbf, exp) is missing or is no number of seconds."},
    {JwtReason::ClaimSetTwice, "jwt.ClaimSetTwice",
     "An option would set a claim that the payload already has."},
    {JwtReason::OptionNotForPayload, "jwt.OptionNotForPayload",
     "Options that set claims need a payload that is an object."},
    {JwtReason::BadOption, "jwt.BadOption", "An option has a value or a name the package refuses."},
    {JwtReason::NotActive, "jwt.NotActive",
     "The token does not count yet: now is before its nbf claim."},
    {JwtReason::Expired, "jwt.Expired", "The token has run out: now is at or after its exp claim."},
    {JwtReason::MaxAgeExceeded, "jwt.MaxAgeExceeded",
     "The token was issued too long ago for the option maxAge."},
    {JwtReason::AudienceMismatch, "jwt.AudienceMismatch",
     "The token is meant for others: its aud claim names no expected audience."},
    {JwtReason::IssuerMismatch, "jwt.IssuerMismatch", "The token comes from another issuer."},
    {JwtReason::SubjectMismatch, "jwt.SubjectMismatch", "The token is about another subject."},
    {JwtReason::JwtIdMismatch, "jwt.JwtIdMismatch", "The token has another id."},
    {JwtReason::NonceMismatch, "jwt.NonceMismatch", "The token carries another nonce."},
    {JwtReason::ScriptError, "jwt.ScriptError",
     "The package stumbles over a value it did not expect."},
};

const Row &rowOf(JwtReason reason)
{
    for (const Row &row : rows) {
        if (row.reason == reason)
            return row;
    }
    Q_UNREACHABLE();
}

} // namespace

QByteArray reasonId(JwtReason reason)
{
    return rowOf(reason).id;
}

QString reasonSentence(JwtReason reason)
{
    return QString::fromLatin1(rowOf(reason).sentence);
}

} // namespace rt
