// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/httpcache.h"

#include "browser/fieldvalue.h"
#include "browser/freshness.h"

namespace rt {

namespace {

/// Not kept (HttpResponseHeaders::Persist, PERSIST_SANS_*).
bool isTransient(QByteArrayView name)
{
    return isOneOf(name,
                   {"connection", "proxy-connection", "keep-alive", "trailer", "transfer-encoding",
                    "upgrade", "set-cookie", "set-cookie2", "www-authenticate",
                    "proxy-authenticate", "content-range", "strict-transport-security"});
}

/// A 304 does not speak about these (HttpResponseHeaders::Update).
bool isKeptOnUpdate(QByteArrayView name)
{
    return isTransient(name) || name.toByteArray().toLower().startsWith("x-content-")
        || isOneOf(name,
                   {"proxy-authorization", "te", "content-location", "content-md5", "etag",
                    "content-encoding", "content-type", "content-length", "x-frame-options",
                    "x-xss-protection"});
}

/// Headers by which script takes the cache out of the play (net/http/http_cache_transaction.cc).
std::optional<HttpCacheReason> reasonOfOwnHeaders(const HeaderList &own)
{
    if (own.contains("If-Match") || own.contains("If-Unmodified-Since") || own.contains("If-Range")
        || own.contains("Range"))
        return HttpCacheReason::Bypassed;
    if (own.contains("If-None-Match") || own.contains("If-Modified-Since"))
        return HttpCacheReason::OwnCondition;
    if (hasToken(own, "Cache-Control", "no-cache") || hasToken(own, "Pragma", "no-cache"))
        return HttpCacheReason::Reload;
    if (hasToken(own, "Cache-Control", "max-age=0"))
        return HttpCacheReason::Validate;
    return std::nullopt;
}

std::map<QByteArray, QByteArray> variedFields(const HeaderList &response, const HeaderList &request)
{
    std::map<QByteArray, QByteArray> fields;
    for (const QByteArray &value : response.all("Vary")) {
        for (const QByteArray &member : value.split(',')) {
            const QByteArray name = trimBlanks(member).toByteArray().toLower();
            if (!name.isEmpty())
                fields[name] = request.get(name).value_or(QByteArray());
        }
    }
    return fields;
}

bool variesFrom(const StoredResponse &stored, const HeaderList &request)
{
    return std::any_of(stored.varied.begin(), stored.varied.end(), [&](const auto &field) {
        return field.first == "*" || request.get(field.first).value_or("") != field.second;
    });
}

/// What tells the server which response is meant. Without the same Vary a date is no proof.
HeaderList conditionsFor(const StoredResponse &stored, bool varyMismatch)
{
    HeaderList conditions;
    if (stored.head.status != 200)
        return conditions;
    if (const auto etag = stored.head.headers.first("ETag"); etag && !etag->isEmpty())
        conditions.append("If-None-Match", *etag);
    const auto modified = stored.head.headers.first("Last-Modified");
    if (modified && !modified->isEmpty() && !varyMismatch)
        conditions.append("If-Modified-Since", *modified);
    return conditions;
}

/// The script's If-None-Match is not about what is stored: the new answer is not kept either.
bool asksAboutAnother(const HeaderList &own, const StoredResponse &stored)
{
    const auto tag = own.get("If-None-Match");
    return tag && *tag != stored.head.headers.first("ETag").value_or("");
}

HttpCacheReason withoutStored(CacheMode mode)
{
    return mode == CacheMode::OnlyIfCached ? HttpCacheReason::OnlyIfCachedMiss
                                           : HttpCacheReason::Miss;
}

} // namespace

bool HttpCacheAnswer::answers() const
{
    return reason == HttpCacheReason::Fresh || reason == HttpCacheReason::Forced
        || reason == HttpCacheReason::StaleWhileRevalidate;
}

bool HttpCacheAnswer::mayStore() const
{
    return reason != HttpCacheReason::MethodNotCached && reason != HttpCacheReason::Bypassed;
}

HttpCacheReason HttpCache::judge(const HttpCacheQuestion &question, const StoredResponse &stored,
                                 double &secondsLeft) const
{
    if (variesFrom(stored, question.headers))
        return HttpCacheReason::VaryMismatch;
    if (question.mode == CacheMode::ForceCache || question.mode == CacheMode::OnlyIfCached)
        return HttpCacheReason::Forced;
    const Freshness freshness = freshnessOf(stored.head, stored.responseTime);
    const qint64 age
        = currentAge(stored.head, stored.requestTime, stored.responseTime, m_clock.now());
    secondsLeft = freshness.lifetime ? static_cast<double>(*freshness.lifetime - age) / 1000
                                     : std::numeric_limits<double>::infinity();
    if (secondsLeft > 0)
        return HttpCacheReason::Fresh;
    return *freshness.lifetime + freshness.staleWhileRevalidate > age
        ? HttpCacheReason::StaleWhileRevalidate
        : HttpCacheReason::Stale;
}

HttpCacheAnswer HttpCache::ask(const HttpCacheQuestion &question) const
{
    HttpCacheAnswer answer;
    const auto own = reasonOfOwnHeaders(question.ownHeaders);
    if (question.method != "GET" && question.method != "HEAD")
        answer.reason = HttpCacheReason::MethodNotCached;
    else if (question.mode == CacheMode::NoStore)
        answer.reason = HttpCacheReason::Bypassed;
    else if (question.mode == CacheMode::Reload)
        answer.reason = HttpCacheReason::Reload;
    else if (own && *own != HttpCacheReason::Validate)
        answer.reason = *own;
    const auto found = m_entries.find(question.key);
    if (answer.reason == HttpCacheReason::OwnCondition && found != m_entries.end()
        && asksAboutAnother(question.ownHeaders, found->second))
        answer.reason = HttpCacheReason::Bypassed;
    if (answer.reason != HttpCacheReason::Miss)
        return answer;
    if (found == m_entries.end()) {
        answer.reason = withoutStored(question.mode);
        return answer;
    }
    answer.stored = found->second;
    answer.reason = judge(question, found->second, answer.secondsLeft);
    const bool validates = question.mode == CacheMode::NoCache || own == HttpCacheReason::Validate;
    if (validates && answer.reason != HttpCacheReason::VaryMismatch)
        answer.reason = HttpCacheReason::Validate;
    if (!answer.answers() || answer.reason == HttpCacheReason::StaleWhileRevalidate)
        answer.conditions
            = conditionsFor(found->second, answer.reason == HttpCacheReason::VaryMismatch);
    return answer;
}

void HttpCache::store(const HttpCacheQuestion &question, const ResponseHead &head,
                      const QByteArray &body, qint64 requestTime)
{
    if (question.method != "GET")
        return;
    const bool kept = head.status != 206 && head.status != 304
        && !hasToken(head.headers, "Cache-Control", "no-store");
    if (!kept) {
        m_entries.erase(question.key);
        return;
    }
    StoredResponse stored;
    stored.head = head;
    stored.head.headers.clear();
    for (const HeaderField &field : head.headers) {
        if (!isTransient(field.name))
            stored.head.headers.append(field.name, field.value);
    }
    stored.body = body;
    stored.varied = variedFields(head.headers, question.headers);
    stored.requestTime = requestTime;
    stored.responseTime = m_clock.now();
    m_entries[question.key] = std::move(stored);
}

std::optional<StoredResponse>
HttpCache::refresh(const QByteArray &key, const ResponseHead &notModified, qint64 requestTime)
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return std::nullopt;
    StoredResponse &stored = found->second;
    HeaderList headers;
    for (const HeaderField &field : stored.head.headers) {
        if (isKeptOnUpdate(field.name) || !notModified.headers.contains(field.name))
            headers.append(field.name, field.value);
    }
    for (const HeaderField &field : notModified.headers) {
        if (!isKeptOnUpdate(field.name))
            headers.append(field.name, field.value);
    }
    stored.head.headers = headers;
    stored.requestTime = requestTime;
    stored.responseTime = m_clock.now();
    return stored;
}

