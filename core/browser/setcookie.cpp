// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/cookie.h"

#include "browser/fieldvalue.h"

#include <limits>

namespace rt {

namespace {

constexpr qsizetype maximumPairBytes = 4096;
constexpr qsizetype maximumAttributeBytes = 1024;
constexpr qint64 maximumLifetimeMs = 400LL * 24 * 60 * 60 * 1000;

bool hasControlCharacter(QByteArrayView text)
{
    return std::any_of(text.begin(), text.end(),
                       [](char c) { return static_cast<uchar>(c) < 0x20 || c == 0x7F; });
}

/// A part between semicolons: name and value, both trimmed.
struct Part
{
    QByteArrayView name;
    QByteArrayView value;
    bool hasEquals = false;
};

Part splitPart(QByteArrayView text)
{
    const qsizetype equals = text.indexOf('=');
    if (equals < 0)
        return {trimBlanks(text), {}, false};
    return {trimBlanks(text.first(equals)), trimBlanks(text.sliced(equals + 1)), true};
}

std::optional<CookieReason> pairFault(const SetCookieLine &line)
{
    if (hasControlCharacter(line.name) || hasControlCharacter(line.value))
        return CookieReason::DisallowedCharacter;
    if (line.name.isEmpty() && line.value.isEmpty())
        return CookieReason::NoContent;
    if (line.name.size() + line.value.size() > maximumPairBytes)
        return CookieReason::TooLarge;
    return std::nullopt;
}

SameSite sameSiteNamed(QByteArrayView value)
{
    if (equalsIgnoringCase(value, "lax"))
        return SameSite::Lax;
    if (equalsIgnoringCase(value, "strict"))
        return SameSite::Strict;
    return equalsIgnoringCase(value, "none") ? SameSite::None : SameSite::Unspecified;
}

CookiePriority priorityNamed(QByteArrayView value)
{
    if (equalsIgnoringCase(value, "low"))
        return CookiePriority::Low;
    return equalsIgnoringCase(value, "high") ? CookiePriority::High : CookiePriority::Medium;
}

void applyAttribute(SetCookieLine &line, const Part &part)
{
    const QByteArray value = part.value.toByteArray();
    if (equalsIgnoringCase(part.name, "secure"))
        line.secure = true;
    else if (equalsIgnoringCase(part.name, "httponly"))
        line.httpOnly = true;
    else if (equalsIgnoringCase(part.name, "partitioned"))
        line.partitioned = true;
    else if (equalsIgnoringCase(part.name, "domain"))
        line.domain = value;
    else if (equalsIgnoringCase(part.name, "path"))
        line.path = value;
    else if (equalsIgnoringCase(part.name, "expires"))
        line.expires = value;
    else if (equalsIgnoringCase(part.name, "max-age"))
        line.maxAge = value;
    else if (equalsIgnoringCase(part.name, "samesite"))
        line.sameSite = sameSiteNamed(value);
    else if (equalsIgnoringCase(part.name, "priority"))
        line.priority = priorityNamed(value);
}

SetCookieLine refusedLine(CookieReason reason)
{
    SetCookieLine line;
    line.refused = reason;
    return line;
}

/// Digits with an optional sign; beyond 64 bits the nearest end. Nothing for anything else.
std::optional<qint64> maxAgeSeconds(const QByteArray &value)
{
    const bool negative = value.startsWith('-');
    const QByteArray digits = negative || value.startsWith('+') ? value.sliced(1) : value;
    const bool valid = !digits.isEmpty()
        && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!valid)
        return std::nullopt;
    bool fits = false;
    const qint64 seconds = digits.toLongLong(&fits);
    if (negative)
        return fits ? -seconds : std::numeric_limits<qint64>::min();
    return fits ? seconds : std::numeric_limits<qint64>::max();
}

} // namespace

SetCookieLine parseSetCookie(QByteArrayView text)
{
    SetCookieLine line;
    bool first = true;
    for (const QByteArray &piece : text.toByteArray().split(';')) {
        const Part part = splitPart(piece);
        if (!std::exchange(first, false)) {
            if (hasControlCharacter(part.name) || hasControlCharacter(part.value))
                return refusedLine(CookieReason::DisallowedCharacter);
            if (part.value.size() <= maximumAttributeBytes)
                applyAttribute(line, part);
            continue;
        }
        line.name = part.hasEquals ? part.name.toByteArray() : QByteArray("");
        line.value = (part.hasEquals ? part.value : part.name).toByteArray();
        if (const auto fault = pairFault(line)) {
            line.refused = fault; // whose it was is worth knowing
            return line;
        }
    }
    return line;
}

std::optional<qint64> cookieExpiry(const SetCookieLine &line, qint64 now)
{
    const qint64 latest = now + maximumLifetimeMs;
    if (line.maxAge) {
        if (const auto seconds = maxAgeSeconds(*line.maxAge)) {
            if (*seconds <= 0)
                return std::numeric_limits<qint64>::min();
            return *seconds > maximumLifetimeMs / 1000 ? latest : now + *seconds * 1000;
        }
    }
    const auto date = line.expires ? parseCookieDate(*line.expires) : std::nullopt;
    return date ? std::optional(std::min(*date, latest)) : std::nullopt;
}

QByteArray defaultCookiePath(QByteArrayView requestPath)
{
    const qsizetype slash = requestPath.lastIndexOf('/');
    return slash <= 0 ? QByteArray("/") : requestPath.first(slash).toByteArray();
}

bool cookiePathMatches(QByteArrayView cookiePath, QByteArrayView requestPath)
{
    if (!requestPath.startsWith(cookiePath))
        return false;
    return requestPath.size() == cookiePath.size() || cookiePath.endsWith('/')
        || requestPath[cookiePath.size()] == '/';
}

bool cookieDomainMatches(const Cookie &cookie, const QByteArray &host)
{
    if (cookie.domain == host)
        return true;
    return !cookie.hostOnly && host.endsWith('.' + cookie.domain);
}

} // namespace rt
