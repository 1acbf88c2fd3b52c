// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/timerqueue.h"
#include "server/httpserver.h"
#include "socketio/ticks.h"
#include "websocket/handshake.h"

#include <QObject>

namespace rt {

/// A WebSocket endpoint that returns every message, as npm ws with three lines of code.
class EchoServer : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QByteArray path = "/ws/echo";
        qint64 maxPayload = 16 * 1024 * 1024;
        UpgradeOptions upgrade;
    };
    /// All must outlive the server.
    struct Context
    {
        const Clock &clock;
        TimerQueue &timers;
        Ticks &ticks;
    };

    EchoServer(Options options, const Context &context)
        : m_options(std::move(options)), m_context(context)
    {
    }

    void setUpgradeOptions(UpgradeOptions options) { m_options.upgrade = std::move(options); }
    /// False: another path.
    bool handleUpgrade(UpgradeRequest &request);
    /// Close frames to all.
    void close();

private:
    void refuse(UpgradeRequest &request, const UpgradeAnswer &answer);

    Options m_options;
    Context m_context;
};

} // namespace rt
