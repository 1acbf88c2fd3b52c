// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"
#include "browser/cookie.h"
#include "browser/origin.h"

namespace rt {

/// How much a request is the site's own, from least to most. RFC 6265bis §5.2, Chromium's names.
enum class SameSiteContext { CrossSite, LaxMethodUnsafe, Lax, Strict };

/// Who asks the jar for what.
struct CookieAccess
{
    Url url;
    SameSiteContext context = SameSiteContext::Strict;
    /// Schemeful site of the top-level page, the key of partitioned cookies.
    QByteArray topLevelSite;
    /// False for document.cookie, which neither sees nor sets HttpOnly cookies.
    bool http = true;
};

/// The cookie jar: RFC 6265bis as Chromium does it. Every refusal has a reason.
class CookieStore
{
public:
    struct Withheld
    {
        Cookie cookie;
        CookieReasons reasons;
    };
    struct Selection
    {
        /// In header order.
        std::vector<Cookie> sent;
        /// Cookies of the same registrable domain that stay at home.
        std::vector<Withheld> withheld;
        QByteArray header() const;
    };
    struct SetOutcome
    {
        bool stored = false;
        Cookie cookie;
        /// Empty when stored, or when the line only deleted.
        CookieReasons reasons;
    };

    explicit CookieStore(const Clock &clock) : m_clock(clock) { }

    Selection select(const CookieAccess &access);
    SetOutcome set(QByteArrayView line, const CookieAccess &access);
    /// document.cookie as script reads it; empty when the pairs are no UTF-8.
    QByteArray documentCookie(const CookieAccess &access);

    /// Cookies that have not expired, in order of creation.
    std::vector<Cookie> cookies() const;
    /// Puts a cookie as it is (the application panel, "steal"); replaces its equivalent.
    void put(Cookie cookie);
    bool remove(const QByteArray &name, const QByteArray &domain, const QByteArray &path);
    void clear() { m_cookies.clear(); }

private:
    Cookie makeCookie(const SetCookieLine &line, const CookieAccess &access,
                      CookieReasons &reasons) const;
    void replaceEquivalent(Cookie &cookie, const CookieAccess &access, CookieReasons &reasons);
    void limitDomain(const QByteArray &key);
    void dropExpired();

    const Clock &m_clock;
    std::vector<Cookie> m_cookies;
    quint64 m_lastSequence = 0;
};

/// Secure cookies travel there: https, and http to loopback.
bool isSecureForCookies(const Url &url);
/// The reasons a cookie of the jar does not go with a request; empty: it goes.
CookieReasons withheldReasons(const Cookie &cookie, const CookieAccess &access, qint64 now);
/// What Domain comes to for this host, or nothing when it is refused.
struct CookieDomain
{
    QByteArray domain;
    bool hostOnly = true;
};
std::optional<CookieDomain> cookieDomain(const std::optional<QByteArray> &attribute,
                                         const QByteArray &host);
/// __Host-, __Secure-, __Http- and __Host-Http-, in any case.
bool isCookiePrefixValid(const SetCookieLine &line, const Url &url);

} // namespace rt
