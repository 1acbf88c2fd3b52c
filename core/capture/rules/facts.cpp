// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/facts.h"

#include "capture/exchangekind.h"
#include "http/url.h"

namespace rt {

AllowOrigin judgeAllowOrigin(const std::optional<QByteArray> &value, QByteArrayView origin,
                             bool withCredentials)
{
    if (!value)
        return AllowOrigin::Absent;
    const QByteArray allowed = value->trimmed();
    if (allowed == "*")
        return withCredentials ? AllowOrigin::WildcardWithCredentials : AllowOrigin::Wildcard;
    if (allowed == origin)
        return AllowOrigin::Equal;
    if (allowed.contains(',') || allowed.contains(' '))
        return AllowOrigin::Multiple;
    const auto url = parseUrl(allowed);
    if (allowed != "null" && (!url || url->origin() == "null"))
        return AllowOrigin::Invalid;
    return AllowOrigin::Differs;
}

Facts::Facts(const ExchangeRecord &record, const CallRecord *action)
    : exchange(record), call(action), request(record.request()), response(record.response()),
      origin(request.headers.get("Origin")),
      preflight(record.kind == ExchangeRecord::Kind::Preflight || isPreflight(request))
{
    using Kind = ExchangeRecord::Kind;
    byBrowser = call ? call->api != "raw" : record.kind != Kind::Raw && origin.has_value();
    crossOrigin = byBrowser && record.kind != Kind::Upgrade && origin
        && (record.targetOrigin.isEmpty() || *origin != record.targetOrigin);
    if (call && call->mode != "cors" && !call->mode.isEmpty())
        crossOrigin = false; // no-cors and navigate do not run the CORS check
    includesCredentials = call && call->credentials == "include";
}

AllowOrigin Facts::allowOrigin() const
{
    return judgeAllowOrigin(response.headers.get("Access-Control-Allow-Origin"),
                            origin.value_or(QByteArray()), includesCredentials);
}

JsValue Facts::setting(QByteArrayView path) const
{
    return exchange.server.settings ? (*exchange.server.settings)[QString::fromLatin1(path)]
                                    : JsValue();
}

const StageRecord *Facts::stage(QByteArrayView name) const
{
    for (const StageRecord &one : exchange.server.stages) {
        if (one.name == name)
            return &one;
    }
    return nullptr;
}

void referTo(Annotation &row, const char *reference, const char *url)
{
    row.reference = QString::fromUtf8(reference);
    row.referenceUrl = QString::fromLatin1(url);
}

} // namespace rt
