// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangematcher.h"
#include "capture/hoplinks.h"

#include <QTimer>

#include <optional>

namespace rt {

/// Turns what both ends report into capture items and hands them out in batches. Lives on the lab
/// thread (make it there); knows neither server, browser nor store.
///
/// An exchange is handed out when both ends have reported. When one end stays silent it is handed
/// out as it stands after a grace time, and again, with the same id, if the other end still
/// reports.
class Recorder final : public WireObserver
{
public:
    using Sink = std::function<void(std::vector<CaptureItem>)>;
    using Listener = ExchangeMatcher::Listener;

    Recorder(const Clock &clock, Sink sink);
    ~Recorder() override;
    Q_DISABLE_COPY_MOVE(Recorder)

    /// The ports of the lab's own servers. What is not listed is somebody else's server, from which
    /// no report is awaited.
    void setListener(quint16 port, Listener listener);
    void removeListener(quint16 port);
    /// Settings in force, for reports of servers that have none of their own (the site's).
    void setSettings(std::shared_ptr<const JsValue> settings) { m_settings = std::move(settings); }
    /// Requests for which an unfinished record is handed out as soon as they start (held polls).
    void setShowAtStart(std::function<bool(const RequestHead &)> wanted);

    void clientConnected(quint16 clientPort, quint16 serverPort) override;
    void clientStarted(const ExchangeKey &key, const RequestHead &request) override;
    void clientFinished(ClientReport report) override;
    void serverStarted(const ExchangeKey &key, const RequestHead &request) override;
    void serverFinished(ServerReport report) override;

    /// `call.id` is the caller's; `t` and `startedAt` are filled in when they are 0.
    void callStarted(CallRecord call);
    /// To be called after the client has reported the call's last exchange. Fills in `exchanges`
    /// (when empty), `executed` and the times; a step whose `exchange` is n > 0 means the n-th
    /// exchange of the call and gets its id. Handed out after all exchanges of the call.
    void callFinished(CallRecord call);
    void change(QByteArray path, JsValue value, bool byLesson = false);
    void act(QByteArray name, QString argument = {});

    /// Hands out what has gathered. Happens by itself once per frame when an event loop runs.
    void flush();
    /// Milliseconds of lab time since this recorder was made.
    double elapsed() { return m_time.elapsed(); }
    /// Exchanges of which something is still awaited.
    qsizetype pending() const { return m_matcher.pending(); }

private:
    struct ActiveCall
    {
        double t = 0;
        qint64 startedAt = 0;
        qint64 startedNs = 0;
        qint64 finishedNs = 0;
        bool finished = false;
        bool handedOut = false;
        bool executed = false;
        /// Ids in order of the client's reports, and those not handed out yet / not complete yet.
        std::vector<quint64> exchanges;
        std::vector<quint64> unseen;
        std::vector<quint64> incomplete;
        std::optional<ExchangeRecord> preflight;
        CallRecord record;
    };
    using Calls = std::unordered_map<quint64, ActiveCall>;

    void receive(ExchangeRecord &record, bool complete);
    void linkPreflight(ActiveCall &call, ExchangeRecord &record);
    void linkExternal(ExchangeRecord &record);
    void handOutIfReady(Calls::iterator it);
    void handOut(ActiveCall &call);
    void put(CaptureItem item);
    void deliver();
    void armTimer();

    Sink m_sink;
    SessionTime m_time;
    ExchangeMatcher m_matcher;
    HopLinks m_hops;
    std::function<bool(const RequestHead &)> m_showAtStart;
    Calls m_calls;
    std::deque<quint64> m_lateCalls;
    std::deque<ExchangeRecord> m_externalPreflights;
    std::vector<CaptureItem> m_batch;
    QTimer m_timer;
    quint64 m_lastChange = 0;
    quint64 m_lastAct = 0;
    std::shared_ptr<const JsValue> m_settings;
};

} // namespace rt
