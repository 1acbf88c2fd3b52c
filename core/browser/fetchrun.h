// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/cookiestore.h"
#include "browser/corspreflight.h"
#include "browser/fetchresult.h"
#include "browser/httpcache.h"
#include "browser/preflightcache.h"
#include "browser/redirect.h"
#include "browser/responsefiltering.h"
#include "browser/transport.h"

#include <QObject>

namespace rt {

/// What all calls of one browser share.
struct FetchServices
{
    Transport &transport;
    CookieStore &cookies;
    PreflightCache &preflightCache;
    const Clock &clock;
    HttpCache &httpCache;
    /// DevTools' "disable cache": preflights are always sent.
    bool preflightCacheDisabled = false;
    bool httpCacheDisabled = false;
};

/// One request from its first check to its last answer: the Fetch Standard's main fetch, HTTP
/// fetch, preflight and redirects as Chromium does them. What an element or a navigation makes of
/// the answer is not in here. https://fetch.spec.whatwg.org/#concept-main-fetch
class FetchRun : public QObject
{
    Q_OBJECT

public:
    using Finished = std::function<void(FetchRun &)>;

    FetchRun(FetchServices &services, Request request, quint64 call, Finished finished,
             QObject *parent);

    /// `finished` comes later, never from inside this function, exactly once.
    void start();
    void cancel();

    FetchResult &result() { return m_result; }
    const Request &request() const { return m_request; }
    /// The last response, unfiltered; its status is 0 when none came.
    const ResponseHead &response() const { return m_response; }
    /// Content coding removed.
    const QByteArray &body() const { return m_body; }
    ResponseType type() const { return m_type; }
    /// The connection of a 101.
    std::unique_ptr<QTcpSocket> takeSocket() { return std::move(m_socket); }
    const QByteArray &rest() const { return m_rest; }

    void addStep(FetchStep step);

private:
    void mainFetch();
    CspSubject cspSubject() const;
    QStringList cspLines(bool reportOnly) const;
    void hearReportOnlyPolicies();
    bool blockedByCsp();
    bool blockedByMixedContent();
    bool blockedByModes();
    void upgradeIfAsked();
    void upgradePicture();
    void answerDataUrl();

    void httpFetch();
    bool mayUsePreflightCache() const;
    PreflightKey preflightKey() const;
    void sendPreflight(const PreflightQuestion &question);
    void preflightAnswered(const PreflightQuestion &question, TransportResponse &response);
    void noteAuthorizationWildcard(const PreflightQuestion &question,
                                   const PreflightPermission &permission);
    void storePermission(const PreflightCheck &check, const HeaderList &headers);
    void sendRequest();
    QByteArray selectCookies();
    QByteArray requestKind() const;

    QByteArray httpCacheKey() const;
    void askHttpCache(HeaderList &headers);
    void answerFromCache();
    void revalidateInBackground(TransportRequest message);
    void mergeNotModified(TransportResponse &response);
    void keepInCache(const TransportResponse &response);
    void dropFromCache();

    void answered(TransportResponse &response);
    void storeCookies();
    void handleRedirect(const RedirectDecision &decision);
    void follow(const Url &location);
    void checkResponse(TransportResponse &response);
    bool corsCheckPasses();
    bool resourcePolicyPasses();
    bool opaqueResponsePasses(const QByteArray &coded);
    bool framingPasses();
    bool decodeBody(const QByteArray &coded);
    bool integrityPasses();
    void deliver();
    ResponseType responseType() const;

    SameSiteContext cookieContext(bool forResponse) const;
    CookieAccess cookieAccess(bool forResponse) const;
    void noteCookieLeftOut();

    void noteExchange(TransportResponse &response);
    void failCors(const CorsVerdict &verdict, bool onPreflight);
    void failNetwork(const QByteArray &reason, const QByteArray &netError, const QString &sentence);
    /// Ends the call as a network error; the console lines are already written.
    void fail(FetchResult::Outcome outcome, const QByteArray &reason, const QString &sentence);
    void finish();
    void later(void (FetchRun::*step)());

    FetchServices &m_services;
    Request m_request;
    FetchResult m_result;
    Finished m_finished;
    ResponseHead m_response;
    QByteArray m_body;
    ResponseType m_type = ResponseType::Error;
    std::unique_ptr<QTcpSocket> m_socket;
    QByteArray m_rest;
    HttpCacheQuestion m_cacheQuestion;
    HttpCacheAnswer m_cacheAnswer;
    /// Clock::now() of the request on its way.
    qint64 m_requestTime = 0;
    /// This hop was answered by the cache.
    bool m_answeredByCache = false;
    std::vector<Decision> *m_decisions = nullptr;
    std::optional<ExchangeKey> m_exchange;
    quint64 m_transportId = 0;
    bool m_done = false;
};

} // namespace rt
