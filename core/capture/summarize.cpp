// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/summarize.h"

namespace rt {

ExchangeSummary summarize(const ExchangeRecord &record)
{
    ExchangeSummary row;
    row.id = record.id;
    row.call = record.call;
    row.linked = record.linked;
    row.kind = record.kind;
    row.external = record.external;
    row.status = record.response().status;
    row.t = record.t;
    row.durationMs = static_cast<float>(record.durationMs());
    row.wireBytes = record.end().responseBytes.size();
    row.method = record.request().method;
    row.path = record.path();
    row.targetOrigin = record.targetOrigin;
    row.endedBy = record.server.endedBy;
    row.via = record.via;
    return row;
}

} // namespace rt
