// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/timerqueue.h"
#include "socketio/enginesession.h"
#include "socketio/packet.h"
#include "socketio/socket.h"

namespace rt::socketio {

/// One engine connection and the namespaces joined over it. lib/client.ts of socket.io.
class Client : public std::enable_shared_from_this<Client>
{
public:
    Client(Server &server, std::shared_ptr<engineio::Session> session);
    /// Begins to listen.
    void start();

    engineio::Session &session() const { return *m_session; }
    bool isOpen() const { return m_session->state() == engineio::Session::State::Open; }

    void send(const Packet &packet);
    void write(const std::vector<engineio::Packet> &messages, bool isVolatile);
    /// Leaves all namespaces, then closes the connection.
    void disconnect();
    void joined(const SocketPointer &socket);
    void left(const SocketPointer &socket) { std::erase(m_sockets, socket); }
    const std::vector<SocketPointer> &sockets() const { return m_sockets; }

private:
    void receive(const engineio::Packet &message);
    void receive(const Packet &packet);
    void connect(const QString &name, const JsValue &auth);
    void fail(const QString &message);
    void close();
    void ended(const QString &reason);
    SocketPointer socketOf(const QString &nsp) const;

    Server &m_server;
    std::shared_ptr<engineio::Session> m_session;
    Decoder m_decoder;
    std::vector<SocketPointer> m_sockets;
    TimerQueue::Timer m_connectTimeout;
    bool m_ended = false;
};

} // namespace rt::socketio
