// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/bodydecoder.h"
#include "browser/consolemessages.h"
#include "browser/fetchrun.h"
#include "browser/framing.h"
#include "browser/mimecheck.h"
#include "browser/mixedcontent.h"
#include "browser/opaqueresponse.h"
#include "browser/resourcepolicy.h"

using namespace Qt::StringLiterals;

namespace rt {

using StepOutcome = FetchStep::Outcome;

namespace {

CspUse cspUseOf(Destination destination)
{
    switch (destination) {
    case Destination::Script:
        return CspUse::Script;
    case Destination::Style:
        return CspUse::Style;
    case Destination::Image:
        return CspUse::Image;
    case Destination::Iframe:
        return CspUse::Frame;
    case Destination::Document:
        return CspUse::FormAction;
    case Destination::Empty:
    case Destination::WebSocket:
        break;
    }
    return CspUse::Connect;
}

} // namespace

void FetchRun::upgradeIfAsked()
{
    const bool wanted = m_request.client.upgradeInsecureRequests && m_request.url.scheme == "http"
        && !isPotentiallyTrustworthy(Origin::of(m_request.url))
        && (!m_request.isTopLevelNavigation() || m_request.isSameOrigin());
    if (!wanted)
        return;
    m_request.url.scheme = "https";
    if (m_request.url.port == defaultPort("https"))
        m_request.url.port = -1;
    m_request.corsFlag = m_request.mode == RequestMode::Cors && !m_request.isSameOrigin();
    addStep({"csp.UpgradeInsecureRequests",
             StepOutcome::Info,
             QStringLiteral("The page asks for upgrade-insecure-requests: http becomes https."),
             "Content-Security-Policy: upgrade-insecure-requests",
             u"Fetch, main fetch, step 5"_s,
             {}});
}

CspSubject FetchRun::cspSubject() const
{
    CspSubject subject;
    subject.use = cspUseOf(m_request.destination);
    subject.url = m_request.url;
    subject.self = m_request.client.origin;
    subject.redirected = m_request.redirectCount > 0;
    subject.nonce = m_request.nonce;
    return subject;
}

/// What the console says about the policies of one kind.
QStringList FetchRun::cspLines(bool reportOnly) const
{
    const CspSubject subject = cspSubject();
    CspSubject shown = subject;
    if (subject.use == CspUse::FormAction) // where a form is sent on to, its page does not learn
        shown.url = m_request.firstUrl;
    QStringList lines;
    for (const CspViolation &violation : cspViolations(m_request.client.policies, subject)) {
        if (violation.reportOnly() == reportOnly)
            lines.append(console::cspViolation(violation, shown));
    }
    return lines;
}

/// Chromium asks them before it upgrades anything, so that they hear of the address as written.
void FetchRun::hearReportOnlyPolicies()
{
    if (!m_request.isTopLevelNavigation() || m_request.isForm)
        m_result.console += cspLines(true);
}

bool FetchRun::blockedByCsp()
{
    if (m_request.isTopLevelNavigation() && !m_request.isForm)
        return false;
    const CspSubject subject = cspSubject();
    const bool form = subject.use == CspUse::FormAction;
    // Fetches and frames are checked twice, so report-only policies are heard twice.
    const bool checkedTwice = m_request.destination == Destination::Empty
        || m_request.destination == Destination::Iframe;
    if (checkedTwice && m_request.redirectCount == 0)
        m_result.console += cspLines(true);
    m_result.console += cspLines(false);
    const auto violations = cspViolations(m_request.client.policies, subject);
    if (!isBlockedByCsp(violations))
        return false;
    const CspViolation &violation
        = *std::find_if(violations.begin(), violations.end(),
                        [](const CspViolation &v) { return !v.reportOnly(); });
    m_result.directive = violation.effectiveDirective;
    addStep({"csp.Blocked",
             StepOutcome::Failed,
             QStringLiteral("The page's Content-Security-Policy does not allow %1.")
                 .arg(QString::fromLatin1(m_request.url.href())),
             "Content-Security-Policy: " + violation.text,
             u"CSP, should request be blocked"_s,
             {}});
    if (form)
        m_result.netError.clear(); // the page stays as it is
    else if (m_request.redirectCount > 0)
        m_result.netError = "net::ERR_ABORTED"; // the page gives up, not the network
    else if (m_request.destination == Destination::Empty)
        m_result.console.append(console::cspRefusedFetch(m_request.url));
    else if (m_request.destination == Destination::Iframe)
        m_result.netError = "net::ERR_BLOCKED_BY_CSP";
    else
        m_result.blockedReason = "csp";
    fail(FetchResult::Outcome::Blocked, "csp.Blocked", m_result.steps.back().sentence);
    return true;
}

bool FetchRun::blockedByModes()
{
    const bool cross = !m_request.isSameOrigin() && m_request.url.scheme != "data";
    if (!cross || m_request.isNavigation())
        return false;
    QString line;
    QByteArray reason;
    if (m_request.mode == RequestMode::SameOrigin && m_request.url.isHttpFamily()) {
        line = console::modeIsSameOrigin(m_request.url, m_request.client.origin.serialize());
        reason = "fetch.ModeIsSameOrigin";
    } else if (m_request.mode == RequestMode::NoCors
               && m_request.redirect != RedirectMode::Follow) {
        line = console::redirectModeInNoCors(m_request.url);
        reason = "fetch.RedirectModeInNoCors";
    } else {
        return false;
    }
    m_result.console.append(line);
    addStep({reason, StepOutcome::Failed, line, {}, u"Fetch, main fetch, step 12"_s, {}});
    fail(FetchResult::Outcome::Blocked, reason, line);
    return true;
}

/// Chromium differs: pictures of an https page are tried over https before anything is checked.
void FetchRun::upgradePicture()
{
    const MixedContentReason reason = checkMixedContent(m_request);
    const bool mixed
        = reason == MixedContentReason::Upgraded || reason == MixedContentReason::TrustworthyTarget;
    if (m_request.destination != Destination::Image || !mixed)
        return;
    const bool upgraded = reason == MixedContentReason::Upgraded;
    m_result.console.append(console::mixedPicture(m_request.client.url, m_request.url, upgraded));
    addStep({mixedContentId(reason),
             StepOutcome::Info,
             mixedContentSentence(reason, m_request.url),
             {},
             u"Mixed Content, section 4.1"_s,
             {}});
    if (upgraded)
        m_request.url.scheme = "https";
}

bool FetchRun::blockedByMixedContent()
{
    const MixedContentReason reason = checkMixedContent(m_request);
    if (reason == MixedContentReason::NotMixed || m_request.destination == Destination::Image)
        return false;
    const bool blocked = reason == MixedContentReason::Blocked;
    addStep({mixedContentId(reason),
             blocked ? StepOutcome::Failed : StepOutcome::Info,
             mixedContentSentence(reason, m_request.url),
             {},
             u"Mixed Content, section 4.4"_s,
             {}});
    if (reason == MixedContentReason::InsecureForm) {
        const Url &url = m_request.url;
        Url written = url;
        if (m_request.method == "GET")
            written.query.reset();
        m_result.console.append(console::mixedForm(m_request.client.url, written));
        m_result.console.append(console::mixedForm(m_request.client.url, url));
        m_result.netError = "net::ERR_BLOCKED_BY_CLIENT";
        m_result.blockedReason = "other";
        fail(FetchResult::Outcome::Blocked, mixedContentId(reason),
             mixedContentSentence(reason, url));
        return true;
    }
    if (!blocked)
        return false;
    m_result.console.append(
        console::mixedContent(m_request.client.url, m_request.url, m_request.destination));
    if (m_request.redirectCount > 0)
        m_result.netError = "net::ERR_ABORTED";
    else if (m_request.destination != Destination::Iframe)
        m_result.blockedReason = "mixed-content";
    fail(FetchResult::Outcome::Blocked, mixedContentId(reason), m_result.steps.back().sentence);
    return true;
}

/// Chromium checks it on redirects too.
bool FetchRun::resourcePolicyPasses()
{
    const ResourcePolicyReason reason = checkResourcePolicy(m_request, m_response.headers);
    if (reason == ResourcePolicyReason::Passed)
        return true;
    const auto policy = m_response.headers.get("Cross-Origin-Resource-Policy");
    const QString sentence = resourcePolicySentence(reason);
    addStep({resourcePolicyId(reason),
             StepOutcome::Failed,
             sentence,
             policy ? "Cross-Origin-Resource-Policy: " + *policy : QByteArray(),
             u"Fetch, cross-origin resource policy check"_s,
             {}});
    m_result.blockedReason = resourcePolicyBlockedReason(reason);
    if (m_request.isNavigation()) {
        m_result.netError = "net::ERR_BLOCKED_BY_RESPONSE";
    } else {
        m_result.netError = resourcePolicyNetError(reason);
        m_result.console.append(console::failedToLoad(m_result.netError));
    }
    fail(FetchResult::Outcome::Blocked, resourcePolicyId(reason), sentence);
    return false;
}

/// Looks at the bytes as the element would get them.
bool FetchRun::opaqueResponsePasses(const QByteArray &coded)
{
    const DecodedBody decoded = decodeContent(m_response.headers, coded);
    const OpaqueResponseReason reason = checkOpaqueResponse(m_request, m_response, decoded.body);
    if (reason == OpaqueResponseReason::NotOpaque)
        return true;
    const QByteArray type = responseMimeType(m_response.headers);
    const QString sentence = opaqueResponseSentence(reason, type);
    addStep({opaqueResponseId(reason),
             isBlocked(reason) ? StepOutcome::Failed : StepOutcome::Passed,
             sentence,
             type.isEmpty() ? QByteArray() : "Content-Type: " + type,
             u"Opaque response blocking"_s,
             {}});
    if (!isBlocked(reason))
        return true;
    m_result.netError = "net::ERR_BLOCKED_BY_ORB";
    fail(FetchResult::Outcome::Blocked, opaqueResponseId(reason), sentence);
    return false;
}

bool FetchRun::framingPasses()
{
    if (m_request.destination != Destination::Iframe)
        return true;
    const FramingDecision decision
        = checkFraming(m_request.url, m_response.headers, m_request.client);
    m_result.console.append(decision.console);
    const bool good = decision.reason == FramingReason::Allowed;
    const QString sentence = framingReasonSentence(decision.reason);
    addStep({framingReasonId(decision.reason),
             good ? StepOutcome::Passed : StepOutcome::Failed,
             sentence,
             decision.evidence,
             u"HTML, navigation response's adherence to X-Frame-Options"_s,
             {}});
    if (good)
        return true;
    m_result.netError = "net::ERR_BLOCKED_BY_RESPONSE";
    m_result.blockedReason = framingBlockedReason(decision.reason);
    fail(FetchResult::Outcome::Blocked, framingReasonId(decision.reason), sentence);
    return false;
}

} // namespace rt
