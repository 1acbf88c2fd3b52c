// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/fetchrun.h"

#include "browser/consolemessages.h"
#include "browser/requestheaders.h"
#include "http/mediatype.h"

using namespace Qt::StringLiterals;

namespace rt {

namespace {

using StepOutcome = FetchStep::Outcome;

} // namespace

FetchRun::FetchRun(FetchServices &services, Request request, quint64 call, Finished finished,
                   QObject *parent)
    : QObject(parent), m_services(services), m_request(std::move(request)),
      m_finished(std::move(finished))
{
    m_result.call = call;
    m_result.method = m_request.method;
    m_result.crossOrigin = !m_request.isSameOrigin();
    m_result.crossSite = !isSameSite(m_request.client.origin, Origin::of(m_request.url));
}

void FetchRun::start()
{
    later(&FetchRun::mainFetch);
}

void FetchRun::later(void (FetchRun::*step)())
{
    QMetaObject::invokeMethod(
        this,
        [this, step] {
            if (!m_done)
                (this->*step)();
        },
        Qt::QueuedConnection);
}

void FetchRun::cancel()
{
    if (m_done)
        return;
    if (m_transportId)
        m_services.transport.cancel(m_transportId);
    m_result.exception = QStringLiteral("AbortError: The user aborted a request.");
    m_result.reason = "fetch.Aborted";
    m_result.outcome = FetchResult::Outcome::Aborted;
    finish();
}

void FetchRun::addStep(FetchStep step)
{
    step.exchange = m_exchange;
    if (m_decisions)
        m_decisions->push_back({step.id, step.sentence});
    m_result.steps.push_back(std::move(step));
}

/// https://fetch.spec.whatwg.org/#concept-main-fetch
void FetchRun::mainFetch()
{
    hearReportOnlyPolicies();
    upgradeIfAsked();
    upgradePicture();
    if (blockedByCsp() || blockedByModes())
        return;
    if (m_request.url.scheme == "data" && m_request.destination == Destination::Empty) {
        answerDataUrl();
        return;
    }
    if (!m_request.url.isHttpFamily()) {
        m_result.console.append(console::schemeNotSupported(m_request.url));
        fail(FetchResult::Outcome::Failed, "fetch.SchemeNotSupported",
             QStringLiteral("fetch() knows http, https and data; %1 is none of them.")
                 .arg(QString::fromLatin1(m_request.url.scheme)));
        return;
    }
    if (blockedByMixedContent())
        return;
    httpFetch();
}

/// https://fetch.spec.whatwg.org/#data-urls
void FetchRun::answerDataUrl()
{
    const QByteArray text = m_request.url.href(false).mid(5);
    const qsizetype comma = text.indexOf(',');
    if (comma < 0) {
        failNetwork("fetch.InvalidDataUrl", "net::ERR_INVALID_URL",
                    QStringLiteral("The data: URL has no comma."));
        return;
    }
    QByteArray type = text.left(comma).trimmed();
    m_body = percentDecode(text.mid(comma + 1));
    if (type.toLower().endsWith(";base64")) {
        type.chop(7);
        m_body = QByteArray::fromBase64(m_body);
    }
    if (type.startsWith(';'))
        type.prepend("text/plain");
    m_response.status = 200;
    m_response.reasonPhrase = "OK";
    m_response.headers.append(
        "Content-Type", parseMimeType(type) ? type : QByteArray("text/plain;charset=US-ASCII"));
    if (m_request.method == "HEAD")
        m_body.clear();
    m_type = ResponseType::Basic;
    deliver();
}

/// https://fetch.spec.whatwg.org/#http-fetch
void FetchRun::httpFetch()
{
    m_exchange.reset();
    PreflightQuestion question;
    if (m_request.corsFlag)
        question = preflightQuestion(m_request.method, m_request.headers);
    question.checkOrder = pageHeaderOrder(m_request);
    if (m_request.corsFlag && m_request.streamBody && !question.needed())
        question.need = PreflightNeed::Method;
    if (!question.needed()) {
        if (m_request.corsFlag)
            addStep({preflightNeedId(question.need),
                     StepOutcome::Info,
                     preflightNeedSentence(question),
                     {},
                     u"Fetch, main fetch, step 12"_s,
                     {}});
        sendRequest();
        return;
    }
    addStep({preflightNeedId(question.need),
             StepOutcome::Info,
             preflightNeedSentence(question),
             {},
             u"Fetch, main fetch, step 12"_s,
             {}});
    PreflightCache::Answer answer;
    if (mayUsePreflightCache())
        answer = m_services.preflightCache.lookup(preflightKey(), question, m_request.credentials);
    if (!answer.hit()) {
        sendPreflight(question);
        return;
    }
    if (m_result.preflight == FetchResult::Preflight::None) {
        m_result.preflight = FetchResult::Preflight::Cached;
        m_result.cacheSecondsLeft = answer.secondsLeft;
    }
    addStep({preflightLookupId(answer.lookup),
             StepOutcome::Passed,
             QStringLiteral("An earlier preflight allows this for another %1 seconds.")
                 .arg(qCeil(answer.secondsLeft)),
             {},
             u"Fetch, CORS-preflight cache"_s,
             {}});
    sendRequest();
}

bool FetchRun::mayUsePreflightCache() const
{
    const bool skipped = m_request.cache == CacheMode::NoStore
        || m_request.cache == CacheMode::Reload || m_request.cache == CacheMode::NoCache;
    return !skipped && !m_services.preflightCacheDisabled;
}

PreflightKey FetchRun::preflightKey() const
{
    return {m_request.client.origin.serialize(), m_request.url.href(),
            m_request.client.topLevelSite()};
}

void FetchRun::sendPreflight(const PreflightQuestion &question)
{
    m_result.preflight = FetchResult::Preflight::Sent;
    m_result.cacheSecondsLeft = -1;
    TransportRequest message;
    message.url = m_request.url;
    message.head.method = "OPTIONS";
    message.head.target = m_request.url.target();
    message.head.headers = preflightHeaders(m_request, question.unsafeNames());
    message.withCredentials = false;
    message.call = m_result.call;
    message.kind = "preflight";
    m_transportId
        = m_services.transport.send(message, [this, question](TransportResponse &response) {
              preflightAnswered(question, response);
          });
}

void FetchRun::preflightAnswered(const PreflightQuestion &question, TransportResponse &response)
{
    noteExchange(response);
    if (response.failure) {
        m_services.preflightCache.drop(preflightKey());
        failNetwork(failureId(*response.failure), response.netError, response.sentence);
        m_decisions = nullptr;
        return;
    }
    m_response = response.head;
    const PreflightCheck check = checkPreflight(response.head, m_request.serializedOrigin(),
                                                m_request.credentials, question);
    // Chromium's network layer refuses a proxy's 407 that comes without a proxy.
    if (response.head.status == 407 && check.verdict.reason == CorsReason::PreflightStatus) {
        m_services.preflightCache.drop(preflightKey());
        failNetwork("net.UnexpectedProxyAuth", "net::ERR_UNEXPECTED_PROXY_AUTH",
                    QStringLiteral("Status 407 comes from a proxy, and there is none."));
    } else if (check.verdict.passed()) {
        addStep({corsReasonId(CorsReason::Passed),
                 StepOutcome::Passed,
                 QStringLiteral("The preflight allows the request."),
                 check.verdict.evidence,
                 check.verdict.source,
                 {}});
        noteAuthorizationWildcard(question, check.permission);
        storePermission(check, response.head.headers);
        later(&FetchRun::sendRequest);
    } else {
        m_services.preflightCache.drop(preflightKey());
        failCors(check.verdict, true);
    }
    m_decisions = nullptr;
}

void FetchRun::noteAuthorizationWildcard(const PreflightQuestion &question,
                                         const PreflightPermission &permission)
{
    if (!question.unsafeNames().contains("authorization")
        || !permission.allowsAuthorizationByWildcard())
        return;
    addStep(
        {"cors.AuthorizationByWildcard",
         StepOutcome::Info,
         QStringLiteral("Chromium still lets * stand for Authorization here; the standard wants it "
                        "named, and other browsers insist."),
         "Access-Control-Allow-Headers: *",
         u"Fetch, CORS-preflight fetch, step 7.6"_s,
         {}});
}

void FetchRun::storePermission(const PreflightCheck &check, const HeaderList &headers)
{
    const PreflightMaxAge maxAge = preflightMaxAge(headers);
    const QByteArray value = headers.get("Access-Control-Max-Age").value_or("");
    m_services.preflightCache.store(preflightKey(), check.permission, maxAge);
    addStep(
        {maxAgeReasonId(maxAge.reason),
         StepOutcome::Info,
         maxAgeSentence(maxAge, value),
         maxAge.reason == MaxAgeReason::Missing ? QByteArray() : "Access-Control-Max-Age: " + value,
         u"Fetch, CORS-preflight fetch, step 7.9"_s,
         {}});
}

QByteArray FetchRun::requestKind() const
{
    switch (m_request.destination) {
    case Destination::Document:
    case Destination::Iframe:
        return "navigation";
    case Destination::Image:
    case Destination::Script:
    case Destination::Style:
        return "subresource";
    case Destination::WebSocket:
        return "upgrade";
    case Destination::Empty:
        break;
    }
    return "actual";
}

/// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
void FetchRun::sendRequest()
{
    if (m_request.streamBody) {
        failNetwork("net.StreamNeedsHttp2", "net::ERR_ALPN_NEGOTIATION_FAILED",
                    QStringLiteral("A body that is a stream needs HTTP/2."));
        return;
    }
    TransportRequest message;
    message.url = m_request.url;
    message.head.method = m_request.method;
    message.head.target = m_request.url.target();
    const std::vector<CookieNote> withheld = m_result.withheld;
    message.head.headers = requestHeaders(m_request, selectCookies());
    askHttpCache(message.head.headers);
    if (m_cacheAnswer.reason == HttpCacheReason::OnlyIfCachedMiss) {
        failNetwork("cache.OnlyIfCachedMiss", "net::ERR_CACHE_MISS",
                    httpCacheSentence(m_cacheAnswer));
        return;
    }
    message.body = m_request.body;
    message.withCredentials = m_request.includesCredentials();
    message.call = m_result.call;
    message.kind = requestKind();
    if (m_cacheAnswer.answers()) {
        m_result.withheld = withheld; // nothing was sent, so nothing was left out
        if (m_cacheAnswer.reason == HttpCacheReason::StaleWhileRevalidate)
            revalidateInBackground(message);
        later(&FetchRun::answerFromCache);
        return;
    }
    m_transportId = m_services.transport.send(
        message, [this](TransportResponse &response) { answered(response); });
}

SameSiteContext FetchRun::cookieContext(bool forResponse) const
{
    const Origin target = Origin::of(m_request.url);
    if (!m_request.isTopLevelNavigation())
        return isSameSite(m_request.client.origin, target) ? SameSiteContext::Strict
                                                           : SameSiteContext::CrossSite;
    if (!m_request.hasInitiator || isSameSite(m_request.client.origin, target))
        return SameSiteContext::Strict;
    const bool safe = m_request.method == "GET" || m_request.method == "HEAD";
    return safe || forResponse ? SameSiteContext::Lax : SameSiteContext::LaxMethodUnsafe;
}

CookieAccess FetchRun::cookieAccess(bool forResponse) const
{
    CookieAccess access;
    access.url = m_request.url;
    access.context = cookieContext(forResponse);
    // A top-level navigation makes its target the top-level site.
    access.topLevelSite = m_request.isTopLevelNavigation() ? siteOf(Origin::of(m_request.url))
                                                           : m_request.client.topLevelSite();
    return access;
}

QByteArray FetchRun::selectCookies()
{
    if (!m_request.includesCredentials()) {
        noteCookieLeftOut();
        return {};
    }
    const auto selection = m_services.cookies.select(cookieAccess(false));
    for (const auto &withheld : selection.withheld) {
        CookieNote note;
        note.name = withheld.cookie.name;
        note.domain = (withheld.cookie.hostOnly ? "" : ".") + withheld.cookie.domain;
        note.path = withheld.cookie.path;
        for (const CookieReason reason : withheld.reasons)
            note.chromiumReasons.append(chromiumCookieReason(reason));
        std::sort(note.chromiumReasons.begin(), note.chromiumReasons.end());
        note.reason = cookieReasonWord(withheld.reasons.front());
        note.sentence = cookieReasonSentence(withheld.reasons.front(), withheld.cookie);
        std::erase_if(m_result.withheld, [&](const CookieNote &n) {
            return n.name == note.name && n.domain == note.domain && n.path == note.path;
        });
        m_result.withheld.push_back(note);
        addStep({cookieReasonId(withheld.reasons.front()),
                 StepOutcome::Info,
                 note.sentence,
                 {},
                 u"RFC 6265bis §5.8.3"_s,
                 {}});
    }
    return selection.header();
}

/// For the learner only: which cookies would have gone, had the credentials mode let them.
void FetchRun::noteCookieLeftOut()
{
    for (const Cookie &cookie : m_services.cookies.select(cookieAccess(false)).sent) {
        CookieNote note;
        note.name = cookie.name;
        note.domain = (cookie.hostOnly ? "" : ".") + cookie.domain;
        note.path = cookie.path;
        note.reason = cookieReasonWord(CookieReason::Credentials);
        note.sentence = cookieReasonSentence(CookieReason::Credentials, cookie);
        m_result.withheld.push_back(std::move(note));
    }
}

void FetchRun::noteExchange(TransportResponse &response)
{
    m_transportId = 0;
    m_exchange = response.key;
    m_decisions = &response.decisions;
    if (response.key)
        m_result.exchanges.push_back(*response.key);
}

void FetchRun::failCors(const CorsVerdict &verdict, bool onPreflight)
{
    const QByteArray netError = "net::ERR_FAILED";
    m_result.chromiumCode = chromiumCorsError(verdict.reason, onPreflight);
    m_result.chromiumParameter = chromiumCorsParameter(verdict);
    m_result.console.append(console::corsBlocked(m_request, verdict, onPreflight));
    m_result.console.append(console::failedToLoad(netError));
    m_result.netError = netError;
    const QString sentence = corsSentence(verdict, m_request.serializedOrigin());
    addStep({corsReasonId(verdict.reason),
             StepOutcome::Failed,
             sentence,
             verdict.evidence,
             verdict.source,
             {}});
    fail(FetchResult::Outcome::Blocked, corsReasonId(verdict.reason), sentence);
}

void FetchRun::failNetwork(const QByteArray &reason, const QByteArray &netError,
                           const QString &sentence)
{
    m_result.netError = netError;
    // A failed page or frame shows an error page instead.
    if (!m_request.isNavigation())
        m_result.console.append(console::failedToLoad(netError));
    addStep({reason, StepOutcome::Failed, sentence, {}, u"Fetch, HTTP-network fetch"_s, {}});
    fail(FetchResult::Outcome::Failed, reason, sentence);
}

void FetchRun::fail(FetchResult::Outcome outcome, const QByteArray &reason, const QString &sentence)
{
    m_result.outcome = outcome;
    m_result.reason = reason;
    m_result.sentence = sentence;
    m_result.exception = QStringLiteral("TypeError: Failed to fetch");
    m_type = ResponseType::Error;
    finish();
}

void FetchRun::finish()
{
    m_done = true;
    m_decisions = nullptr;
    m_result.type = responseTypeName(m_type);
    QMetaObject::invokeMethod(
        this, [this] { m_finished(*this); }, Qt::QueuedConnection);
}

} // namespace rt
