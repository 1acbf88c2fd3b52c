// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/annotation.h"

#include <optional>

namespace rt {

/// How an Access-Control-Allow-Origin value stands to the origin that asked.
/// https://fetch.spec.whatwg.org/#concept-cors-check, with the finer reasons Chromium gives.
enum class AllowOrigin {
    Absent,
    Equal,
    Wildcard,
    WildcardWithCredentials,
    Multiple,
    Invalid,
    Differs,
};
AllowOrigin judgeAllowOrigin(const std::optional<QByteArray> &value, QByteArrayView origin,
                             bool withCredentials);

/// What rules ask about one exchange, whoever recorded it.
class Facts
{
public:
    Facts(const ExchangeRecord &exchange, const CallRecord *call);

    const ExchangeRecord &exchange;
    const CallRecord *call = nullptr;
    const RequestHead &request;
    const ResponseHead &response;
    /// The Origin header; nullopt when the request has none.
    std::optional<QByteArray> origin;
    bool preflight = false;
    /// The request names an origin that is not the server's: the CORS protocol is at work.
    bool crossOrigin = false;
    /// Credentials mode "include"; false when it is not known.
    bool includesCredentials = false;
    /// Sent by a browser, built in or real: its rules decide what script sees.
    bool byBrowser = false;

    AllowOrigin allowOrigin() const;
    std::optional<QByteArray> requested(QByteArrayView header) const
    {
        return request.headers.get(header);
    }
    std::optional<QByteArray> answered(QByteArrayView header) const
    {
        return response.headers.get(header);
    }
    /// A setting in force when this was handled ("cors.origin"); undefined when not known.
    JsValue setting(QByteArrayView path) const;
    bool knowsSettings() const { return exchange.server.settings != nullptr; }
    const StageRecord *stage(QByteArrayView name) const;
};

/// Where a name is described: fills `reference` and `referenceUrl`.
void referTo(Annotation &row, const char *reference, const char *url);

} // namespace rt
