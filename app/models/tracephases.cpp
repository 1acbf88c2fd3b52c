// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/tracephases.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace rt {

namespace {

using Part = TracePhase::Part;

QString title(Part part)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("trace", text); };
    switch (part) {
    case Part::Request:
        return tr("Request");
    case Part::Checks:
        return tr("Main fetch");
    case Part::Preflight:
        return tr("Preflight");
    case Part::Cookies:
        return tr("Cookies");
    case Part::Network:
        return tr("Network");
    case Part::Redirect:
        return tr("Redirect");
    case Part::CorsCheck:
        return tr("CORS check");
    case Part::Answer:
        return tr("Answer");
    }
    Q_UNREACHABLE();
}

/// Steps tell of the network only when it failed.
bool walkedSilently(Part part, const CallRecord &call)
{
    if (part == Part::Network)
        return call.status > 0;
    if (part == Part::Preflight)
        return call.preflight != CallRecord::Preflight::None;
    return part == Part::Request;
}

Part partOf(const AlgorithmStep &step, const std::vector<ExchangeRecord> &exchanges)
{
    static constexpr std::pair<QByteArrayView, Part> parts[] = {
        {"request", Part::Request},   {"mixed", Part::Checks},        {"csp", Part::Checks},
        {"cookie", Part::Cookies},    {"preflight", Part::Preflight}, {"net", Part::Network},
        {"redirect", Part::Redirect}, {"cors", Part::CorsCheck},
    };
    const bool ofPreflight = std::any_of(
        exchanges.begin(), exchanges.end(), [&step](const ExchangeRecord &exchange) {
            return exchange.id == step.exchange && exchange.kind == ExchangeRecord::Kind::Preflight;
        });
    if (ofPreflight || step.source.contains(u"preflight"))
        return Part::Preflight;
    const QByteArray prefix = step.id.left(step.id.indexOf('.'));
    for (const auto &[name, part] : parts) {
        if (prefix == name)
            return part;
    }
    return Part::Answer;
}

} // namespace

std::vector<TracePhase> tracePhases(const CallRecord &call,
                                    const std::vector<ExchangeRecord> &exchanges)
{
    std::vector<TracePhase> phases;
    for (int i = 0; i < TracePhase::partCount; ++i) {
        const auto part = static_cast<Part>(i);
        phases.push_back(
            {part, title(part),
             walkedSilently(part, call) ? TracePhase::State::Walked : TracePhase::State::Skipped});
    }
    for (int row = 0; row < static_cast<int>(call.steps.size()); ++row) {
        const AlgorithmStep &step = call.steps[static_cast<size_t>(row)];
        TracePhase &phase = phases[static_cast<size_t>(partOf(step, exchanges))];
        const bool failed = step.outcome == AlgorithmStep::Outcome::Failed;
        if (phase.step < 0 || failed)
            phase.step = row;
        if (phase.state != TracePhase::State::Failed)
            phase.state = failed ? TracePhase::State::Failed : TracePhase::State::Walked;
    }
    return phases;
}

} // namespace rt
