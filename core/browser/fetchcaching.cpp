// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/clock.h"
#include "browser/fetchrun.h"

using namespace Qt::StringLiterals;

namespace rt {

using StepOutcome = FetchStep::Outcome;

/// Chromium's partitions: the top-level site and the frame's; framed documents and pages that
/// another site sent the learner to are kept apart.
QByteArray FetchRun::httpCacheKey() const
{
    const QByteArray target = siteOf(Origin::of(m_request.url));
    const QByteArray url = m_request.url.href(false);
    if (m_request.destination == Destination::Iframe)
        return "frame " + m_request.client.topLevelSite() + ' ' + target + ' ' + url;
    if (!m_request.isTopLevelNavigation())
        return m_request.client.topLevelSite() + ' ' + url;
    const bool sentByAnotherSite
        = m_request.hasInitiator && !isSameSite(m_request.client.origin, Origin::of(m_request.url));
    return (sentByAnotherSite ? "cross-site " : "") + target + ' ' + url;
}

void FetchRun::askHttpCache(HeaderList &headers)
{
    m_answeredByCache = false;
    m_requestTime = m_services.clock.now();
    m_cacheAnswer = {};
    m_cacheAnswer.reason = HttpCacheReason::Bypassed;
    if (m_services.httpCacheDisabled && m_request.cache != CacheMode::OnlyIfCached)
        return;
    m_cacheQuestion
        = {httpCacheKey(), m_request.method, m_request.cache, m_request.headers, headers};
    m_cacheAnswer = m_services.httpCache.ask(m_cacheQuestion);
    for (const HeaderField &condition : m_cacheAnswer.conditions) {
        if (m_cacheAnswer.reason != HttpCacheReason::StaleWhileRevalidate)
            headers.append(condition.name, condition.value);
    }
    if (m_cacheAnswer.reason == HttpCacheReason::Miss
        || m_cacheAnswer.reason == HttpCacheReason::MethodNotCached)
        return;
    addStep({httpCacheReasonId(m_cacheAnswer.reason),
             StepOutcome::Info,
             httpCacheSentence(m_cacheAnswer),
             {},
             u"RFC 9111 §4"_s,
             {}});
}

void FetchRun::answerFromCache()
{
    m_answeredByCache = true;
    m_result.fromCache = true;
    TransportResponse response;
    response.head = m_cacheAnswer.stored->head;
    response.body = m_request.method == "HEAD" ? QByteArray() : m_cacheAnswer.stored->body;
    answered(response);
}

/// Outlives the call: the page has its answer already.
void FetchRun::revalidateInBackground(TransportRequest message)
{
    for (const HeaderField &condition : m_cacheAnswer.conditions)
        message.head.headers.append(condition.name, condition.value);
    HttpCache &cache = m_services.httpCache;
    m_services.transport.send(
        message,
        [&cache, question = m_cacheQuestion, time = m_requestTime](TransportResponse &response) {
            if (response.failure)
                return;
            if (response.head.status == 304)
                cache.refresh(question.key, response.head, time);
            else
                cache.store(question, response.head, response.body, time);
        });
}

/// https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch, "If forwardResponse's status
/// is 304": what is stored is the answer.
void FetchRun::mergeNotModified(TransportResponse &response)
{
    if (response.head.status != 304 || m_cacheAnswer.conditions.isEmpty() || m_answeredByCache)
        return;
    const auto stored
        = m_services.httpCache.refresh(m_cacheQuestion.key, response.head, m_requestTime);
    if (!stored)
        return;
    addStep({"cache.NotModified",
             StepOutcome::Passed,
             QStringLiteral("Status 304: the stored answer still holds and is used."),
             {},
             u"RFC 9111 §4.3.3"_s,
             {}});
    m_answeredByCache = true;
    m_result.fromCache = true;
    response.head = stored->head;
    response.body = m_request.method == "HEAD" ? QByteArray() : stored->body;
    m_response = response.head;
}

void FetchRun::keepInCache(const TransportResponse &response)
{
    // A certificate that is only put up with must not be forgotten over a stored answer.
    const bool doubtful = m_request.url.scheme == "https" && m_services.transport.trust().acceptAny;
    const bool about304
        = response.head.status == 304 && m_cacheAnswer.reason == HttpCacheReason::OwnCondition;
    if (!m_answeredByCache && m_cacheAnswer.mayStore() && !doubtful && !about304)
        m_services.httpCache.store(m_cacheQuestion, response.head, response.body, m_requestTime);
}

/// RFC 9111 §4.4; Chromium does not count a PUT without a body. A new answer takes the place of the
/// old one even when the page then may not have it.
void FetchRun::dropFromCache()
{
    const bool replaced = !m_answeredByCache && m_cacheAnswer.mayStore()
        && m_request.method == "GET" && m_response.status != 304;
    if (replaced)
        m_services.httpCache.drop(m_cacheQuestion.key);
    const QByteArray &method = m_request.method;
    const bool changes = method == "DELETE" || method == "PATCH" || method == "POST"
        || (method == "PUT" && m_request.hasBody);
    if (changes && m_response.status >= 200 && m_response.status < 400)
        m_services.httpCache.drop(httpCacheKey());
}

} // namespace rt
