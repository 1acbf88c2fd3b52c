// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"
#include "browser/fetchrequest.h"
#include "http/message.h"

#include <QString>

#include <map>
#include <optional>

namespace rt {

/// What the cache said about a request, RFC 9111 §4.
enum class HttpCacheReason {
    /// Neither GET nor HEAD.
    MethodNotCached,
    /// cache: no-store, or a header of the script that only the server may judge.
    Bypassed,
    /// cache: reload, or the script's own Cache-Control: no-cache.
    Reload,
    /// The script brought its own If-None-Match or If-Modified-Since.
    OwnCondition,
    Miss,
    /// only-if-cached, and there is nothing.
    OnlyIfCachedMiss,
    Fresh,
    /// cache: force-cache or only-if-cached: used without looking at its age.
    Forced,
    /// Used while the server is asked in the background.
    StaleWhileRevalidate,
    Stale,
    /// cache: no-cache, or the script's own max-age=0: asked although fresh.
    Validate,
    /// A field that Vary names was another then.
    VaryMismatch,
};

/// A response as it is kept: coded body, no cookies, no hop-by-hop fields.
struct StoredResponse
{
    ResponseHead head;
    QByteArray body;
    /// The request's fields that Vary names; an absent one is null.
    std::map<QByteArray, QByteArray> varied;
    /// Clock::now() when it was asked for and when it came.
    qint64 requestTime = 0;
    qint64 responseTime = 0;
};

struct HttpCacheQuestion
{
    /// Whose: the partition and the URL without fragment.
    QByteArray key;
    QByteArray method;
    CacheMode mode = CacheMode::Default;
    /// What script set.
    HeaderList ownHeaders;
    /// All that would go out.
    HeaderList headers;
};

struct HttpCacheAnswer
{
    HttpCacheReason reason = HttpCacheReason::Miss;
    /// Filled in when there is something to use or to ask about.
    std::optional<StoredResponse> stored;
    /// If-None-Match, If-Modified-Since to add; empty when the server cannot be asked like that.
    HeaderList conditions;
    double secondsLeft = 0;

    /// The stored response answers.
    bool answers() const;
    /// The new response may be kept.
    bool mayStore() const;
};

/// A private HTTP cache as Chromium 156 has it: keyed by top-level site and URL, whatever the
/// credentials. Values in, values out; who talks to the server is not in here.
class HttpCache
{
public:
    explicit HttpCache(const Clock &clock) : m_clock(clock) { }

    HttpCacheAnswer ask(const HttpCacheQuestion &question) const;
    /// Nothing is kept of what says no-store, and of parts (206).
    void store(const HttpCacheQuestion &question, const ResponseHead &head, const QByteArray &body,
               qint64 requestTime);
    /// Takes over the fields of a 304; what is stored is the answer then.
    std::optional<StoredResponse> refresh(const QByteArray &key, const ResponseHead &notModified,
                                          qint64 requestTime);
    /// A change by DELETE, PATCH, POST or PUT makes the stored response worthless.
    void drop(const QByteArray &key) { m_entries.erase(key); }
    void clear() { m_entries.clear(); }
    const std::map<QByteArray, StoredResponse> &entries() const { return m_entries; }

private:
    HttpCacheReason judge(const HttpCacheQuestion &question, const StoredResponse &stored,
                          double &secondsLeft) const;

    const Clock &m_clock;
    std::map<QByteArray, StoredResponse> m_entries;
};

/// "cache.Fresh"
QByteArray httpCacheReasonId(HttpCacheReason reason);
QString httpCacheSentence(const HttpCacheAnswer &answer);

} // namespace rt
