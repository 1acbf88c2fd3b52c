// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"
#include "core/express/pipelineharness.h"
#include "lab/buildpipeline.h"
#include "lab/labconfig.h"
#include "lab/labstate.h"

namespace rt {

/// One request through the real stack of a lab file, as it would be recorded.
inline ExchangeRecord recorded(const QByteArray &config, const QByteArray &requestBytes)
{
    static LabClock clock;
    LabState state(clock);
    const auto lab = LabConfig::fromJson(config);
    if (!lab)
        qFatal("%s", qPrintable(lab.error().message));
    const auto pipeline = buildPipeline(*lab, state);
    if (!pipeline)
        qFatal("%s", qPrintable(pipeline.error().message));
    const PipelineAnswer answer = runPipeline(*pipeline, requestBytes, true);
    ExchangeRecord record;
    record.server = answer.report;
    record.hasClient = false;
    RequestParser parser;
    for (const RequestEvent &event : parser.feed(requestBytes)) {
        if (const auto *head = std::get_if<RequestHeadEvent>(&event))
            record.server.end.request = head->head;
    }
    record.server.end.response = {};
    record.server.end.response.status = answer.status();
    const QByteArrayList lines = answer.head().split('\n');
    for (const QByteArray &line : lines.sliced(1)) {
        if (const qsizetype colon = line.indexOf(": "); colon > 0)
            record.server.end.response.headers.append(line.first(colon),
                                                      line.mid(colon + 2).trimmed());
    }
    return record;
}

} // namespace rt
