// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"
#include "browser/corspreflight.h"

#include <map>
#include <tuple>

namespace rt {

/// Who may reuse a preflight answer for what. Chromium differs from the standard: the URL counts
/// with its fragment, the page's top-level site is part of the key, the credentials mode is not.
struct PreflightKey
{
    QByteArray origin;
    QByteArray url;
    QByteArray topLevelSite;
    friend bool operator<(const PreflightKey &a, const PreflightKey &b)
    {
        return std::tie(a.origin, a.url, a.topLevelSite)
            < std::tie(b.origin, b.url, b.topLevelSite);
    }
};

/// How a preflight answer's lifetime came about.
enum class MaxAgeReason { Given, Missing, Unparsable, Capped, NotStored };
struct PreflightMaxAge
{
    MaxAgeReason reason = MaxAgeReason::Missing;
    /// Seconds; 0 is never stored.
    qint64 seconds = 5;
};
/// Access-Control-Max-Age as Chromium reads it: 5 s when missing or unparsable, at most 7200 s.
PreflightMaxAge preflightMaxAge(const HeaderList &responseHeaders);
QByteArray maxAgeReasonId(MaxAgeReason reason);
QString maxAgeSentence(const PreflightMaxAge &maxAge, const QByteArray &value);

/// Why the cache could not stand in for a preflight.
enum class PreflightLookup {
    Hit,
    Empty,
    Expired,
    CredentialsNotCovered,
    MethodNotCovered,
    HeaderNotCovered,
};
QByteArray preflightLookupId(PreflightLookup lookup);

/// What servers allowed for a while. https://fetch.spec.whatwg.org/#cors-preflight-cache
class PreflightCache
{
public:
    struct Entry
    {
        PreflightPermission permission;
        /// Clock::now().
        qint64 expiresAt = 0;
    };
    struct Answer
    {
        PreflightLookup lookup = PreflightLookup::Empty;
        double secondsLeft = -1;
        bool hit() const { return lookup == PreflightLookup::Hit; }
    };

    explicit PreflightCache(const Clock &clock) : m_clock(clock) { }

    /// A permission given without credentials does not serve a request that includes them.
    Answer lookup(const PreflightKey &key, const PreflightQuestion &question,
                  CredentialsMode credentials) const;
    /// Replaces what was there: an answer says all that is allowed now.
    void store(const PreflightKey &key, PreflightPermission permission,
               const PreflightMaxAge &maxAge);
    /// Chromium differs: a failed preflight drops the entry that was there.
    void drop(const PreflightKey &key) { m_entries.erase(key); }
    void clear() { m_entries.clear(); }
    /// Entries that have not expired.
    std::map<PreflightKey, Entry> entries() const;

private:
    const Clock &m_clock;
    std::map<PreflightKey, Entry> m_entries;
};

} // namespace rt
