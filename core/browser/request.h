// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/document.h"
#include "browser/fetchrequest.h"

namespace rt {

/// https://fetch.spec.whatwg.org/#concept-request-destination, the ones the lab meets.
enum class Destination { Empty, Document, Iframe, Image, Script, Style, WebSocket };
/// "empty", "document" ...: as Sec-Fetch-Dest has it.
QByteArray destinationName(Destination destination);
/// "cors", "no-cors" ...
QByteArray modeName(RequestMode mode);
QByteArray credentialsName(CredentialsMode credentials);

/// A request on its way through fetching. https://fetch.spec.whatwg.org/#concept-request
struct Request
{
    /// Where it goes now.
    Url url;
    /// Where it went first.
    Url firstUrl;
    QByteArray method = "GET";
    /// What script set, as far as it may, and the type of the body.
    HeaderList headers;
    QByteArray body;
    bool hasBody = false;
    /// A body that is read while it is sent; HTTP/1.1 has no way for it.
    bool streamBody = false;
    RequestMode mode = RequestMode::Cors;
    CredentialsMode credentials = CredentialsMode::SameOrigin;
    RedirectMode redirect = RedirectMode::Follow;
    CacheMode cache = CacheMode::Default;
    Destination destination = Destination::Empty;
    QByteArray integrity;
    /// Of the element that asks, for CSP.
    QByteArray nonce;
    /// The page it is made from.
    Document client;
    /// Nobody's: a typed address, a raw request.
    bool hasInitiator = true;
    /// An element asked with crossorigin.
    bool crossOriginAttribute = false;
    /// A form is submitted: form-action speaks, and a plain http target is told on.
    bool isForm = false;
    /// A user gesture started the navigation.
    bool userActivation = false;
    /// What Referer will say; each hop may only cut it further. Empty when there is none.
    QByteArray referrer;
    ReferrerPolicy referrerPolicy = ReferrerPolicy::Default;

    /// Set by redirects.
    int redirectCount = 0;
    bool tainted = false;
    /// The CORS protocol is on; once on it stays.
    bool corsFlag = false;
    /// The farthest the chain of addresses has been from the page.
    SiteRelation farthest = SiteRelation::SameOrigin;

    bool isNavigation() const
    {
        return destination == Destination::Document || destination == Destination::Iframe;
    }
    bool isTopLevelNavigation() const { return destination == Destination::Document; }
    bool isSameOrigin() const { return client.origin.sameOrigin(Origin::of(url)); }
    /// The Origin header and the CORS check go by this.
    QByteArray serializedOrigin() const
    {
        return tainted ? QByteArray("null") : client.origin.serialize();
    }
    /// https://fetch.spec.whatwg.org/#cors-check reads it as "credentials mode is include"; cookies
    /// go by this: include, or same-origin at home.
    bool includesCredentials() const;
};

} // namespace rt
