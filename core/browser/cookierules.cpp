// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/cookiestore.h"

#include <algorithm>

namespace rt {

namespace {

/// Chromium sends unspecified cookies with a cross-site top-level POST while they are this young.
constexpr qint64 laxAllowUnsafeMs = 120 * 1000;

std::optional<CookieReason> sameSiteReason(const Cookie &cookie, SameSiteContext context,
                                           qint64 now)
{
    switch (cookie.sameSite) {
    case SameSite::Strict:
        if (context < SameSiteContext::Strict)
            return CookieReason::SameSiteStrict;
        break;
    case SameSite::Lax:
        if (context < SameSiteContext::Lax)
            return CookieReason::SameSiteLax;
        break;
    case SameSite::Unspecified: {
        const bool young = now - cookie.createdAt <= laxAllowUnsafeMs;
        if (context < (young ? SameSiteContext::LaxMethodUnsafe : SameSiteContext::Lax))
            return CookieReason::SameSiteUnspecified;
        break;
    }
    case SameSite::None:
        if (!cookie.secure)
            return CookieReason::SameSiteNoneInsecure;
        break;
    }
    return std::nullopt;
}

bool isDomainByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/// The prefix rules a name (or the value of a nameless cookie) calls for.
struct PrefixRules
{
    bool secure = false;
    bool host = false;
    bool http = false;
};

PrefixRules prefixRules(const QByteArray &name)
{
    const QByteArray lower = name.toLower();
    PrefixRules rules;
    rules.http = lower.startsWith("__http-") || lower.startsWith("__host-http-");
    rules.host = lower.startsWith("__host-");
    rules.secure = rules.http || rules.host || lower.startsWith("__secure-");
    return rules;
}

} // namespace

bool isSecureForCookies(const Url &url)
{
    return url.scheme == "https" || url.scheme == "wss" || isLoopbackHost(url.host);
}

CookieReasons withheldReasons(const Cookie &cookie, const CookieAccess &access, qint64 now)
{
    CookieReasons reasons;
    if (!access.http && cookie.httpOnly)
        reasons.push_back(CookieReason::HttpOnly);
    if (cookie.secure && !isSecureForCookies(access.url))
        reasons.push_back(CookieReason::SecureOnly);
    if (!cookieDomainMatches(cookie, access.url.host))
        reasons.push_back(CookieReason::DomainMismatch);
    if (!cookiePathMatches(cookie.path, access.url.path))
        reasons.push_back(CookieReason::NotOnPath);
    if (const auto reason = sameSiteReason(cookie, access.context, now))
        reasons.push_back(*reason);
    return reasons;
}

std::optional<CookieDomain> cookieDomain(const std::optional<QByteArray> &attribute,
                                         const QByteArray &host)
{
    QByteArray domain = attribute.value_or(QByteArray()).toLower();
    if (domain.isEmpty())
        return CookieDomain {host, true};
    if (domain.startsWith('.'))
        domain.remove(0, 1);
    if (!std::all_of(domain.begin(), domain.end(), isDomainByte) && domain != host)
        return std::nullopt;
    const QByteArray ownDomain = registrableDomain(host);
    // Hosts without a registrable domain (IP addresses, localhost, public suffixes) name
    // themselves.
    if (ownDomain.isEmpty())
        return domain == host ? std::optional(CookieDomain {host, true}) : std::nullopt;
    if (domain != host && !host.endsWith('.' + domain))
        return std::nullopt;
    if (registrableDomain(domain) != ownDomain)
        return std::nullopt;
    return CookieDomain {domain, false};
}

bool isCookiePrefixValid(const SetCookieLine &line, const Url &url)
{
    if (line.name.isEmpty())
        return !prefixRules(line.value).secure;
    const PrefixRules rules = prefixRules(line.name);
    if (rules.secure && (!line.secure || !isSecureForCookies(url)))
        return false;
    if (rules.http && !line.httpOnly)
        return false;
    return !rules.host || (line.domain.value_or(QByteArray()).isEmpty() && line.path == "/");
}

} // namespace rt
