// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/url.h"

#include <QString>

#include <optional>

namespace rt {

/// https://w3c.github.io/webappsec-referrer-policy/#referrer-policies
enum class ReferrerPolicy {
    Default,
    NoReferrer,
    NoReferrerWhenDowngrade,
    SameOrigin,
    Origin,
    StrictOrigin,
    OriginWhenCrossOrigin,
    StrictOriginWhenCrossOrigin,
    UnsafeUrl,
};

/// "" is the default; nothing when the word is none of the policies. Compared with case.
std::optional<ReferrerPolicy> referrerPolicyNamed(QByteArrayView name);
QByteArray referrerPolicyName(ReferrerPolicy policy);
/// The last known word of a Referrer-Policy header, in any case; nothing when none is known.
std::optional<ReferrerPolicy> parseReferrerPolicyHeader(QByteArrayView value);

/// What of the referrer goes into the Referer header, and why.
enum class ReferrerReason {
    Full,
    OriginOnly,
    NoneByPolicy,
    NoneOnDowngrade,
    NoneCrossOrigin,
    NoReferrer
};
struct ReferrerDecision
{
    ReferrerReason reason = ReferrerReason::NoReferrer;
    /// Empty: no header.
    QByteArray value;
};
/// https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer; an empty
/// `referrer` stays empty. Chromium: a URL of more than 4096 characters is cut to its origin.
ReferrerDecision determineReferrer(ReferrerPolicy policy, QByteArrayView referrer,
                                   const Url &target);
/// "referrer.OriginOnly"
QByteArray referrerReasonId(ReferrerReason reason);
QString referrerSentence(const ReferrerDecision &decision, ReferrerPolicy policy);

} // namespace rt
