// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/random.h"
#include "base/timerqueue.h"
#include "socketio/namespace.h"
#include "socketio/sessionawareadapter.h"
#include "socketio/ticks.h"

#include <set>

namespace rt::engineio {
class Session;
}

namespace rt::socketio {

class PendingBroadcast;

struct ServerOptions
{
    /// Milliseconds a connection may stay without a namespace.
    int connectTimeout = 45000;
    std::optional<RecoveryOptions> recovery;
};

/// What a server needs from outside; all must outlive it.
struct ServerContext
{
    const Clock &clock;
    TimerQueue &timers;
    Ticks &ticks;
    Random &random;
};

/// npm socket.io's Server above its engine: namespaces and clients.
class Server
{
public:
    using AdapterFactory = std::function<std::unique_ptr<Adapter>(Namespace &)>;

    Server(const ServerContext &context, ServerOptions options);
    ~Server();
    Q_DISABLE_COPY_MOVE(Server)

    /// Makes the namespace if need be.
    Namespace &of(const QString &name);
    /// Namespaces made on demand: those whose name `matches`, prepared by `setUp`.
    void ofMatching(std::function<bool(const QString &name)> matches,
                    std::function<void(Namespace &)> setUp);
    /// The namespace a client asks for; nullptr when there is none and none is made.
    Namespace *find(const QString &name);
    /// Replaces the adapters of all namespaces, also of those to come. Before the first client.
    void setAdapter(AdapterFactory factory);

    void accept(const std::shared_ptr<engineio::Session> &session);
    /// All sockets end with "server shutting down"; the engine is closed by its owner.
    void close();

    const ServerOptions &options() const { return m_options; }
    const Clock &clock() const { return m_context.clock; }
    TimerQueue &timers() const { return m_context.timers; }
    Ticks &ticks() const { return m_context.ticks; }
    Random &random() const { return m_context.random; }
    /// 20 characters of A-Za-z0-9_- (npm base64id).
    QString generateId();

    // --- for its parts
    std::unique_ptr<Adapter> makeAdapter(Namespace &nsp);
    void forget(const std::shared_ptr<Client> &client) { m_clients.erase(client); }
    void keep(const std::shared_ptr<PendingBroadcast> &pending) { m_pending.insert(pending); }
    void release(const std::shared_ptr<PendingBroadcast> &pending) { m_pending.erase(pending); }

private:
    struct Pattern
    {
        std::function<bool(const QString &)> matches;
        std::function<void(Namespace &)> setUp;
    };

    ServerContext m_context;
    ServerOptions m_options;
    AdapterFactory m_adapterFactory;
    std::map<QString, std::unique_ptr<Namespace>> m_namespaces;
    std::vector<Pattern> m_patterns;
    std::set<std::shared_ptr<Client>> m_clients;
    std::set<std::shared_ptr<PendingBroadcast>> m_pending;
};

} // namespace rt::socketio
