// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/annotation.h"

namespace rt {

static Annotation plainRow(const HeaderField &field, bool onRequest)
{
    Annotation row;
    row.onRequest = onRequest;
    row.header = field.name;
    row.value = field.value;
    return row;
}

std::vector<Annotation> annotate(const ExchangeRecord &exchange, const CallRecord *)
{
    std::vector<Annotation> rows;
    for (const HeaderField &field : exchange.request().headers)
        rows.push_back(plainRow(field, true));
    for (const HeaderField &field : exchange.response().headers)
        rows.push_back(plainRow(field, false));
    return rows;
}

Diagnosis diagnose(const CallRecord &call, const std::vector<ExchangeRecord> &)
{
    Diagnosis diagnosis;
    diagnosis.reason = call.reason;
    return diagnosis;
}

Diagnosis diagnose(const ExchangeRecord &)
{
    return {};
}

QString storyOf(const CallRecord &, const std::vector<ExchangeRecord> &)
{
    return {};
}

} // namespace rt
