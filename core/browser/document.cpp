// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/document.h"

#include "browser/fieldvalue.h"

namespace rt {

/// The token of a structured-field item, parameters left out (RFC 8941 §3.3.4).
EmbedderPolicy embedderPolicyOf(const Origin &origin, const HeaderList &headers)
{
    if (!isPotentiallyTrustworthy(origin))
        return EmbedderPolicy::UnsafeNone;
    const QByteArray value = headers.get("Cross-Origin-Embedder-Policy").value_or("");
    const qsizetype end = value.indexOf(';');
    const QByteArrayView token = trimBlanks(end < 0 ? value : QByteArrayView(value).first(end));
    if (token == "require-corp")
        return EmbedderPolicy::RequireCorp;
    return token == "credentialless" ? EmbedderPolicy::Credentialless : EmbedderPolicy::UnsafeNone;
}

Document Document::blank(const Url &url)
{
    Document document;
    document.url = url;
    document.origin = Origin::of(url);
    return document;
}

Document Document::fromResponse(const Url &url, const ResponseHead &head)
{
    Document document = blank(url);
    const QByteArray policy = head.headers.get("Referrer-Policy").value_or("");
    document.referrerPolicy = parseReferrerPolicyHeader(policy).value_or(ReferrerPolicy::Default);
    document.policies = parsePolicies(head.headers);
    document.embedderPolicy = embedderPolicyOf(document.origin, head.headers);
    for (const CspPolicy &csp : document.policies) {
        if (!csp.reportOnly && csp.find("upgrade-insecure-requests"))
            document.upgradeInsecureRequests = true;
    }
    return document;
}

} // namespace rt
