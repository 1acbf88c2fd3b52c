// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/url.h"

namespace rt {

/// Scheme, host and port, or opaque. https://html.spec.whatwg.org/multipage/browsers.html#origin
class Origin
{
public:
    /// Opaque: serialises as "null" and equals no other origin.
    Origin() = default;
    static Origin of(const Url &url);
    /// From "http://app.shop.test:3000"; opaque when that is no URL with an origin.
    static Origin parse(QByteArrayView text);

    QByteArray scheme;
    QByteArray host;
    /// Never 0 unless opaque: the scheme's default is filled in.
    int port = 0;

    bool isOpaque() const { return scheme.isEmpty(); }
    /// "http://app.shop.test:3000", without a default port; "null" when opaque.
    QByteArray serialize() const;
    bool sameOrigin(const Origin &other) const;
    friend bool operator==(const Origin &, const Origin &) = default;
};

/// How far apart two origins are, as Sec-Fetch-Site says it. Schemeful: http and https of one
/// domain are two sites. https://html.spec.whatwg.org/multipage/browsers.html#same-site
enum class SiteRelation { SameOrigin, SameSite, CrossSite };
SiteRelation siteRelation(const Origin &a, const Origin &b);
bool isSameSite(const Origin &a, const Origin &b);

/// The name under the public suffix ("shop.test" of "api.shop.test"); empty for an IP address, for
/// a single label and for a public suffix itself.
QByteArray registrableDomain(const QByteArray &host);
bool isPublicSuffix(const QByteArray &host);
bool isIpAddress(const QByteArray &host);
/// Scheme and registrable domain ("http://shop.test"), or scheme and host where there is none.
QByteArray siteOf(const Origin &origin);

/// localhost, *.localhost, 127.0.0.0/8 and [::1].
bool isLoopbackHost(const QByteArray &host);
/// https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy
bool isPotentiallyTrustworthy(const Origin &origin);

} // namespace rt
