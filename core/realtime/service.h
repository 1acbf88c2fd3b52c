// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/random.h"
#include "realtime/echoserver.h"
#include "realtime/engineserver.h"
#include "realtime/updatesfeed.h"
#include "socketio/pubsub.h"
#include "socketio/server.h"

namespace rt {

class DemoApp;

/// What is offered in real time, and how.
struct RealtimeOptions
{
    /// suite, demo, recovery: what /healthz tells.
    QByteArray profile = "demo";
    engineio::Options engine;
    socketio::ServerOptions sockets;
    EchoServer::Options echo;
    UpdatesFeed::Limits updates;
    /// False: Socket.IO was given a server nobody listens on.
    bool attached = true;
    /// An upgrade nobody takes gets 404 instead of a closed connection.
    bool answerUnknownUpgrades = false;

    /// The values of a named profile: heartbeat, recovery, CORS for everybody.
    static RealtimeOptions forProfile(const QByteArray &profile);
};

/// Everything beside Express on one HTTP server: Socket.IO with the demo application, a bare
/// Engine.IO, /ws/echo and /api/updates. Lives on the server's thread.
class RealtimeService
{
public:
    static Result<std::unique_ptr<RealtimeService>> create(RealtimeOptions options,
                                                           const Clock &clock, Random &random);
    ~RealtimeService();
    Q_DISABLE_COPY_MOVE(RealtimeService)

    /// False: somebody else's request. The service must outlive what it takes.
    bool handleRequest(ServerResponse &response);
    bool handleUpgrade(UpgradeRequest &request);
    /// Shares namespaces with other servers; `pubSub` must outlive the service.
    void shareOver(socketio::PubSub &pubSub);
    UpdatesFeed &updates() { return m_updates; }
    socketio::Server &sockets() { return m_sockets; }
    /// Held polls get 503, sockets are closed. Connections end by themselves a moment later.
    void shutDown();

private:
    struct Engines
    {
        std::unique_ptr<engineio::Server> socketIo;
        std::unique_ptr<engineio::Server> bare;
    };
    RealtimeService(RealtimeOptions options, const Clock &clock, Random &random);
    Result<void> start();

    const RealtimeOptions m_options;
    const Clock &m_clock;
    Random &m_random;
    TimerQueue m_timers;
    Ticks m_ticks;
    UpdatesFeed m_updates;
    socketio::Server m_sockets;
    std::unique_ptr<DemoApp> m_app;
    EchoServer m_echo;
    Engines m_engines;
};

} // namespace rt
