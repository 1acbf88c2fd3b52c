// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/timerqueue.h"
#include "socketio/namespace.h"

#include <map>

namespace rt::socketio {

/// A client's connection to one namespace.
class Socket : public std::enable_shared_from_this<Socket>
{
public:
    static SocketPointer create(Namespace &nsp, const std::shared_ptr<Client> &client,
                                const JsValue &auth);
    /// Takes over the id, rooms and data of a lost one and sends what it missed.
    static SocketPointer restore(Namespace &nsp, const std::shared_ptr<Client> &client,
                                 const JsValue &auth, const RestoredSession &restored);

    const QString &id() const { return m_id; }
    Namespace &nsp() const { return m_namespace; }
    bool isConnected() const { return m_connected; }
    bool wasRecovered() const { return m_recovered; }
    /// What the client's CONNECT carried.
    const JsValue &auth() const { return m_auth; }
    /// The handshake object of the package: headers, time, address, url, query, auth ...
    JsValue handshake() const;
    /// Parameters of the request that opened the connection.
    JsValue query() const;
    /// polling, websocket; empty when the connection is gone.
    QByteArray transportName() const;

    void emitEvent(const QString &event, const QList<JsValue> &args = {},
                   const EmitFlags &flags = {});
    /// `done` gets the client's answer, or true after `timeout` milliseconds.
    using Answer = std::function<void(bool timedOut, const QList<JsValue> &args)>;
    void emitWithAck(const QString &event, const QList<JsValue> &args, int timeout,
                     const Answer &done);
    void join(const QStringList &rooms);
    void leave(const QString &room);
    QStringList rooms() const { return m_namespace.adapter().socketRooms(m_id); }
    bool isIn(const QString &room) const { return rooms().contains(room); }
    /// Everybody else.
    BroadcastOperator broadcast() const;
    BroadcastOperator to(const QString &room) const { return broadcast().in({room}); }
    /// `close`: the whole connection, not just this namespace.
    void disconnect(bool close = false);
    /// What the listener of the connection is closed over: "drop-me" of the demo.
    void closeConnection();

    /// For the application.
    JsValue data = JsValue::object();

    // --- for namespace, adapter and client
    Socket(Namespace &nsp, const std::shared_ptr<Client> &client, JsValue auth);
    void confirm();
    void receive(const Packet &packet);
    void failed(const QString &message);
    void ended(const QString &reason);
    void write(const std::vector<engineio::Packet> &messages, bool isVolatile) const;
    void expectAck(double id, Ack ack);
    void forgetAck(double id) { m_acks.erase(id); }

private:
    void send(Packet packet, bool isVolatile = false) const;
    void receiveEvent(const Packet &packet);
    void reportError(const QString &message);
    Ack answerTo(double id);

    Namespace &m_namespace;
    std::weak_ptr<Client> m_client;
    QString m_id;
    QString m_pid;
    JsValue m_auth;
    /// Milliseconds since the epoch.
    qint64 m_issued = 0;
    bool m_connected = false;
    bool m_recovered = false;
    bool m_closed = false;
    struct PendingAck
    {
        Ack ack;
        std::unique_ptr<TimerQueue::Timer> timer;
    };
    std::map<double, PendingAck> m_acks;
};

} // namespace rt::socketio
