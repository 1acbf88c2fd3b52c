// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/recorder.h"

#include "capture/exchangekind.h"

#include <algorithm>

namespace rt {

// One frame at 60 Hz: the store inserts rows at most that often.
static constexpr int frameMs = 16;
// Under load a batch goes early, so that no frame brings more than a view can take at once.
static constexpr size_t largestBatch = 1024;
static constexpr size_t mostLateCalls = 256;
static constexpr size_t mostExternalPreflights = 32;

Recorder::Recorder(const Clock &clock, Sink sink)
    : m_sink(std::move(sink)), m_time(clock),
      m_matcher(m_time,
                [this](ExchangeRecord &record, bool complete) { receive(record, complete); })
{
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { flush(); });
}

Recorder::~Recorder() = default;

void Recorder::setListener(quint16 port, Listener listener)
{
    m_matcher.setListener(port, std::move(listener));
}

void Recorder::removeListener(quint16 port)
{
    m_matcher.removeListener(port);
}

void Recorder::setShowAtStart(std::function<bool(const RequestHead &)> wanted)
{
    m_showAtStart = std::move(wanted);
}

void Recorder::clientConnected(quint16 clientPort, quint16 serverPort)
{
    m_matcher.clientConnected(clientPort, serverPort);
}

void Recorder::clientStarted(const ExchangeKey &key, const RequestHead &request)
{
    m_matcher.clientStarted(key);
    if (m_showAtStart && m_showAtStart(request))
        m_matcher.showStarted(key, request);
}

void Recorder::serverStarted(const ExchangeKey &key, const RequestHead &request)
{
    m_matcher.serverStarted(key);
    if (m_showAtStart && m_showAtStart(request))
        m_matcher.showStarted(key, request);
}

void Recorder::clientFinished(ClientReport report)
{
    const auto call = report.call ? m_calls.find(report.call) : m_calls.end();
    const ExchangeMatcher::Settled settled = m_matcher.clientFinished(std::move(report));
    if (call != m_calls.end()) {
        call->second.exchanges.push_back(settled.id);
        if (!settled.complete) {
            call->second.unseen.push_back(settled.id);
            call->second.incomplete.push_back(settled.id);
        }
    }
    armTimer();
}

void Recorder::serverFinished(ServerReport report)
{
    if (!report.settings)
        report.settings = m_settings;
    m_matcher.serverFinished(std::move(report));
    armTimer();
}

void Recorder::receive(ExchangeRecord &record, bool complete)
{
    if (record.client.forwarded) {
        if (!complete || m_hops.second(record))
            put(record);
        return;
    }
    std::vector<ExchangeRecord> seconds;
    if (record.via == ExchangeRecord::Via::Proxy && complete)
        seconds = m_hops.first(record);
    const auto call = record.call ? m_calls.find(record.call) : m_calls.end();
    if (call != m_calls.end())
        linkPreflight(call->second, record);
    else if (record.external && complete)
        linkExternal(record);
    const quint64 id = record.id;
    const bool executed = record.server.executed;
    if (complete)
        put(std::move(record));
    else
        put(record);
    for (ExchangeRecord &second : seconds)
        put(std::move(second));
    if (call == m_calls.end())
        return;
    std::erase(call->second.unseen, id);
    if (complete)
        std::erase(call->second.incomplete, id);
    call->second.executed = call->second.executed || executed;
    handOutIfReady(call);
}

/// The preflight is handed out before the request it is for has an id; it follows once more when
/// both are known.
void Recorder::linkPreflight(ActiveCall &call, ExchangeRecord &record)
{
    if (record.kind == ExchangeRecord::Kind::Preflight) {
        call.preflight = record;
        return;
    }
    if (!call.preflight || record.linked != 0 || record.id < call.preflight->id)
        return;
    record.linked = call.preflight->id;
    call.preflight->linked = record.id;
    put(std::move(*call.preflight));
    call.preflight.reset();
}

