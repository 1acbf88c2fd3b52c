// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/referrer.h"

#include "browser/fieldvalue.h"
#include "browser/origin.h"

namespace rt {

namespace {

constexpr qsizetype maximumReferrerLength = 4096;

struct PolicyRow
{
    ReferrerPolicy policy;
    const char *name;
};

constexpr PolicyRow rows[] = {
    {ReferrerPolicy::Default, ""},
    {ReferrerPolicy::NoReferrer, "no-referrer"},
    {ReferrerPolicy::NoReferrerWhenDowngrade, "no-referrer-when-downgrade"},
    {ReferrerPolicy::SameOrigin, "same-origin"},
    {ReferrerPolicy::Origin, "origin"},
    {ReferrerPolicy::StrictOrigin, "strict-origin"},
    {ReferrerPolicy::OriginWhenCrossOrigin, "origin-when-cross-origin"},
    {ReferrerPolicy::StrictOriginWhenCrossOrigin, "strict-origin-when-cross-origin"},
    {ReferrerPolicy::UnsafeUrl, "unsafe-url"},
};

/// How much the policy lets out, without regard to the length of the URL.
ReferrerReason reasonFor(ReferrerPolicy policy, const Url &referrer, const Url &target)
{
    const bool sameOrigin = Origin::of(referrer).sameOrigin(Origin::of(target));
    // Chromium differs: the scheme alone decides, so http://localhost is a downgrade, too.
    const bool downgrade = referrer.scheme == "https" && target.scheme != "https";
    switch (policy) {
    case ReferrerPolicy::NoReferrer:
        return ReferrerReason::NoneByPolicy;
    case ReferrerPolicy::NoReferrerWhenDowngrade:
        return downgrade ? ReferrerReason::NoneOnDowngrade : ReferrerReason::Full;
    case ReferrerPolicy::SameOrigin:
        return sameOrigin ? ReferrerReason::Full : ReferrerReason::NoneCrossOrigin;
    case ReferrerPolicy::Origin:
        return ReferrerReason::OriginOnly;
    case ReferrerPolicy::StrictOrigin:
        return downgrade ? ReferrerReason::NoneOnDowngrade : ReferrerReason::OriginOnly;
    case ReferrerPolicy::OriginWhenCrossOrigin:
        return sameOrigin ? ReferrerReason::Full : ReferrerReason::OriginOnly;
    case ReferrerPolicy::Default:
    case ReferrerPolicy::StrictOriginWhenCrossOrigin:
        if (sameOrigin)
            return ReferrerReason::Full;
        return downgrade ? ReferrerReason::NoneOnDowngrade : ReferrerReason::OriginOnly;
    case ReferrerPolicy::UnsafeUrl:
        return ReferrerReason::Full;
    }
    return ReferrerReason::NoneByPolicy;
}

} // namespace

std::optional<ReferrerPolicy> referrerPolicyNamed(QByteArrayView name)
{
    for (const PolicyRow &row : rows) {
        if (name == row.name)
            return row.policy;
    }
    return std::nullopt;
}

QByteArray referrerPolicyName(ReferrerPolicy policy)
{
    for (const PolicyRow &row : rows) {
        if (row.policy == policy)
            return row.name;
    }
    return {};
}

std::optional<ReferrerPolicy> parseReferrerPolicyHeader(QByteArrayView value)
{
    std::optional<ReferrerPolicy> last;
    for (const QByteArray &word : value.toByteArray().split(',')) {
        const auto policy = referrerPolicyNamed(trimBlanks(word).toByteArray().toLower());
        if (policy && *policy != ReferrerPolicy::Default)
            last = policy;
    }
    return last;
}

ReferrerDecision determineReferrer(ReferrerPolicy policy, QByteArrayView referrer,
                                   const Url &target)
{
    auto url = parseUrl(referrer);
    if (!url || !url->isHttpFamily())
        return {};
    url->username.clear();
    url->password.clear();
    const QByteArray full = url->href(false);
    ReferrerReason reason = reasonFor(policy, *url, target);
    if (reason == ReferrerReason::Full && full.size() > maximumReferrerLength)
        reason = ReferrerReason::OriginOnly;
    if (reason == ReferrerReason::Full)
        return {reason, full};
    if (reason == ReferrerReason::OriginOnly)
        return {reason, url->origin() + '/'};
    return {reason, {}};
}

QByteArray referrerReasonId(ReferrerReason reason)
{
    switch (reason) {
    case ReferrerReason::Full:
        return "referrer.Full";
    case ReferrerReason::OriginOnly:
        return "referrer.OriginOnly";
    case ReferrerReason::NoneByPolicy:
        return "referrer.NoneByPolicy";
    case ReferrerReason::NoneOnDowngrade:
        return "referrer.NoneOnDowngrade";
    case ReferrerReason::NoneCrossOrigin:
        return "referrer.NoneCrossOrigin";
    case ReferrerReason::NoReferrer:
        return "referrer.NoReferrer";
    }
    return {};
}

QString referrerSentence(const ReferrerDecision &decision, ReferrerPolicy policy)
{
    const QString name = policy == ReferrerPolicy::Default
        ? QStringLiteral("strict-origin-when-cross-origin (the default)")
        : QString::fromLatin1(referrerPolicyName(policy));
    switch (decision.reason) {
    case ReferrerReason::Full:
        return QStringLiteral("Policy %1: the whole address goes into Referer.").arg(name);
    case ReferrerReason::OriginOnly:
        return QStringLiteral("Policy %1: only the page's origin goes into Referer.").arg(name);
    case ReferrerReason::NoneByPolicy:
        return QStringLiteral("Policy %1: no Referer.").arg(name);
    case ReferrerReason::NoneOnDowngrade:
        return QStringLiteral("Policy %1: no Referer from https to http.").arg(name);
    case ReferrerReason::NoneCrossOrigin:
        return QStringLiteral("Policy %1: no Referer to another origin.").arg(name);
    case ReferrerReason::NoReferrer:
        return QStringLiteral("There is no referrer to send.");
    }
    return {};
}

} // namespace rt
