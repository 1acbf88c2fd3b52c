// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/cookiestore.h"

#include <QByteArrayList>

#include <QStringDecoder>

#include <algorithm>

namespace rt {

namespace {

constexpr qsizetype maximumPerDomain = 180;
constexpr qsizetype keptPerDomain = 150;
/// Chromium notes an access at most once a minute.
constexpr qint64 accessThresholdMs = 60 * 1000;

/// Cookies are kept and considered together per registrable domain.
QByteArray storeKey(const QByteArray &host)
{
    const QByteArray domain = registrableDomain(host);
    return domain.isEmpty() ? host : domain;
}

bool isEquivalent(const Cookie &a, const Cookie &b)
{
    return a.name == b.name && a.domain == b.domain && a.hostOnly == b.hostOnly && a.path == b.path
        && a.partition == b.partition;
}

/// An insecure line would replace or hide the Secure cookie `old`. RFC 6265bis §5.7, step 16.
bool wouldHideSecure(const Cookie &fresh, const Cookie &old)
{
    const auto covers = [](const QByteArray &domain, const QByteArray &host) {
        return host == domain || host.endsWith('.' + domain);
    };
    return old.secure && old.name == fresh.name
        && (covers(old.domain, fresh.domain) || covers(fresh.domain, old.domain))
        && cookiePathMatches(old.path, fresh.path);
}

bool createdBefore(const Cookie &a, const Cookie &b)
{
    return std::tie(a.createdAt, a.sequence) < std::tie(b.createdAt, b.sequence);
}

bool headerOrder(const Cookie &a, const Cookie &b)
{
    if (a.path.size() != b.path.size())
        return a.path.size() > b.path.size();
    return createdBefore(a, b);
}

std::optional<CookieReason> sameSiteSetReason(const Cookie &cookie, SameSiteContext context)
{
    // Lax is enough for Strict here: a top-level navigation's answer may set everything.
    const bool own = context >= SameSiteContext::LaxMethodUnsafe;
    switch (cookie.sameSite) {
    case SameSite::Strict:
        return own ? std::nullopt : std::optional(CookieReason::SameSiteStrict);
    case SameSite::Lax:
        return own ? std::nullopt : std::optional(CookieReason::SameSiteLax);
    case SameSite::Unspecified:
        return own ? std::nullopt : std::optional(CookieReason::SameSiteUnspecified);
    case SameSite::None:
        break;
    }
    return cookie.secure ? std::nullopt : std::optional(CookieReason::SameSiteNoneInsecure);
}

CookieReasons setReasons(const Cookie &cookie, const CookieAccess &access)
{
    CookieReasons reasons;
    if (!access.http && cookie.httpOnly)
        reasons.push_back(CookieReason::HttpOnly);
    if (cookie.secure && !isSecureForCookies(access.url))
        reasons.push_back(CookieReason::SecureOnly);
    if (const auto reason = sameSiteSetReason(cookie, access.context))
        reasons.push_back(*reason);
    return reasons;
}

} // namespace

QByteArray CookieStore::Selection::header() const
{
    QByteArrayList pairs;
    for (const Cookie &cookie : sent)
        pairs.append(cookie.pair());
    return pairs.join("; ");
}

CookieStore::Selection CookieStore::select(const CookieAccess &access)
{
    dropExpired();
    Selection selection;
    const qint64 now = m_clock.now();
    const QByteArray key = storeKey(access.url.host);
    for (Cookie &cookie : m_cookies) {
        if (storeKey(cookie.domain) != key)
            continue;
        if (!cookie.partition.isEmpty() && cookie.partition != access.topLevelSite)
            continue;
        CookieReasons reasons = withheldReasons(cookie, access, now);
        if (!reasons.empty()) {
            selection.withheld.push_back({cookie, std::move(reasons)});
            continue;
        }
        if (now - cookie.lastAccess >= accessThresholdMs)
            cookie.lastAccess = now;
        selection.sent.push_back(cookie);
    }
    std::sort(selection.sent.begin(), selection.sent.end(), headerOrder);
    return selection;
}

QByteArray CookieStore::documentCookie(const CookieAccess &access)
{
    CookieAccess script = access;
    script.http = false;
    const QByteArray text = select(script).header();
    // Chromium hands the pairs over as one UTF-8 string: one bad byte hides them all.
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(text);
    return decoder.hasError() ? QByteArray() : text;
}

Cookie CookieStore::makeCookie(const SetCookieLine &line, const CookieAccess &access,
                               CookieReasons &reasons) const
{
    Cookie cookie;
    cookie.name = line.name;
    cookie.value = line.value;
    const auto domain = cookieDomain(line.domain, access.url.host);
    if (!domain)
        reasons.push_back(CookieReason::InvalidDomain);
    cookie.domain = domain ? domain->domain : access.url.host;
    cookie.hostOnly = !domain || domain->hostOnly;
    const bool ownPath = line.path && line.path->startsWith('/');
    cookie.path = ownPath ? *line.path : defaultCookiePath(access.url.path);
    cookie.secure = line.secure;
    cookie.httpOnly = line.httpOnly;
    cookie.sameSite = line.sameSite;
    cookie.priority = line.priority;
    cookie.createdAt = m_clock.now();
    cookie.lastAccess = cookie.createdAt;
    cookie.expiresAt = cookieExpiry(line, cookie.createdAt);
    if (!isCookiePrefixValid(line, access.url))
        reasons.push_back(CookieReason::InvalidPrefix);
    // Without its name "=a=b" would read as a=b.
    if (reasons.empty() && cookie.name.isEmpty() && cookie.value.contains('='))
        reasons.push_back(CookieReason::NamelessWithEquals);
    if (line.partitioned) {
        if (!line.secure || !isSecureForCookies(access.url))
            reasons.push_back(CookieReason::InvalidPartitioned);
        cookie.partition = access.topLevelSite;
    }
    return cookie;
}

CookieStore::SetOutcome CookieStore::set(QByteArrayView text, const CookieAccess &access)
{
    dropExpired();
    SetOutcome outcome;
    const SetCookieLine line = parseSetCookie(text);
    if (line.refused) {
        outcome.reasons = {*line.refused};
        outcome.cookie.name = line.name;
        return outcome;
    }
    outcome.cookie = makeCookie(line, access, outcome.reasons);
    if (outcome.reasons.empty())
        outcome.reasons = setReasons(outcome.cookie, access);
    if (outcome.reasons.empty())
        replaceEquivalent(outcome.cookie, access, outcome.reasons);
    if (!outcome.reasons.empty())
        return outcome;
    if (outcome.cookie.expiresAt && *outcome.cookie.expiresAt <= m_clock.now())
        return outcome; // the line only deleted
    outcome.stored = true;
    m_cookies.push_back(outcome.cookie);
    limitDomain(storeKey(outcome.cookie.domain));
    return outcome;
}

/// Deletes what `cookie` replaces, or gives the reason why it may not be replaced.
void CookieStore::replaceEquivalent(Cookie &cookie, const CookieAccess &access,
                                    CookieReasons &reasons)
{
    const bool secure = isSecureForCookies(access.url);
    auto equivalent = m_cookies.end();
    for (auto old = m_cookies.begin(); old != m_cookies.end(); ++old) {
        if (!secure && wouldHideSecure(cookie, *old))
            reasons.push_back(CookieReason::OverwriteSecure);
        if (!isEquivalent(cookie, *old))
            continue;
        if (!access.http && old->httpOnly)
            reasons.push_back(CookieReason::OverwriteHttpOnly);
        equivalent = old;
    }
    std::sort(reasons.begin(), reasons.end());
    reasons.erase(std::unique(reasons.begin(), reasons.end()), reasons.end());
    if (!reasons.empty())
        return;
    cookie.sequence = ++m_lastSequence;
    if (equivalent == m_cookies.end())
        return;
    // Chromium differs from RFC 6265bis: only an unchanged value keeps its place in the order.
    if (equivalent->value == cookie.value) {
        cookie.createdAt = equivalent->createdAt;
        cookie.sequence = equivalent->sequence;
    }
    m_cookies.erase(equivalent);
}

/// More than 180 cookies of a registrable domain: the least recently used go until 150 are left.
/// Within the quotas Chromium keeps per priority, insecure cookies go before Secure ones.
void CookieStore::limitDomain(const QByteArray &key)
{
    struct Round
    {
        CookiePriority priority;
        qsizetype quota;
        bool secure;
    };
    static constexpr Round rounds[] = {
        {CookiePriority::Low, 30, false},    {CookiePriority::Low, 30, true},
        {CookiePriority::Medium, 50, false}, {CookiePriority::High, 100, false},
        {CookiePriority::Medium, 50, true},  {CookiePriority::High, 100, true},
    };
    const auto ofKey = [&](const Cookie &c) { return storeKey(c.domain) == key; };
    qsizetype count = std::count_if(m_cookies.begin(), m_cookies.end(), ofKey);
    if (count <= maximumPerDomain)
        return;
    std::stable_sort(m_cookies.begin(), m_cookies.end(), [](const Cookie &a, const Cookie &b) {
        return std::tie(a.lastAccess, a.createdAt, a.sequence)
            < std::tie(b.lastAccess, b.createdAt, b.sequence);
    });
    for (const Round &round : rounds) {
        qsizetype ofPriority
            = std::count_if(m_cookies.begin(), m_cookies.end(), [&](const Cookie &c) {
                  return ofKey(c) && c.priority == round.priority;
              });
        std::erase_if(m_cookies, [&](const Cookie &c) {
            const bool goes = count > keptPerDomain && ofPriority > round.quota && ofKey(c)
                && c.priority == round.priority && c.secure == round.secure;
            count -= goes ? 1 : 0;
            ofPriority -= goes ? 1 : 0;
            return goes;
        });
    }
}

void CookieStore::dropExpired()
{
    const qint64 now = m_clock.now();
    std::erase_if(m_cookies, [&](const Cookie &c) { return c.expiresAt && *c.expiresAt <= now; });
}

std::vector<Cookie> CookieStore::cookies() const
{
    std::vector<Cookie> alive;
    const qint64 now = m_clock.now();
    std::copy_if(m_cookies.begin(), m_cookies.end(), std::back_inserter(alive),
                 [&](const Cookie &c) { return !c.expiresAt || *c.expiresAt > now; });
    std::sort(alive.begin(), alive.end(), createdBefore);
    return alive;
}

void CookieStore::put(Cookie cookie)
{
    std::erase_if(m_cookies, [&](const Cookie &c) { return isEquivalent(c, cookie); });
    if (cookie.createdAt == 0)
        cookie.createdAt = m_clock.now();
    cookie.lastAccess = m_clock.now();
    cookie.sequence = ++m_lastSequence;
    m_cookies.push_back(std::move(cookie));
}

bool CookieStore::remove(const QByteArray &name, const QByteArray &domain, const QByteArray &path)
{
    return std::erase_if(m_cookies,
                         [&](const Cookie &c) {
                             return c.name == name && c.domain == domain && c.path == path;
                         })
        > 0;
}

} // namespace rt
