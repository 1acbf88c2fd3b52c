// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/exchangekind.h"

#include <array>

namespace rt {

using Kind = ExchangeRecord::Kind;

static constexpr std::array<std::pair<Kind, const char *>, 7> kindNames {{
    {Kind::Preflight, "preflight"},
    {Kind::Actual, "actual"},
    {Kind::Navigation, "navigation"},
    {Kind::Subresource, "subresource"},
    {Kind::Poll, "poll"},
    {Kind::Upgrade, "upgrade"},
    {Kind::Raw, "raw"},
}};

Kind exchangeKind(QByteArrayView name)
{
    for (const auto &[kind, text] : kindNames) {
        if (name == QByteArrayView(text))
            return kind;
    }
    return Kind::Actual;
}

QByteArray exchangeKindName(Kind kind)
{
    for (const auto &[candidate, text] : kindNames) {
        if (candidate == kind)
            return text;
    }
    return {};
}

bool isPreflight(const RequestHead &request)
{
    return request.method == "OPTIONS" && request.headers.contains("Origin")
        && request.headers.contains("Access-Control-Request-Method");
}

Kind guessedKind(const ServerReport &report)
{
    if (report.event == "upgrade")
        return Kind::Upgrade;
    const RequestHead &request = report.end.request;
    if (isPreflight(request))
        return Kind::Preflight;
    if (report.endedBy == "engine.io")
        return Kind::Poll;
    if (request.headers.get("Sec-Fetch-Mode") == "navigate")
        return Kind::Navigation;
    const QByteArray destination = request.headers.get("Sec-Fetch-Dest").value_or(QByteArray());
    return destination.isEmpty() || destination == "empty" ? Kind::Actual : Kind::Subresource;
}

} // namespace rt
