// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/recordcodec.h"

#include "capture/messagecodec.h"
#include "capture/valuecodec.h"

namespace rt {

QByteArray encodeSummary(const ExchangeSummary &summary)
{
    ByteWriter out;
    out.number(recordFormat);
    out.number(summary.id);
    out.number(summary.call);
    out.number(summary.linked);
    out.number(static_cast<quint64>(summary.kind));
    out.flag(summary.external);
    out.integer(summary.status);
    out.real(summary.t);
    out.real(static_cast<double>(summary.durationMs));
    out.integer(summary.wireBytes);
    for (const QByteArray &text :
         {summary.method, summary.path, summary.targetOrigin, summary.endedBy})
        out.bytes(text);
    out.number(static_cast<quint64>(summary.via));
    return out.take();
}

std::optional<ExchangeSummary> decodeSummary(QByteArrayView bytes)
{
    ByteReader in(bytes);
    const quint64 format = in.number();
    if (format > recordFormat)
        return std::nullopt;
    ExchangeSummary summary;
    summary.id = in.number();
    summary.call = in.number();
    summary.linked = in.number();
    summary.kind = in.choice(ExchangeRecord::Kind::Raw);
    summary.external = in.flag();
    summary.status = static_cast<int>(in.integer());
    summary.t = in.real();
    summary.durationMs = static_cast<float>(in.real());
    summary.wireBytes = in.integer();
    for (QByteArray *text :
         {&summary.method, &summary.path, &summary.targetOrigin, &summary.endedBy})
        *text = in.bytes();
    if (format >= 3)
        summary.via = in.choice(ExchangeRecord::Via::Upstream);
    return in.isValid() ? std::optional(std::move(summary)) : std::nullopt;
}

static void writePairs(ByteWriter &out, const std::vector<std::pair<QByteArray, QByteArray>> &pairs)
{
    out.number(pairs.size());
    for (const auto &[first, second] : pairs) {
        out.bytes(first);
        out.bytes(second);
    }
}

static std::vector<std::pair<QByteArray, QByteArray>> readPairs(ByteReader &in)
{
    std::vector<std::pair<QByteArray, QByteArray>> pairs;
    for (size_t left = in.count(); left > 0 && in.isValid(); --left) {
        QByteArray first = in.bytes();
        pairs.emplace_back(std::move(first), in.bytes());
    }
    return pairs;
}

static void writeSteps(ByteWriter &out, const std::vector<AlgorithmStep> &steps)
{
    out.number(steps.size());
    for (const AlgorithmStep &step : steps) {
        out.bytes(step.id);
        out.number(static_cast<quint64>(step.outcome));
        out.text(step.sentence);
        out.bytes(step.evidence);
        out.text(step.source);
        out.number(step.exchange);
    }
}

static std::vector<AlgorithmStep> readSteps(ByteReader &in)
{
    std::vector<AlgorithmStep> steps;
    for (size_t left = in.count(); left > 0 && in.isValid(); --left) {
        AlgorithmStep step;
        step.id = in.bytes();
        step.outcome = in.choice(AlgorithmStep::Outcome::Failed);
        step.sentence = in.text();
        step.evidence = in.bytes();
        step.source = in.text();
        step.exchange = in.number();
        steps.push_back(std::move(step));
    }
    return steps;
}

static void writeOutcome(ByteWriter &out, const CallRecord &call)
{
    out.flag(call.crossOrigin);
    out.flag(call.crossSite);
    out.number(static_cast<quint64>(call.preflight));
    out.real(call.cacheSecondsLeft);
    out.number(static_cast<quint64>(call.outcome));
    out.integer(call.status);
    out.flag(call.readable);
    out.flag(call.redirected);
    out.flag(call.upgraded);
    out.flag(call.executed);
}

static void readOutcome(ByteReader &in, CallRecord &call)
{
    call.crossOrigin = in.flag();
    call.crossSite = in.flag();
    call.preflight = in.choice(CallRecord::Preflight::Cached);
    call.cacheSecondsLeft = in.real();
    call.outcome = in.choice(CallRecord::Outcome::Aborted);
    call.status = static_cast<int>(in.integer());
    call.readable = in.flag();
    call.redirected = in.flag();
    call.upgraded = in.flag();
    call.executed = in.flag();
}

/// The byte strings of a call, in the order of the file.
template<typename Call, typename Visit> static void visitTexts(Call &call, const Visit &visit)
{
    visit(call.api);
    visit(call.page);
    visit(call.url);
    visit(call.path);
    visit(call.method);
    visit(call.mode);
    visit(call.credentials);
    visit(call.requestBody);
    visit(call.reason);
    visit(call.chromiumCode);
    visit(call.directive);
    visit(call.type);
    visit(call.body);
}

QByteArray encodeCall(const CallRecord &call)
{
    ByteWriter out;
    out.number(recordFormat);
    out.number(call.id);
    out.real(call.t);
    out.integer(call.startedAt);
    out.real(call.durationMs);
    visitTexts(call, [&out](const QByteArray &text) { out.bytes(text); });
    writeOutcome(out, call);
    writeHeaders(out, call.headers);
    writeHeaders(out, call.seen);
    out.number(call.exchanges.size());
    for (const quint64 id : call.exchanges)
        out.number(id);
    writeSteps(out, call.steps);
    out.number(static_cast<quint64>(call.console.size()));
    for (const QString &line : call.console)
        out.text(line);
    writePairs(out, call.withheld);
    writePairs(out, call.rejected);
    return out.take();
}

std::optional<CallRecord> decodeCall(QByteArrayView bytes)
{
    ByteReader in(bytes);
    if (in.number() > recordFormat)
        return std::nullopt;
    CallRecord call;
    call.id = in.number();
    call.t = in.real();
    call.startedAt = in.integer();
    call.durationMs = in.real();
    visitTexts(call, [&in](QByteArray &text) { text = in.bytes(); });
    readOutcome(in, call);
    call.headers = readHeaders(in);
    call.seen = readHeaders(in);
    for (size_t left = in.count(); left > 0 && in.isValid(); --left)
        call.exchanges.push_back(in.number());
    call.steps = readSteps(in);
    for (size_t left = in.count(); left > 0 && in.isValid(); --left)
        call.console.append(in.text());
    call.withheld = readPairs(in);
    call.rejected = readPairs(in);
    return in.isValid() ? std::optional(std::move(call)) : std::nullopt;
}

QByteArray encodeChange(const ChangeRecord &change)
{
    ByteWriter out;
    out.number(recordFormat);
    out.number(change.id);
    out.real(change.t);
    out.bytes(change.path);
    writeValue(out, change.value);
    out.flag(change.byLesson);
    return out.take();
}

std::optional<ChangeRecord> decodeChange(QByteArrayView bytes)
{
    ByteReader in(bytes);
    if (in.number() > recordFormat)
        return std::nullopt;
    ChangeRecord change;
    change.id = in.number();
    change.t = in.real();
    change.path = in.bytes();
    change.value = readValue(in);
    change.byLesson = in.flag();
    return in.isValid() ? std::optional(std::move(change)) : std::nullopt;
}

QByteArray encodeAct(const ActRecord &act)
{
    ByteWriter out;
    out.number(recordFormat);
    out.number(act.id);
    out.real(act.t);
    out.bytes(act.name);
    out.text(act.argument);
    return out.take();
}

std::optional<ActRecord> decodeAct(QByteArrayView bytes)
{
    ByteReader in(bytes);
    if (in.number() > recordFormat)
        return std::nullopt;
    ActRecord act;
    act.id = in.number();
    act.t = in.real();
    act.name = in.bytes();
    act.argument = in.text();
    return in.isValid() ? std::optional(std::move(act)) : std::nullopt;
}

} // namespace rt
