// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"
#include "capture/sessiontime.h"

#include <deque>
#include <functional>
#include <unordered_map>

namespace rt {

/// Brings the two ends' reports of one exchange together. Knows nothing of calls, batches or
/// timers.
class ExchangeMatcher
{
public:
    /// `complete` is false when more of this exchange may still come. The receiver may change the
    /// record (links); it may move from it when it is complete.
    using Receiver = std::function<void(ExchangeRecord &record, bool complete)>;

    /// Who listens on a real port of this machine.
    struct Listener
    {
        /// For example "http://api.shop.test:8000".
        QByteArray virtualOrigin;
        ExchangeRecord::Via via = ExchangeRecord::Via::Direct;
        int node = 1;
    };

    ExchangeMatcher(SessionTime &time, Receiver receiver);
    ~ExchangeMatcher();
    Q_DISABLE_COPY_MOVE(ExchangeMatcher)

    void setListener(quint16 port, Listener listener);
    void removeListener(quint16 port);
    void clientConnected(quint16 clientPort, quint16 serverPort);
    void clientStarted(const ExchangeKey &key);
    void serverStarted(const ExchangeKey &key);
    struct Settled
    {
        quint64 id = 0;
        bool complete = false;
    };
    Settled clientFinished(ClientReport report);
    Settled serverFinished(ServerReport report);

    /// Hands out an exchange that has just started, with its request head.
    void showStarted(const ExchangeKey &key, const RequestHead &request);
    /// Hands out what has waited for its other end longer than the grace time.
    void sweep();
    bool isWaiting() const { return !m_halves.empty(); }
    qsizetype pending() const { return static_cast<qsizetype>(m_pending.size()); }

    static constexpr qint64 graceNs = 250'000'000;
    /// Half-reported exchanges kept in case the other end reports late.
    static constexpr size_t keptHalves = 1024;
    /// Exchanges under way; a lab holds 10,000 polls and as many sockets.
    static constexpr size_t mostPending = 65'536;

private:
    enum class Side : quint8 { Silent, Started, Finished };
    struct Pending
    {
        Side client = Side::Silent;
        Side server = Side::Silent;
        bool shown = false;
        ExchangeRecord record;
    };
    using Map = std::unordered_map<quint64, Pending>;
    struct Connection
    {
        bool announced = false;
        bool used = false;
        quint64 number = 0;
    };
    struct Half
    {
        quint64 key = 0;
        quint64 id = 0;
        qint64 sinceNs = 0;
    };

    static quint64 packed(const ExchangeKey &key);
    Map::iterator reach(const ExchangeKey &key, Side Pending::*side, Side reached);
    Map::iterator open(const ExchangeKey &key);
    Connection &connectionOf(const ExchangeKey &key);
    bool isComplete(const Pending &pending, quint16 serverPort) const;
    Settled settle(Map::iterator it, const ExchangeKey &key);
    void release(Map::iterator it);
    void abandon(Map::iterator it);
    void showHalf(const Half &half);
    void makeRoom();

    SessionTime &m_time;
    Receiver m_receiver;
    std::unordered_map<quint16, Listener> m_listeners;
    std::unordered_map<quint32, Connection> m_connections;
    Map m_pending;
    std::deque<Half> m_halves;
    std::deque<Half> m_kept;
    quint64 m_lastId = 0;
    quint64 m_lastConnection = 0;
};

} // namespace rt
