// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/framing.h"

#include "browser/consolemessages.h"
#include "browser/fieldvalue.h"

namespace rt {

namespace {

enum class FrameOption { None, Deny, SameOrigin, AllowAll, Invalid, Conflict };

FrameOption frameOptionNamed(QByteArrayView value)
{
    if (equalsIgnoringCase(value, "deny"))
        return FrameOption::Deny;
    if (equalsIgnoringCase(value, "sameorigin"))
        return FrameOption::SameOrigin;
    return equalsIgnoringCase(value, "allowall") ? FrameOption::AllowAll : FrameOption::Invalid;
}

/// All members of all fields must say the same.
FrameOption frameOption(const HeaderList &headers)
{
    FrameOption option = FrameOption::None;
    for (const QByteArray &field : headers.all("X-Frame-Options")) {
        for (const QByteArray &member : field.split(',')) {
            const FrameOption one = frameOptionNamed(trimBlanks(member));
            if (option != FrameOption::None && option != one)
                return FrameOption::Conflict;
            option = one;
        }
    }
    return option;
}

void checkFrameOptions(const Url &target, const HeaderList &headers, const Document &parent,
                       FramingDecision &decision)
{
    const QByteArray value = headers.get("X-Frame-Options").value_or("");
    const FrameOption option = frameOption(headers);
    switch (option) {
    case FrameOption::None:
    case FrameOption::AllowAll:
        return;
    case FrameOption::Invalid:
        if (isSameSite(parent.origin, Origin::of(target)))
            decision.console.append(console::invalidFrameOption(target, value));
        return;
    case FrameOption::SameOrigin:
        if (parent.origin.sameOrigin(Origin::of(target)))
            return;
        decision.reason = FramingReason::XFrameOptionsSameOrigin;
        break;
    case FrameOption::Deny:
        decision.reason = FramingReason::XFrameOptionsDeny;
        break;
    case FrameOption::Conflict:
        decision.reason = FramingReason::XFrameOptionsConflict;
        break;
    }
    decision.evidence = "X-Frame-Options: " + value;
    // Said in the frame, which lives in another process when its site is another.
    if (!isSameSite(parent.origin, Origin::of(target)))
        return;
    decision.console.append(
        option == FrameOption::Conflict
            ? console::conflictingFrameOptions(target, value)
            : console::refusedFrame(target, option == FrameOption::Deny ? "deny" : "sameorigin"));
}

void checkFrameAncestors(const std::vector<CspPolicy> &policies, const Url &target,
                         const Document &parent, FramingDecision &decision)
{
    CspSubject subject;
    subject.use = CspUse::FrameAncestors;
    subject.url = parent.url;
    subject.self = Origin::of(target);
    const auto violations = cspViolations(policies, subject);
    for (const CspViolation &violation : violations) {
        decision.console.append(console::cspViolation(violation, subject));
        if (violation.reportOnly() || decision.reason != FramingReason::Allowed)
            continue;
        decision.reason = FramingReason::FrameAncestors;
        decision.evidence = "Content-Security-Policy: " + violation.text;
    }
}

bool hasEnforcedFrameAncestors(const std::vector<CspPolicy> &policies)
{
    return std::any_of(policies.begin(), policies.end(), [](const CspPolicy &policy) {
        return !policy.reportOnly && policy.find("frame-ancestors");
    });
}

} // namespace

FramingDecision checkFraming(const Url &target, const HeaderList &headers, const Document &parent)
{
    FramingDecision decision;
    const auto policies = parsePolicies(headers);
    checkFrameAncestors(policies, target, parent, decision);
    if (!hasEnforcedFrameAncestors(policies))
        checkFrameOptions(target, headers, parent, decision);
    if (decision.reason != FramingReason::Allowed)
        return decision;
    const bool embedderPolicy
        = embedderPolicyOf(Origin::of(target), headers) != EmbedderPolicy::UnsafeNone;
    if (parent.embedderPolicy != EmbedderPolicy::UnsafeNone && !embedderPolicy)
        decision.reason = FramingReason::EmbedderPolicyMissing;
    return decision;
}

QByteArray framingReasonId(FramingReason reason)
{
    switch (reason) {
    case FramingReason::Allowed:
        return "frame.Allowed";
    case FramingReason::XFrameOptionsDeny:
    case FramingReason::XFrameOptionsSameOrigin:
    case FramingReason::XFrameOptionsConflict:
    case FramingReason::FrameAncestors:
        return "frame.Refused";
    case FramingReason::EmbedderPolicyMissing:
        return "coep.Blocked";
    }
    return {};
}

QByteArray framingBlockedReason(FramingReason reason)
{
    if (reason == FramingReason::Allowed)
        return {};
    return reason == FramingReason::EmbedderPolicyMissing ? "coep-frame-resource-needs-coep-header"
                                                          : "other";
}

QString framingReasonSentence(FramingReason reason)
{
    switch (reason) {
    case FramingReason::Allowed:
        return QStringLiteral("The answer may be shown in this page's frame.");
    case FramingReason::XFrameOptionsDeny:
        return QStringLiteral("X-Frame-Options: DENY keeps the answer out of every frame.");
    case FramingReason::XFrameOptionsSameOrigin:
        return QStringLiteral(
            "X-Frame-Options: SAMEORIGIN keeps the answer out of frames of other origins.");
    case FramingReason::XFrameOptionsConflict:
        return QStringLiteral(
            "X-Frame-Options says two different things; the browser then reads DENY.");
    case FramingReason::FrameAncestors:
        return QStringLiteral("frame-ancestors does not name this page's origin.");
    case FramingReason::EmbedderPolicyMissing:
        return QStringLiteral("The page asks for Cross-Origin-Embedder-Policy; what it frames must "
                              "ask for it too.");
    }
    return {};
}

} // namespace rt
