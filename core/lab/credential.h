// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "capture/exchangerecord.h"
#include "lab/labsession.h"

#include <optional>
#include <vector>

namespace rt {

class LabConfig;

/// Something that says who is asking: a cookie session, the id of a server session, a signed
/// cookie or a JSON Web Token, as it stands on the wire or in the jar. A value; nothing here talks
/// to anybody.
struct Credential
{
    enum class Kind { CookieSession, SessionId, SignedCookie, Jwt };
    enum class Place { Jar, RequestCookie, ResponseCookie, Authorization, ResponseBody, Pasted };

    Kind kind = Kind::Jwt;
    Place place = Place::Pasted;
    /// Of the cookie; empty when it is none.
    QByteArray name;
    /// Of the jar's cookie; empty elsewhere.
    QByteArray domain;
    QByteArray path;
    /// The value as it stands in the Cookie header, or the token without "Bearer".
    QByteArray text;
    /// Value of the cookie `name`.sig beside a cookie session; nothing when there is none.
    std::optional<QByteArray> signature;
    /// When the jar drops it, lab time in milliseconds; nothing for a session cookie or elsewhere.
    std::optional<qint64> expiresAt;

    bool isCookie() const { return !name.isEmpty(); }
    friend bool operator==(const Credential &, const Credential &) = default;
};

/// One piece of a credential, with what stands in it.
struct CredentialPart
{
    enum class Role { Header, Payload, Id, Signature };
    Role role = Role::Payload;
    /// As on the wire.
    QByteArray raw;
    /// JSON with line breaks, or the text; empty for a signature and for what cannot be read.
    QString content;
    /// Why it cannot be read, one sentence; empty when it can.
    QString problem;
};

/// A moment the credential names. Milliseconds since the epoch.
struct CredentialTime
{
    /// "iat", "nbf", "exp", or "expires" for the cookie itself.
    QByteArray claim;
    qint64 at = 0;
};

/// Everything that is known about a credential without any key.
std::vector<CredentialPart> takeApart(const Credential &credential);
std::vector<CredentialTime> timesOf(const Credential &credential);
/// Bytes a browser counts against its limit of 4,096: name and value (RFC 6265bis §5.6).
qint64 cookieBytes(const Credential &credential);
inline constexpr qint64 largestCookie = 4096;

/// What there is to look at: the jar first, then the exchange's request and answer, no credential
/// twice. `exchange` may be null.
std::vector<Credential> credentialsIn(const ExchangeRecord *exchange,
                                      const std::vector<BrowserState::CookieEntry> &jar,
                                      const LabConfig &config);
/// Text somebody pasted: a token, "Bearer …", "name=value", a Cookie or Set-Cookie line. The error
/// says what was expected.
Result<Credential> credentialFromText(const QByteArray &text, const LabConfig &config);

/// The credential with another JSON in that part and everything else as it was, signature included.
/// The error is the parser's.
Result<Credential> withContent(const Credential &credential, CredentialPart::Role role,
                               const QString &json);
/// The credential with one character of a part replaced by its neighbour in the alphabet: the
/// smallest change there is. `at` counts characters of the part, from 0.
Credential withFlippedCharacter(const Credential &credential, CredentialPart::Role role,
                                qsizetype at);
/// The same in the content, as near to its end as leaves something readable, so that it is the
/// signature that betrays the change.
Credential withFlippedLetter(const Credential &credential);

} // namespace rt
