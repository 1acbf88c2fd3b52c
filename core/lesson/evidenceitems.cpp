// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/evidenceitems.h"

#include "capture/exchangekind.h"
#include "lesson/evidencefields.h"

#include <array>

namespace rt {

namespace {

JsValue text(QByteArrayView bytes)
{
    return JsValue(QString::fromUtf8(bytes));
}

/// Undefined for an empty text: the field says nothing.
JsValue word(QByteArrayView bytes)
{
    return bytes.isEmpty() ? JsValue() : text(bytes);
}

JsValue number(quint64 value)
{
    return JsValue(static_cast<qint64>(value));
}

JsValue size(const QByteArray &bytes)
{
    return JsValue(static_cast<qint64>(bytes.size()));
}

JsValue pairs(const std::vector<std::pair<QByteArray, QByteArray>> &list)
{
    JsValue map = JsValue::object();
    for (const auto &[name, value] : list)
        map.insert(QString::fromUtf8(name), text(value));
    return map;
}

void insert(JsValue &object, const char16_t *name, JsValue value)
{
    if (!value.isUndefined())
        object.insert(QString::fromUtf16(name), std::move(value));
}

QByteArray headerOf(const HeaderList &headers, QByteArrayView name)
{
    return headers.get(name).value_or(QByteArray());
}

JsValue requestFields(const ExchangeRecord &record)
{
    const EndReport &end = record.end();
    const HeaderList &headers = end.request.headers;
    JsValue request = JsValue::object();
    insert(request, u"method", text(end.request.method));
    insert(request, u"target", text(end.request.target));
    insert(request, u"path", text(record.path()));
    insert(request, u"q", queryFields(end.request.target));
    insert(request, u"h", headerFields(headers));
    insert(request, u"cookie", cookieFields(headerOf(headers, "Cookie")));
    insert(request, u"bytes", size(end.requestBody));
    insert(request, u"text", bodyText(end.requestBody));
    insert(request, u"json", bodyJson(end.requestBody, headerOf(headers, "Content-Type")));
    insert(request, u"tls", JsValue(end.tls || record.targetOrigin.startsWith("https:")));
    return request;
}

/// Milliseconds until the first decoded byte, or until the answer began when it has none. Undefined
/// when nobody watched a coded body.
JsValue firstByte(const EndReport &end)
{
    const bool coded = end.response.headers.contains("Content-Encoding");
    const qint64 first = end.firstContentNs || coded ? end.firstContentNs : end.firstByteNs;
    if (first <= end.startedNs)
        return {};
    return JsValue(static_cast<double>(first - end.startedNs) / 1e6);
}

JsValue responseFields(const ExchangeRecord &record)
{
    const EndReport &end = record.end();
    const HeaderList &headers = end.response.headers;
    if (end.response.status == 0)
        return JsValue::object();
    JsValue response = JsValue::object();
    insert(response, u"status", JsValue(end.response.status));
    insert(response, u"h", headerFields(headers));
    insert(response, u"cookie", setCookieFields(headers.all("Set-Cookie"), record.startedAt));
    insert(response, u"csp", policyFields(headerOf(headers, "Content-Security-Policy")));
    const QByteArray body = decodedBody(end.responseBody, headerOf(headers, "Content-Encoding"));
    insert(response, u"wire", size(end.responseBody));
    insert(response, u"bytes", size(body));
    insert(response, u"text", bodyText(body));
    insert(response, u"json", bodyJson(body, headerOf(headers, "Content-Type")));
    insert(response, u"firstByte", firstByte(end));
    insert(response, u"chunks", JsValue(end.responseChunks));
    return response;
}

JsValue decisionIds(const std::vector<Decision> &decisions)
{
    JsValue ids = JsValue::array();
    for (const Decision &decision : decisions)
        ids.append(text(decision.id));
    return ids;
}

JsValue allDecisions(const ExchangeRecord &record)
{
    JsValue ids = decisionIds(record.server.decisions);
    const auto add = [&ids](const std::vector<Decision> &decisions) {
        const JsValue more = decisionIds(decisions);
        for (const JsValue &id : more.items())
            ids.append(id);
    };
    for (const StageRecord &stage : record.server.stages)
        add(stage.decisions);
    add(record.client.decisions);
    return ids;
}

JsValue visitedStages(const ServerReport &report)
{
    JsValue names = JsValue::array();
    for (const StageRecord &stage : report.stages)
        names.append(text(stage.name));
    return names;
}

QByteArray viaName(ExchangeRecord::Via via)
{
    static constexpr std::array<const char *, 3> names {"direct", "proxy", "upstream"};
    return names.at(static_cast<size_t>(via));
}

QByteArray preflightName(CallRecord::Preflight preflight)
{
    static constexpr std::array<const char *, 3> names {"none", "sent", "cached"};
    return names.at(static_cast<size_t>(preflight));
}

QByteArray outcomeName(CallRecord::Outcome outcome)
{
    static constexpr std::array<const char *, 5> names {"pending", "ok", "blocked", "failed",
                                                        "aborted"};
    return names.at(static_cast<size_t>(outcome));
}

void insertAnswer(JsValue &item, const CallRecord &record)
{
    insert(item, u"type", word(record.type));
    insert(item, u"status", JsValue(record.status));
    insert(item, u"readable", JsValue(record.readable));
    insert(item, u"seen", headerFields(record.seen));
    if (!record.readable)
        return;
    insert(item, u"text", bodyText(record.body));
    insert(item, u"json", bodyJson(record.body, headerOf(record.seen, "Content-Type")));
}

} // namespace

EvidenceItem EvidenceItems::exchange(const ExchangeRecord &record)
{
    JsValue item = JsValue::object();
    insert(item, u"id", number(record.id));
    insert(item, u"call", number(record.call));
    insert(item, u"conn", number(record.connection));
    insert(item, u"t", JsValue(record.t));
    insert(item, u"duration", JsValue(record.durationMs()));
    insert(item, u"kind", text(exchangeKindName(record.kind)));
    insert(item, u"node", JsValue(record.node));
    insert(item, u"via", text(viaName(record.via)));
    insert(item, u"event", word(record.server.event));
    insert(item, u"aborted", JsValue(record.end().aborted));
    insert(item, u"cfg", settings(record.server.settings));
    insert(item, u"req", requestFields(record));
    insert(item, u"res", responseFields(record));
    insert(item, u"handler", record.server.handler);
    insert(item, u"visited", visitedStages(record.server));
    insert(item, u"endedBy", word(record.server.endedBy));
    insert(item, u"decisions", allDecisions(record));
    return {record.id, record.t, item};
}

EvidenceItem EvidenceItems::call(const CallRecord &record)
{
    JsValue item = JsValue::object();
    insert(item, u"id", number(record.id));
    insert(item, u"t", JsValue(record.t));
    insert(item, u"api", word(record.api));
    insert(item, u"page", text(record.page));
    insert(item, u"url", text(record.url));
    insert(item, u"path", text(record.path));
    insert(item, u"method", text(record.method));
    insert(item, u"mode", word(record.mode));
    insert(item, u"credentials", word(record.credentials));
    insert(item, u"h", headerFields(record.headers));
    insert(item, u"crossOrigin", JsValue(record.crossOrigin));
    insert(item, u"crossSite", JsValue(record.crossSite));
    insert(item, u"preflight", text(preflightName(record.preflight)));
    insert(item, u"http", number(record.exchanges.size()));
    insert(item, u"result", text(outcomeName(record.outcome)));
    insert(item, u"reason", word(record.reason));
    insert(item, u"directive", word(record.directive));
    insert(item, u"executed", JsValue(record.executed));
    insert(item, u"upgraded", JsValue(record.upgraded));
    insert(item, u"withheld", pairs(record.withheld));
    insert(item, u"rejected", pairs(record.rejected));
    insertAnswer(item, record);
    JsValue decisions = JsValue::array();
    for (const AlgorithmStep &step : record.steps)
        decisions.append(text(step.id));
    insert(item, u"decisions", decisions);
    return {record.id, record.t, item};
}

EvidenceItem EvidenceItems::change(const ChangeRecord &record)
{
    JsValue item = JsValue::object();
    insert(item, u"id", number(record.id));
    insert(item, u"t", JsValue(record.t));
    insert(item, u"path", text(record.path));
    insert(item, u"by", text(record.byLesson ? "lesson" : "learner"));
    return {record.id, record.t, item};
}

EvidenceItem EvidenceItems::act(const ActRecord &record)
{
    JsValue item = JsValue::object();
    insert(item, u"id", number(record.id));
    insert(item, u"t", JsValue(record.t));
    insert(item, u"name", text(record.name));
    insert(item, u"arg", JsValue(record.argument));
    return {record.id, record.t, item};
}

JsValue EvidenceItems::settings(const std::shared_ptr<const JsValue> &flattened)
{
    if (!flattened)
        return {};
    if (flattened != m_flattened) {
        m_flattened = flattened;
        m_nested = nestedSettings(*flattened);
    }
    return m_nested;
}

void EvidenceItems::put(Evidence &evidence, const CaptureItem &record)
{
    if (const auto *exchanged = std::get_if<ExchangeRecord>(&record))
        evidence.put(CheckStream::Http, exchange(*exchanged));
    else if (const auto *called = std::get_if<CallRecord>(&record))
        evidence.put(CheckStream::Call, call(*called));
    else if (const auto *changed = std::get_if<ChangeRecord>(&record))
        evidence.put(CheckStream::Change, change(*changed));
    else if (const auto *acted = std::get_if<ActRecord>(&record))
        evidence.put(CheckStream::Act, act(*acted));
}

} // namespace rt
