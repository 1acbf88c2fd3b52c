// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/bodydecoder.h"
#include "browser/consolemessages.h"
#include "browser/fetchrun.h"
#include "browser/integrity.h"

using namespace Qt::StringLiterals;

namespace rt {

using StepOutcome = FetchStep::Outcome;

void FetchRun::answered(TransportResponse &response)
{
    noteExchange(response);
    if (response.failure) {
        failNetwork(failureId(*response.failure), response.netError, response.sentence);
        return;
    }
    m_response = response.head;
    if (m_request.includesCredentials() && !m_answeredByCache)
        storeCookies();
    mergeNotModified(response);
    dropFromCache(); // what is new comes in when it has passed
    if (response.head.status == 407) {
        failNetwork("net.UnexpectedProxyAuth", "net::ERR_UNEXPECTED_PROXY_AUTH",
                    QStringLiteral("Status 407 comes from a proxy, and there is none."));
        return;
    }
    if (!resourcePolicyPasses())
        return;
    const RedirectDecision redirect = decideRedirect(m_request, response.head);
    if (redirect.reason == RedirectReason::Follow || redirect.reason == RedirectReason::Manual)
        keepInCache(response);
    if (redirect.reason == RedirectReason::NoRedirect)
        checkResponse(response);
    else
        handleRedirect(redirect);
    m_decisions = nullptr;
}

/// Every answer may set cookies, a redirect and one that then fails the CORS check too.
void FetchRun::storeCookies()
{
    const CookieAccess access = cookieAccess(true);
    for (const QByteArray &line : m_response.headers.all("Set-Cookie")) {
        const auto outcome = m_services.cookies.set(line, access);
        if (outcome.reasons.empty())
            continue;
        CookieNote note;
        note.name = outcome.cookie.name;
        note.domain = outcome.cookie.domain;
        note.path = outcome.cookie.path;
        note.line = line;
        for (const CookieReason reason : outcome.reasons) {
            const QByteArray name = chromiumCookieReason(reason);
            if (!name.isEmpty())
                note.chromiumReasons.append(name);
        }
        std::sort(note.chromiumReasons.begin(), note.chromiumReasons.end());
        const CookieReason first = outcome.reasons.front();
        note.reason = cookieReasonWord(first);
        note.sentence = cookieReasonSentence(first, outcome.cookie);
        addStep({cookieReasonId(first),
                 StepOutcome::Failed,
                 note.sentence,
                 "Set-Cookie: " + line,
                 u"RFC 6265bis §5.7"_s,
                 {}});
        m_result.rejected.push_back(std::move(note));
    }
}

void FetchRun::handleRedirect(const RedirectDecision &decision)
{
    const QByteArray evidence = "Location: " + m_response.headers.first("Location").value_or("");
    const QString sentence = redirectSentence(decision, m_response);
    const bool goesOn
        = decision.reason == RedirectReason::Follow || decision.reason == RedirectReason::Manual;
    if (decision.reason != RedirectReason::CorsCheckFailed)
        addStep({redirectReasonId(decision.reason),
                 goesOn ? StepOutcome::Info : StepOutcome::Failed,
                 sentence,
                 evidence,
                 u"Fetch, HTTP-redirect fetch"_s,
                 {}});
    switch (decision.reason) {
    case RedirectReason::NoRedirect:
        return;
    case RedirectReason::Follow:
        follow(*decision.location);
        return;
    case RedirectReason::Manual:
        m_type = ResponseType::OpaqueRedirect;
        deliver();
        return;
    case RedirectReason::CorsCheckFailed:
        failCors(decision.cors, false);
        return;
    case RedirectReason::DisabledScheme:
        m_request.url = *decision.location;
        ++m_request.redirectCount;
        failCors({CorsReason::DisabledScheme, {}, evidence, u"Fetch, HTTP-redirect fetch"_s},
                 false);
        return;
    case RedirectReason::CredentialsInLocation:
        failCors({CorsReason::RedirectContainsCredentials,
                  {},
                  evidence,
                  u"Fetch, HTTP-redirect fetch, step 8"_s},
                 false);
        return;
    case RedirectReason::LeavesOrigin:
        m_result.console.append(console::leavesOrigin(*decision.location, m_request.client.url));
        break;
    case RedirectReason::UserInfoAtHome:
        break;
    case RedirectReason::ModeIsError:
    case RedirectReason::UnsafeScheme:
    case RedirectReason::InvalidLocation:
    case RedirectReason::TooMany:
        m_result.console.append(console::failedToLoad(redirectNetError(decision.reason)));
        break;
    }
    m_result.netError = redirectNetError(decision.reason);
    fail(FetchResult::Outcome::Blocked, redirectReasonId(decision.reason), sentence);
}

void FetchRun::follow(const Url &location)
{
    m_request = redirected(m_request, m_response, location);
    m_result.method = m_request.method;
    if (m_request.tainted)
        addStep({"redirect.Tainted",
                 StepOutcome::Info,
                 QStringLiteral("The chain passed through a third origin, so Origin becomes null."),
                 {},
                 u"Fetch, HTTP-redirect fetch, step 13"_s,
                 {}});
    m_decisions = nullptr;
    later(&FetchRun::mainFetch);
}

void FetchRun::checkResponse(TransportResponse &response)
{
    if (m_request.corsFlag && !corsCheckPasses())
        return;
    m_socket = std::move(response.socket);
    m_rest = response.rest;
    m_type = responseType();
    if (!opaqueResponsePasses(response.body) || !framingPasses())
        return;
    // A frame of another site complains in its own process.
    const bool elsewhere = m_request.destination == Destination::Iframe
        && !isSameSite(m_request.client.origin, Origin::of(m_request.url));
    if (m_response.status >= 400 && !elsewhere)
        m_result.console.append(console::badStatus(m_response.status, m_response.reasonPhrase));
    if (!response.bodyError.isEmpty()) {
        failNetwork("body.Incomplete", response.bodyError,
                    QStringLiteral("The connection ended before the body was whole."));
        return;
    }
    keepInCache(response);
    if (decodeBody(response.body) && integrityPasses())
        deliver();
}

bool FetchRun::corsCheckPasses()
{
    const CorsVerdict verdict
        = corsCheck(m_request.serializedOrigin(), m_request.credentials, m_response.headers);
    if (!verdict.passed()) {
        failCors(verdict, false);
        return false;
    }
    addStep({corsReasonId(verdict.reason),
             StepOutcome::Passed,
             corsSentence(verdict, m_request.serializedOrigin()),
             verdict.evidence,
             verdict.source,
             {}});
    return true;
}

ResponseType FetchRun::responseType() const
{
    if (m_request.corsFlag)
        return ResponseType::Cors;
    const bool opaque
        = m_request.mode == RequestMode::NoCors && (m_request.tainted || !m_request.isSameOrigin());
    return opaque ? ResponseType::Opaque : ResponseType::Basic;
}

bool FetchRun::decodeBody(const QByteArray &coded)
{
    const DecodedBody decoded = decodeContent(m_response.headers, coded);
    m_body = decoded.body;
    if (decoded.reason == DecodeReason::Identity)
        return true;
    const bool good = decoded.reason == DecodeReason::Decoded;
    const QByteArray evidence
        = "Content-Encoding: " + m_response.headers.get("Content-Encoding").value_or("");
    const QString sentence = decodeSentence(decoded);
    if (good) {
        addStep({decodeReasonId(decoded.reason),
                 StepOutcome::Passed,
                 sentence,
                 evidence,
                 u"RFC 9110 §8.4"_s,
                 {}});
        return true;
    }
    m_result.netError = "net::ERR_CONTENT_DECODING_FAILED";
    m_result.console.append(console::failedToLoad(m_result.netError));
    addStep({decodeReasonId(decoded.reason),
             StepOutcome::Failed,
             sentence,
             evidence,
             u"RFC 9110 §8.4"_s,
             {}});
    fail(FetchResult::Outcome::Failed, decodeReasonId(decoded.reason), sentence);
    return false;
}

bool FetchRun::integrityPasses()
{
    if (m_request.integrity.isEmpty())
        return true;
    const IntegrityReason reason = checkIntegrity(m_request.integrity, m_body, m_type);
    const bool good = reason == IntegrityReason::Matches || reason == IntegrityReason::NoKnownHash;
    const QString sentence = integritySentence(reason);
    addStep({integrityReasonId(reason),
             good ? StepOutcome::Passed : StepOutcome::Failed,
             sentence,
             {},
             u"Subresource Integrity, section 3.3"_s,
             {}});
    if (good)
        return true;
    m_result.console.append(reason == IntegrityReason::NotEligible
                                ? console::integrityNotEligible(m_request.url)
                                : console::integrityMismatch(m_request.url, sha256Base64(m_body)));
    if (m_request.destination == Destination::Empty)
        m_result.console.append(console::integrityFailed(m_request.url));
    fail(FetchResult::Outcome::Blocked, integrityReasonId(reason), sentence);
    return false;
}

/// https://fetch.spec.whatwg.org/#concept-filtered-response
void FetchRun::deliver()
{
    m_result.outcome = FetchResult::Outcome::Ok;
    m_result.readable = m_type == ResponseType::Basic || m_type == ResponseType::Cors;
    if (m_type == ResponseType::OpaqueRedirect)
        m_result.url = m_request.url.href(false);
    if (m_result.readable) {
        m_result.status = m_response.status;
        m_result.statusText = m_response.reasonPhrase;
        m_result.url = m_request.url.href(false);
        m_result.redirected = m_request.redirectCount > 0;
        m_result.headers = readableHeaders(m_type, m_response.headers, m_request.credentials);
        m_result.body = m_body;
    }
    addStep({"response." + responseTypeName(m_type),
             StepOutcome::Info,
             m_result.readable
                 ? QStringLiteral("Script may read the answer (type %1).")
                       .arg(QString::fromLatin1(responseTypeName(m_type)))
                 : QStringLiteral("Script learns nothing but that there was an answer "
                                  "(type %1).")
                       .arg(QString::fromLatin1(responseTypeName(m_type))),
             {},
             u"Fetch, filtered response"_s,
             {}});
    finish();
}

} // namespace rt
