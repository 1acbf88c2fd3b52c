// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/resourcepolicy.h"

namespace rt {

namespace {

/// Same site whatever the schemes, unless a page without TLS would read what came over TLS.
bool isSiteForPolicy(const Origin &page, Origin target)
{
    const bool downward = page.scheme == "https" || target.scheme != "https";
    target.scheme = page.scheme;
    return downward && isSameSite(page, target);
}

bool appliesTo(const Request &request)
{
    // A page with an embedder policy asks it of what it frames, too.
    const bool framed = request.destination == Destination::Iframe
        && request.client.embedderPolicy != EmbedderPolicy::UnsafeNone;
    return (request.mode == RequestMode::NoCors || framed) && !request.isSameOrigin();
}

/// Without a policy of its own the answer counts as same-origin.
bool defaultsToSameOrigin(const Request &request)
{
    return request.client.embedderPolicy == EmbedderPolicy::RequireCorp
        || request.destination == Destination::Iframe;
}

} // namespace

ResourcePolicyReason checkResourcePolicy(const Request &request, const HeaderList &responseHeaders)
{
    if (!appliesTo(request))
        return ResourcePolicyReason::Passed;
    const QByteArray policy = responseHeaders.get("Cross-Origin-Resource-Policy").value_or("");
    if (policy == "same-origin")
        return ResourcePolicyReason::NotSameOrigin;
    if (policy == "same-site")
        return isSiteForPolicy(request.client.origin, Origin::of(request.url))
            ? ResourcePolicyReason::Passed
            : ResourcePolicyReason::NotSameSite;
    if (policy == "cross-origin")
        return ResourcePolicyReason::Passed;
    // An unknown value counts as none.
    return defaultsToSameOrigin(request) ? ResourcePolicyReason::NotSameOriginAfterCoep
                                         : ResourcePolicyReason::Passed;
}

QByteArray resourcePolicyId(ResourcePolicyReason reason)
{
    switch (reason) {
    case ResourcePolicyReason::Passed:
        return "corp.Passed";
    case ResourcePolicyReason::NotSameOrigin:
    case ResourcePolicyReason::NotSameSite:
        return "corp.Blocked";
    case ResourcePolicyReason::NotSameOriginAfterCoep:
        return "coep.Blocked";
    }
    return {};
}

QByteArray resourcePolicyNetError(ResourcePolicyReason reason)
{
    switch (reason) {
    case ResourcePolicyReason::Passed:
        return {};
    case ResourcePolicyReason::NotSameOrigin:
        return "net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin";
    case ResourcePolicyReason::NotSameSite:
        return "net::ERR_BLOCKED_BY_RESPONSE.NotSameSite";
    case ResourcePolicyReason::NotSameOriginAfterCoep:
        return "net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep";
    }
    return {};
}

QByteArray resourcePolicyBlockedReason(ResourcePolicyReason reason)
{
    switch (reason) {
    case ResourcePolicyReason::Passed:
        return {};
    case ResourcePolicyReason::NotSameOrigin:
        return "corp-not-same-origin";
    case ResourcePolicyReason::NotSameSite:
        return "corp-not-same-site";
    case ResourcePolicyReason::NotSameOriginAfterCoep:
        return "corp-not-same-origin-after-defaulted-to-same-origin-by-coep";
    }
    return {};
}

QString resourcePolicySentence(ResourcePolicyReason reason)
{
    switch (reason) {
    case ResourcePolicyReason::Passed:
        return QStringLiteral("Cross-Origin-Resource-Policy does not object.");
    case ResourcePolicyReason::NotSameOrigin:
        return QStringLiteral(
            "Cross-Origin-Resource-Policy: same-origin keeps the answer from pages of "
            "other origins.");
    case ResourcePolicyReason::NotSameSite:
        return QStringLiteral(
            "Cross-Origin-Resource-Policy: same-site keeps the answer from pages of "
            "other sites.");
    case ResourcePolicyReason::NotSameOriginAfterCoep:
        return QStringLiteral(
            "The page asks for Cross-Origin-Embedder-Policy: require-corp and the "
            "answer has no Cross-Origin-Resource-Policy that lets it in.");
    }
    return {};
}

} // namespace rt
