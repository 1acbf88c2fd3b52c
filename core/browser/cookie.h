// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace rt {

enum class SameSite { Unspecified, Lax, Strict, None };
/// "Lax"; empty for Unspecified.
QByteArray sameSiteName(SameSite sameSite);

/// https://datatracker.ietf.org/doc/html/draft-west-cookie-priority: who goes first when it gets
/// full.
enum class CookiePriority { Low, Medium, High };

/// One cookie of the jar (RFC 6265bis §5.6). Times are Clock::now().
struct Cookie
{
    QByteArray name;
    QByteArray value;
    /// Without a leading dot.
    QByteArray domain;
    bool hostOnly = true;
    QByteArray path = "/";
    bool secure = false;
    bool httpOnly = false;
    SameSite sameSite = SameSite::Unspecified;
    CookiePriority priority = CookiePriority::Medium;
    /// Nothing for a session cookie.
    std::optional<qint64> expiresAt;
    /// The top-level site it is kept for; empty when not partitioned.
    QByteArray partition;
    qint64 createdAt = 0;
    qint64 lastAccess = 0;
    /// Orders cookies created in the same millisecond.
    quint64 sequence = 0;

    /// name=value, or the bare value of a nameless cookie.
    QByteArray pair() const { return name.isEmpty() ? value : name + '=' + value; }
    friend bool operator==(const Cookie &, const Cookie &) = default;
};

/// Why a cookie stays at home or a Set-Cookie line is refused.
enum class CookieReason {
    SecureOnly,
    NotOnPath,
    DomainMismatch,
    SameSiteStrict,
    SameSiteLax,
    SameSiteUnspecified,
    SameSiteNoneInsecure,
    InvalidDomain,
    InvalidPrefix,
    InvalidPartitioned,
    TooLarge,
    NoContent,
    NamelessWithEquals,
    DisallowedCharacter,
    OverwriteSecure,
    OverwriteHttpOnly,
    HttpOnly,
    Credentials,
};
using CookieReasons = std::vector<CookieReason>;

/// "cookie.SecureOnly"
QByteArray cookieReasonId(CookieReason reason);
/// The short word of the lessons: samesite-lax, samesite-strict, secure, path, domain, credentials,
/// too-large, none-insecure, ...
QByteArray cookieReasonWord(CookieReason reason);
/// What Chromium's DevTools call it; empty when they say nothing.
QByteArray chromiumCookieReason(CookieReason reason);
QString cookieReasonSentence(CookieReason reason, const Cookie &cookie);

/// RFC 6265bis §5.1.1 with Chromium's limits; milliseconds since the epoch, nothing when it is no
/// date.
std::optional<qint64> parseCookieDate(QByteArrayView text);

/// One Set-Cookie line taken apart (RFC 6265bis §5.6); attributes as given, last one counts.
struct SetCookieLine
{
    QByteArray name;
    QByteArray value;
    std::optional<QByteArray> domain;
    std::optional<QByteArray> path;
    std::optional<QByteArray> expires;
    std::optional<QByteArray> maxAge;
    SameSite sameSite = SameSite::Unspecified;
    CookiePriority priority = CookiePriority::Medium;
    bool secure = false;
    bool httpOnly = false;
    bool partitioned = false;
    /// Nothing else is filled in when this is set.
    std::optional<CookieReason> refused;
};
SetCookieLine parseSetCookie(QByteArrayView line);
/// When it ends, seen from `now`; nothing for a session cookie. At most 400 days ahead.
std::optional<qint64> cookieExpiry(const SetCookieLine &line, qint64 now);

/// RFC 6265bis §5.1.4.
QByteArray defaultCookiePath(QByteArrayView requestPath);
bool cookiePathMatches(QByteArrayView cookiePath, QByteArrayView requestPath);
/// RFC 6265bis §5.1.3 for a cookie of `domain`, host-only or not.
bool cookieDomainMatches(const Cookie &cookie, const QByteArray &host);

} // namespace rt
