// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/preflightcache.h"

#include "browser/fieldvalue.h"

#include <algorithm>

namespace rt {

namespace {

constexpr qint64 defaultSeconds = 5;
constexpr qint64 maximumSeconds = 7200;

/// A signed 64-bit number with blanks around it; nothing for anything else.
std::optional<qint64> parseSeconds(QByteArrayView value)
{
    const QByteArrayView text = trimBlanks(value);
    const bool sign = text.startsWith('+') || text.startsWith('-');
    const QByteArrayView digits = sign ? text.sliced(1) : text;
    const bool valid = !digits.isEmpty()
        && std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    bool fits = false;
    const qint64 seconds = valid ? text.toByteArray().toLongLong(&fits) : 0;
    return fits ? std::optional(seconds) : std::nullopt;
}

} // namespace

PreflightMaxAge preflightMaxAge(const HeaderList &responseHeaders)
{
    const auto value = responseHeaders.get("Access-Control-Max-Age");
    if (!value)
        return {MaxAgeReason::Missing, defaultSeconds};
    const auto seconds = parseSeconds(*value);
    if (!seconds)
        return {MaxAgeReason::Unparsable, defaultSeconds};
    if (*seconds <= 0)
        return {MaxAgeReason::NotStored, 0};
    if (*seconds > maximumSeconds)
        return {MaxAgeReason::Capped, maximumSeconds};
    return {MaxAgeReason::Given, *seconds};
}

QByteArray maxAgeReasonId(MaxAgeReason reason)
{
    switch (reason) {
    case MaxAgeReason::Given:
        return "preflight.MaxAgeGiven";
    case MaxAgeReason::Missing:
        return "preflight.MaxAgeMissing";
    case MaxAgeReason::Unparsable:
        return "preflight.MaxAgeUnparsable";
    case MaxAgeReason::Capped:
        return "preflight.MaxAgeCapped";
    case MaxAgeReason::NotStored:
        return "preflight.NotStored";
    }
    return {};
}

QString maxAgeSentence(const PreflightMaxAge &maxAge, const QByteArray &value)
{
    const QString given = QString::fromLatin1(value);
    switch (maxAge.reason) {
    case MaxAgeReason::Given:
        return QStringLiteral("The answer is kept for %1 seconds.").arg(maxAge.seconds);
    case MaxAgeReason::Missing:
        return QStringLiteral("Without Access-Control-Max-Age the answer is kept for %1 seconds.")
            .arg(maxAge.seconds);
    case MaxAgeReason::Unparsable:
        return QStringLiteral("\"%1\" is no number of seconds, so the answer is kept for %2.")
            .arg(given, QString::number(maxAge.seconds));
    case MaxAgeReason::Capped:
        return QStringLiteral(
                   "The server offers %1 seconds; Chromium keeps no answer longer than %2.")
            .arg(given, QString::number(maxAge.seconds));
    case MaxAgeReason::NotStored:
        return QStringLiteral("A lifetime of %1 seconds means that the answer is not kept.")
            .arg(given);
    }
    return {};
}

QByteArray preflightLookupId(PreflightLookup lookup)
{
    switch (lookup) {
    case PreflightLookup::Hit:
        return "preflight.Cached";
    case PreflightLookup::Empty:
        return "preflight.NotCached";
    case PreflightLookup::Expired:
        return "preflight.CacheExpired";
    case PreflightLookup::CredentialsNotCovered:
        return "preflight.CacheLacksCredentials";
    case PreflightLookup::MethodNotCovered:
        return "preflight.CacheLacksMethod";
    case PreflightLookup::HeaderNotCovered:
        return "preflight.CacheLacksHeader";
    }
    return {};
}

PreflightCache::Answer PreflightCache::lookup(const PreflightKey &key,
                                              const PreflightQuestion &question,
                                              CredentialsMode credentials) const
{
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return {};
    const qint64 left = found->second.expiresAt - m_clock.now();
    if (left <= 0)
        return {PreflightLookup::Expired, -1};
    const PreflightPermission &permission = found->second.permission;
    if (credentials == CredentialsMode::Include
        && permission.credentials != CredentialsMode::Include)
        return {PreflightLookup::CredentialsNotCovered, -1};
    if (question.unsafeNames().contains("authorization")
        && permission.allowsAuthorizationByWildcard())
        return {PreflightLookup::HeaderNotCovered, -1};
    const CorsVerdict verdict = checkPermission(permission, question);
    if (verdict.passed())
        return {PreflightLookup::Hit, static_cast<double>(left) / 1000};
    return {verdict.reason == CorsReason::MethodNotAllowed ? PreflightLookup::MethodNotCovered
                                                           : PreflightLookup::HeaderNotCovered,
            -1};
}

void PreflightCache::store(const PreflightKey &key, PreflightPermission permission,
                           const PreflightMaxAge &maxAge)
{
    if (maxAge.seconds <= 0) {
        m_entries.erase(key);
        return;
    }
    m_entries[key] = {std::move(permission), m_clock.now() + maxAge.seconds * 1000};
}

std::map<PreflightKey, PreflightCache::Entry> PreflightCache::entries() const
{
    std::map<PreflightKey, Entry> alive = m_entries;
    std::erase_if(alive, [&](const auto &item) { return item.second.expiresAt <= m_clock.now(); });
    return alive;
}

} // namespace rt
