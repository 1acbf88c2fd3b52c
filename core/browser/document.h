// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/csp.h"
#include "browser/origin.h"
#include "browser/referrer.h"
#include "http/message.h"

#include <vector>

namespace rt {

/// https://html.spec.whatwg.org/multipage/browsers.html#embedder-policy-value
enum class EmbedderPolicy { UnsafeNone, RequireCorp, Credentialless };
/// What Cross-Origin-Embedder-Policy asks for; plain http is not heard.
EmbedderPolicy embedderPolicyOf(const Origin &origin, const HeaderList &headers);

/// The page calls are made from: what its response said about the requests it may make. No scripts,
/// no tree.
struct Document
{
    Url url;
    Origin origin;
    ReferrerPolicy referrerPolicy = ReferrerPolicy::Default;
    std::vector<CspPolicy> policies;
    EmbedderPolicy embedderPolicy = EmbedderPolicy::UnsafeNone;
    bool upgradeInsecureRequests = false;

    /// Loaded over https: http sub-resources are mixed content.
    bool isSecure() const { return url.scheme == "https"; }
    /// Schemeful site, the first half of the keys of cookies and preflight cache.
    QByteArray topLevelSite() const { return siteOf(origin); }
    /// A page without any policy headers.
    static Document blank(const Url &url);
    static Document fromResponse(const Url &url, const ResponseHead &head);
};

} // namespace rt
