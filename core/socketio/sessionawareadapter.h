// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/timerqueue.h"
#include "socketio/adapter.h"

#include <deque>

namespace rt::socketio {

struct RecoveryOptions
{
    /// Milliseconds.
    qint64 maxDisconnectionDuration = 120000;
    bool skipMiddlewares = true;
};

/// Connection state recovery: remembers events and lost sockets for a while (SessionAwareAdapter of
/// socket.io-adapter 2.5).
class SessionAwareAdapter final : public Adapter
{
public:
    SessionAwareAdapter(Namespace &nsp, const RecoveryOptions &options, const Clock &clock,
                        TimerQueue &timers);

    void broadcast(Packet packet, const BroadcastOptions &options) override;
    void persistSession(const RecoverableSession &session) override;
    std::optional<RestoredSession> restoreSession(const QString &pid,
                                                  const QString &offset) override;

private:
    struct Stored
    {
        QString id;
        BroadcastOptions options;
        JsValue data;
        qint64 emittedAt = 0;
    };
    struct Lost
    {
        RecoverableSession session;
        qint64 disconnectedAt = 0;
    };
    void forgetOld();
    QString nextOffset();

    const qint64 m_duration;
    const Clock &m_clock;
    QHash<QString, Lost> m_sessions;
    std::deque<Stored> m_packets;
    QString m_lastTime;
    int m_sameTime = 0;
    TimerQueue::Timer m_cleaner;
};

} // namespace rt::socketio
