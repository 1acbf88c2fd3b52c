// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "realtime/websocketconnection.h"
#include "socketio/enginetransport.h"
#include "socketio/ticks.h"

#include <QPointer>

namespace rt::engineio {

/// Packets as WebSocket messages (lib/transports/websocket.ts of engine.io 6.6).
class WebSocketTransport final : public Transport,
                                 public std::enable_shared_from_this<WebSocketTransport>,
                                 private WebSocketConnection::Receiver
{
public:
    WebSocketTransport(WebSocketConnection &connection, Ticks &ticks);
    ~WebSocketTransport() override;

    QByteArray name() const override { return "websocket"; }
    /// Answers the handshake; packets may arrive in here.
    void start(const QByteArray &head, const QByteArray &rest);
    void send(std::vector<Packet> packets) override;

private:
    void messageReceived(const MessageReceived &message) override;
    void drained() override;
    void failed(WebSocketFault fault) override;
    void closed() override;
    void doClose(std::function<void()> closed) override;
    void becomeWritable();

    QPointer<WebSocketConnection> m_connection;
    Ticks &m_ticks;
};

} // namespace rt::engineio
