// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/callrecords.h"

#include "http/url.h"

#include <algorithm>

namespace rt {

namespace {

QByteArray modeName(RequestMode mode)
{
    switch (mode) {
    case RequestMode::Cors:
        return "cors";
    case RequestMode::NoCors:
        return "no-cors";
    case RequestMode::SameOrigin:
        return "same-origin";
    case RequestMode::Navigate:
        return "navigate";
    }
    Q_UNREACHABLE();
}

QByteArray credentialsName(CredentialsMode credentials)
{
    switch (credentials) {
    case CredentialsMode::Omit:
        return "omit";
    case CredentialsMode::SameOrigin:
        return "same-origin";
    case CredentialsMode::Include:
        return "include";
    }
    Q_UNREACHABLE();
}

CallRecord::Outcome outcomeOf(FetchResult::Outcome outcome)
{
    switch (outcome) {
    case FetchResult::Outcome::Ok:
        return CallRecord::Outcome::Ok;
    case FetchResult::Outcome::Blocked:
        return CallRecord::Outcome::Blocked;
    case FetchResult::Outcome::Failed:
        return CallRecord::Outcome::Failed;
    case FetchResult::Outcome::Aborted:
        return CallRecord::Outcome::Aborted;
    }
    Q_UNREACHABLE();
}

CallRecord::Preflight preflightOf(FetchResult::Preflight preflight)
{
    switch (preflight) {
    case FetchResult::Preflight::None:
        return CallRecord::Preflight::None;
    case FetchResult::Preflight::Sent:
        return CallRecord::Preflight::Sent;
    case FetchResult::Preflight::Cached:
        return CallRecord::Preflight::Cached;
    }
    Q_UNREACHABLE();
}

AlgorithmStep stepOf(const FetchStep &step, const std::vector<ExchangeKey> &exchanges)
{
    AlgorithmStep record;
    record.id = step.id;
    record.outcome = static_cast<AlgorithmStep::Outcome>(step.outcome);
    record.sentence = step.sentence;
    record.evidence = step.evidence;
    record.source = step.source;
    if (step.exchange) {
        const auto found = std::find(exchanges.begin(), exchanges.end(), *step.exchange);
        if (found != exchanges.end())
            record.exchange = static_cast<quint64>(found - exchanges.begin()) + 1;
    }
    return record;
}

std::vector<std::pair<QByteArray, QByteArray>> notesOf(const std::vector<CookieNote> &notes)
{
    std::vector<std::pair<QByteArray, QByteArray>> pairs;
    for (const CookieNote &note : notes)
        pairs.emplace_back(note.name, note.reason);
    return pairs;
}

} // namespace

CallRecord pendingCall(quint64 id, const FetchRequest &request)
{
    CallRecord record;
    record.id = id;
    record.api = request.api;
    record.page = request.page;
    const auto page = parseUrl(request.page);
    const auto url = parseUrl(request.url, page ? &*page : nullptr);
    record.url = url ? url->href() : request.url;
    record.path = url ? url->path : QByteArray();
    record.method = request.method;
    record.mode = modeName(request.mode);
    record.credentials = credentialsName(request.credentials);
    record.headers = request.headers;
    record.requestBody = request.body;
    return record;
}

CallRecord finishedCall(const FetchRequest &request, const FetchResult &result)
{
    CallRecord record = pendingCall(result.call, request);
    if (!result.method.isEmpty())
        record.method = result.method;
    record.crossOrigin = result.crossOrigin;
    record.crossSite = result.crossSite;
    record.preflight = preflightOf(result.preflight);
    record.cacheSecondsLeft = result.cacheSecondsLeft;
    record.outcome = outcomeOf(result.outcome);
    record.reason = result.reason;
    record.chromiumCode = result.chromiumCode;
    record.directive = result.directive;
    record.type = result.type;
    record.status = result.status;
    record.readable = result.readable;
    record.redirected = result.redirected;
    record.seen = result.headers;
    record.body = result.body;
    record.console = result.console;
    for (const FetchStep &step : result.steps)
        record.steps.push_back(stepOf(step, result.exchanges));
    record.withheld = notesOf(result.withheld);
    record.rejected = notesOf(result.rejected);
    return record;
}

} // namespace rt
