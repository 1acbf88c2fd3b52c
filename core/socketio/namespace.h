// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "socketio/broadcastoperator.h"

#include <functional>

namespace rt::socketio {

class Client;
class Server;

/// Answers an event; nothing is sent when the client asked for no acknowledgement.
using Ack = std::function<void(const QList<JsValue> &args)>;

/// The arguments of an event as a listener in JavaScript sees them: values, then the
/// acknowledgement function if the client asked for one.
struct Arguments
{
    QList<JsValue> values;
    Ack ack;

    /// Undefined where there is no value (or the function stands).
    JsValue at(qsizetype index) const { return values.value(index); }
    /// The function, when it is this argument.
    Ack ackAt(qsizetype index) const { return index == values.size() ? ack : Ack(); }
};

/// What a middleware refuses with; becomes the CONNECT_ERROR.
struct ConnectError
{
    QString message;
    /// Undefined: none.
    JsValue data;
};

/// One namespace: its sockets, its rooms (in the adapter), its middlewares and listeners. The
/// listeners belong to the namespace, not to each socket: ten thousand sockets share them.
class Namespace
{
public:
    using Middleware = std::function<std::optional<ConnectError>(Socket &)>;
    /// The text of the error that refuses the event, or nothing.
    using EventMiddleware = std::function<std::optional<QString>(const QString &event)>;
    using ConnectionListener = std::function<void(const SocketPointer &)>;
    using DisconnectListener = std::function<void(const SocketPointer &, const QString &reason)>;
    using EventListener = std::function<void(const SocketPointer &, const Arguments &)>;

    Namespace(Server &server, QString name);
    ~Namespace();
    Q_DISABLE_COPY_MOVE(Namespace)

    Server &server() const { return m_server; }
    const QString &name() const { return m_name; }
    Adapter &adapter() const { return *m_adapter; }
    void setAdapter(std::unique_ptr<Adapter> adapter) { m_adapter = std::move(adapter); }

    void use(Middleware middleware) { m_middlewares.push_back(std::move(middleware)); }
    void useForEvents(EventMiddleware middleware) { m_eventMiddleware = std::move(middleware); }
    void onConnection(ConnectionListener listener) { m_connection = std::move(listener); }
    /// After the socket has left its rooms.
    void onDisconnect(DisconnectListener listener) { m_disconnect = std::move(listener); }
    /// "error" is called for what the connection or an event middleware reports, too.
    void on(const QString &event, EventListener listener)
    {
        m_listeners.insert(event, std::move(listener));
    }

    BroadcastOperator in(const QStringList &rooms) { return BroadcastOperator(*this).in(rooms); }
    BroadcastOperator everybody() { return BroadcastOperator(*this); }
    void emitEvent(const QString &event, const QList<JsValue> &args = {})
    {
        everybody().emitEvent(event, args);
    }

    SocketPointer socket(const QString &id) const { return m_sockets.value(id); }
    QList<SocketPointer> sockets() const { return m_sockets.values(); }
    qsizetype socketCount() const { return m_sockets.size(); }
    /// Shared by the sockets of a namespace.
    double nextAckId() { return m_nextAckId++; }

    // --- for the client's connection
    void add(const std::shared_ptr<Client> &client, const JsValue &auth);
    void remove(const QString &id) { m_sockets.remove(id); }
    std::optional<QString> refuseEvent(const QString &event) const;
    void dispatch(const SocketPointer &socket, const QString &event, const Arguments &args) const;
    void disconnected(const SocketPointer &socket, const QString &reason) const;

private:
    SocketPointer createSocket(const std::shared_ptr<Client> &client, const JsValue &auth);
    std::optional<ConnectError> run(Socket &socket) const;
    void connect(const std::shared_ptr<Client> &client, const SocketPointer &socket);

    Server &m_server;
    const QString m_name;
    std::unique_ptr<Adapter> m_adapter;
    std::vector<Middleware> m_middlewares;
    EventMiddleware m_eventMiddleware;
    ConnectionListener m_connection;
    DisconnectListener m_disconnect;
    QHash<QString, EventListener> m_listeners;
    QHash<QString, SocketPointer> m_sockets;
    double m_nextAckId = 0;
};

} // namespace rt::socketio
