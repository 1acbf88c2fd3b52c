// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/headerlist.h"

#include <QMetaType>

#include <optional>

namespace rt {

enum class RequestMode { Cors, NoCors, SameOrigin, Navigate };
enum class CredentialsMode { Omit, SameOrigin, Include };
enum class RedirectMode { Follow, Error, Manual };
enum class CacheMode { Default, NoStore, Reload, NoCache, ForceCache, OnlyIfCached };

/// What script hands to fetch(), or curl to its command line. Everything the browser adds is not
/// in here. https://fetch.spec.whatwg.org/#requests
struct FetchRequest
{
    /// fetch, form, navigate, img, script, style, iframe or raw.
    QByteArray api = "fetch";
    /// Page the call is made from, for example "http://app.shop.test:3000"; empty for raw.
    QByteArray page;
    /// Absolute, or relative to the page.
    QByteArray url;
    QByteArray method = "GET";
    HeaderList headers;
    QByteArray body;
    bool hasBody = false;
    /// Content-Type implied by the kind of body, used when the headers name none
    /// ("text/plain;charset=UTF-8").
    QByteArray bodyType;
    RequestMode mode = RequestMode::Cors;
    CredentialsMode credentials = CredentialsMode::SameOrigin;
    RedirectMode redirect = RedirectMode::Follow;
    CacheMode cache = CacheMode::Default;
    QByteArray referrer = "about:client";
    QByteArray referrerPolicy;
    /// Subresource integrity: "sha256-…".
    QByteArray integrity;
    /// Attributes of an element (img, script, style, iframe).
    std::optional<QByteArray> crossOrigin;
    QByteArray elementType;
    QByteArray nonce;
    /// The body is a stream that is read while it is sent.
    bool streamBody = false;
};

} // namespace rt