/// A browser from outside says nothing of calls: its preflight belongs to the next request that has
/// the same origin and target and the method that was asked for.
void Recorder::linkExternal(ExchangeRecord &record)
{
    if (record.kind == ExchangeRecord::Kind::Preflight) {
        m_externalPreflights.push_back(record);
        if (m_externalPreflights.size() > mostExternalPreflights)
            m_externalPreflights.pop_front();
        return;
    }
    if (m_externalPreflights.empty())
        return;
    const RequestHead &request = record.request();
    const auto origin = request.headers.get("Origin");
    const auto asked = [&](const ExchangeRecord &preflight) {
        const RequestHead &before = preflight.request();
        return before.target == request.target && before.headers.get("Origin") == origin
            && preflight.server.key.serverPort == record.server.key.serverPort
            && before.headers.get("Access-Control-Request-Method") == request.method;
    };
    const auto found
        = std::find_if(m_externalPreflights.begin(), m_externalPreflights.end(), asked);
    if (found == m_externalPreflights.end())
        return;
    record.linked = found->id;
    found->linked = record.id;
    put(std::move(*found));
    m_externalPreflights.erase(found);
}

void Recorder::callStarted(CallRecord call)
{
    ActiveCall active;
    active.startedNs = m_time.monotonicNs();
    active.t = call.t != 0 ? call.t : m_time.elapsed();
    active.startedAt = call.startedAt != 0 ? call.startedAt : m_time.now();
    call.t = active.t;
    call.startedAt = active.startedAt;
    m_calls.insert_or_assign(call.id, std::move(active));
    put(std::move(call));
}

void Recorder::callFinished(CallRecord call)
{
    auto it = m_calls.find(call.id);
    if (it == m_calls.end()) {
        it = m_calls.try_emplace(call.id).first;
        it->second.startedNs = m_time.monotonicNs();
        it->second.t = call.t != 0 ? call.t : m_time.elapsed();
        it->second.startedAt = call.startedAt != 0 ? call.startedAt : m_time.now();
    }
    ActiveCall &active = it->second;
    active.finished = true;
    active.finishedNs = m_time.monotonicNs();
    active.record = std::move(call);
    handOutIfReady(it);
}

void Recorder::handOutIfReady(Calls::iterator it)
{
    ActiveCall &call = it->second;
    if (!call.finished || !call.unseen.empty())
        return;
    if (!call.handedOut || call.executed != call.record.executed)
        handOut(call);
    if (call.incomplete.empty()) {
        m_calls.erase(it);
        return;
    }
    if (std::exchange(call.handedOut, true))
        return;
    // A server may still report what it did after the client had left.
    m_lateCalls.push_back(it->first);
    if (m_lateCalls.size() > mostLateCalls) {
        m_calls.erase(m_lateCalls.front());
        m_lateCalls.pop_front();
    }
}

void Recorder::handOut(ActiveCall &call)
{
    CallRecord &record = call.record;
    record.t = call.t;
    record.startedAt = call.startedAt;
    if (record.durationMs == 0)
        record.durationMs = static_cast<double>(call.finishedNs - call.startedNs) / 1e6;
    record.executed = record.executed || call.executed;
    call.executed = record.executed;
    if (!call.handedOut) {
        std::vector<quint64> ids = call.exchanges;
        std::sort(ids.begin(), ids.end());
        for (AlgorithmStep &step : record.steps) {
            const quint64 ordinal = step.exchange;
            step.exchange = ordinal > 0 && ordinal <= ids.size() ? ids[ordinal - 1] : 0;
        }
        if (record.exchanges.empty())
            record.exchanges = std::move(ids);
    }
    put(record);
}

void Recorder::change(QByteArray path, JsValue value, bool byLesson)
{
    put(ChangeRecord {++m_lastChange, m_time.elapsed(), std::move(path), std::move(value),
                      byLesson});
}

void Recorder::act(QByteArray name, QString argument)
{
    put(ActRecord {++m_lastAct, m_time.elapsed(), std::move(name), std::move(argument)});
}

void Recorder::put(CaptureItem item)
{
    m_batch.push_back(std::move(item));
    if (m_batch.size() >= largestBatch)
        deliver();
    else
        armTimer();
}

void Recorder::deliver()
{
    std::vector<CaptureItem> batch;
    batch.reserve(m_batch.size());
    batch.swap(m_batch);
    if (!batch.empty())
        m_sink(std::move(batch));
}

void Recorder::flush()
{
    m_matcher.sweep();
    deliver();
    armTimer();
}

void Recorder::armTimer()
{
    if (!m_timer.isActive() && (!m_batch.empty() || m_matcher.isWaiting()))
        m_timer.start(frameMs);
}

} // namespace rt
