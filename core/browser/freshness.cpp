// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/freshness.h"

#include "browser/fieldvalue.h"
#include "http/httpdate.h"

namespace rt {

namespace {

constexpr qint64 second = 1000;

QByteArrayList members(const HeaderList &headers, QByteArrayView field)
{
    QByteArrayList list;
    for (const QByteArray &value : headers.all(field)) {
        for (const QByteArray &member : value.split(','))
            list.append(trimBlanks(member).toByteArray());
    }
    return list;
}

/// Seconds of "name=123" among the members, as milliseconds.
std::optional<qint64> seconds(const QByteArrayList &members, QByteArrayView name)
{
    for (const QByteArray &member : members) {
        if (member.size() <= name.size() || !equalsIgnoringCase(member.first(name.size()), name))
            continue;
        bool number = false;
        const qint64 value = member.sliced(name.size()).toLongLong(&number);
        if (number && value >= 0 && value < std::numeric_limits<qint64>::max() / second)
            return value * second;
    }
    return std::nullopt;
}

std::optional<qint64> dateIn(const HeaderList &headers, QByteArrayView field)
{
    const auto value = headers.first(field);
    const auto parsed = value ? parseHttpDate(*value) : std::nullopt;
    return parsed ? std::optional(static_cast<qint64>(*parsed)) : std::nullopt;
}

bool isHeuristic(int status)
{
    return status == 200 || status == 203 || status == 206;
}

bool isLasting(int status)
{
    return status == 300 || status == 301 || status == 308 || status == 410;
}

} // namespace

bool hasToken(const HeaderList &headers, QByteArrayView field, QByteArrayView token)
{
    const QByteArrayList list = members(headers, field);
    return std::any_of(list.begin(), list.end(),
                       [&](const QByteArray &m) { return equalsIgnoringCase(m, token); });
}

Freshness freshnessOf(const ResponseHead &response, qint64 responseTime)
{
    const HeaderList &headers = response.headers;
    Freshness freshness;
    const bool never = hasToken(headers, "Cache-Control", "no-cache")
        || hasToken(headers, "Cache-Control", "no-store")
        || hasToken(headers, "Pragma", "no-cache");
    if (never)
        return freshness;
    const QByteArrayList control = members(headers, "Cache-Control");
    const bool mustRevalidate = hasToken(headers, "Cache-Control", "must-revalidate");
    if (!mustRevalidate)
        freshness.staleWhileRevalidate = seconds(control, "stale-while-revalidate=").value_or(0);
    if (const auto maxAge = seconds(control, "max-age=")) {
        freshness.lifetime = *maxAge;
        return freshness;
    }
    const qint64 date = dateIn(headers, "Date").value_or(responseTime);
    if (headers.contains("Expires")) {
        const auto expires = dateIn(headers, "Expires");
        freshness.lifetime = expires ? std::max<qint64>(0, *expires - date) : 0;
        return freshness;
    }
    const auto modified = dateIn(headers, "Last-Modified");
    if (isHeuristic(response.status) && !mustRevalidate && modified && *modified <= date)
        freshness.lifetime = (date - *modified) / 10;
    else if (isLasting(response.status))
        freshness.lifetime = std::nullopt;
    return freshness;
}

qint64 currentAge(const ResponseHead &response, qint64 requestTime, qint64 responseTime, qint64 now)
{
    const qint64 date = dateIn(response.headers, "Date").value_or(responseTime);
    const auto field = response.headers.first("Age");
    const qint64 age = field ? field->trimmed().toLongLong() * second : 0;
    const qint64 received = std::max({qint64(0), responseTime - date, age});
    return received + (responseTime - requestTime) + (now - responseTime);
}

} // namespace rt