QByteArray httpCacheReasonId(HttpCacheReason reason)
{
    switch (reason) {
    case HttpCacheReason::MethodNotCached:
        return "cache.MethodNotCached";
    case HttpCacheReason::Bypassed:
        return "cache.Bypassed";
    case HttpCacheReason::Reload:
        return "cache.Reload";
    case HttpCacheReason::OwnCondition:
        return "cache.OwnCondition";
    case HttpCacheReason::Miss:
        return "cache.Miss";
    case HttpCacheReason::OnlyIfCachedMiss:
        return "cache.OnlyIfCachedMiss";
    case HttpCacheReason::Fresh:
        return "cache.Fresh";
    case HttpCacheReason::Forced:
        return "cache.Forced";
    case HttpCacheReason::StaleWhileRevalidate:
        return "cache.StaleWhileRevalidate";
    case HttpCacheReason::Stale:
        return "cache.Stale";
    case HttpCacheReason::Validate:
        return "cache.Validate";
    case HttpCacheReason::VaryMismatch:
        return "cache.VaryMismatch";
    }
    return {};
}

QString httpCacheSentence(const HttpCacheAnswer &answer)
{
    switch (answer.reason) {
    case HttpCacheReason::MethodNotCached:
        return QStringLiteral("Only GET and HEAD are answered from the cache.");
    case HttpCacheReason::Bypassed:
        return QStringLiteral("The request goes past the cache.");
    case HttpCacheReason::Reload:
        return QStringLiteral("The request wants a new answer, which the cache then keeps.");
    case HttpCacheReason::OwnCondition:
        return QStringLiteral("The request brings its own condition: the server decides.");
    case HttpCacheReason::Miss:
        return QStringLiteral("The cache holds nothing for this address and page.");
    case HttpCacheReason::OnlyIfCachedMiss:
        return QStringLiteral("Only a cached answer is wanted and the cache holds none.");
    case HttpCacheReason::Fresh:
        return qIsInf(answer.secondsLeft)
            ? QStringLiteral("The stored answer is fresh for ever: the server is not asked.")
            : QStringLiteral("The stored answer is fresh for another %1 seconds: the server is not "
                             "asked.")
                  .arg(qCeil(answer.secondsLeft));
    case HttpCacheReason::Forced:
        return QStringLiteral("The cache mode takes the stored answer, however old it is.");
    case HttpCacheReason::StaleWhileRevalidate:
        return QStringLiteral("The stored answer is stale but may be used while the server is "
                              "asked again.");
    case HttpCacheReason::Stale:
        return answer.conditions.isEmpty()
            ? QStringLiteral("The stored answer is stale and has no ETag or Last-Modified to ask "
                             "about.")
            : QStringLiteral("The stored answer is stale: the server is asked whether it still "
                             "holds.");
    case HttpCacheReason::Validate:
        return QStringLiteral("The server is asked whether the stored answer still holds.");
    case HttpCacheReason::VaryMismatch:
        return QStringLiteral("The stored answer was for other values of what Vary names.");
    }
    return {};
}

} // namespace rt
