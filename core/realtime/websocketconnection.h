// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/timerqueue.h"
#include "server/peertransport.h"
#include "socketio/ticks.h"
#include "websocket/endpoint.h"

#include <QObject>

namespace rt {

/// A WebSocket of a server: an endpoint on a connection. Destroys itself some time after closed().
class WebSocketConnection final : public QObject, private PeerTransport::Listener
{
    Q_OBJECT

public:
    /// Whom it tells. May close it in any call.
    class Receiver
    {
    public:
        virtual ~Receiver() = default;
        virtual void messageReceived(const MessageReceived &message) = 0;
        /// What was written is with the system; more may follow.
        virtual void drained() { }
        /// A rule was broken; the closing handshake has begun.
        virtual void failed(WebSocketFault fault) { Q_UNUSED(fault) }
        /// The end, whoever brought it. The last call.
        virtual void closed() = 0;
    };

    struct Setup
    {
        std::unique_ptr<PeerTransport> transport;
        WebSocketEndpoint::Options options;
        TimerQueue &timers;
        Ticks &ticks;
    };

    WebSocketConnection(Setup setup, QObject *parent);
    ~WebSocketConnection() override;

    /// Sends the head of the 101 and reads what came behind the request. Once.
    void start(const QByteArray &head, const QByteArray &rest, Receiver &receiver);
    /// More of the peer's bytes, from wherever they were kept.
    void feed(QByteArrayView bytes) { received(bytes); }
    void setReceiver(Receiver *receiver) { m_receiver = receiver; }
    WebSocketEndpoint &endpoint() { return m_endpoint; }

    void send(QByteArrayView data, bool binary);
    /// A whole frame, as writeFrame() makes it.
    void sendEncoded(const QByteArray &frame);
    void close(std::optional<quint16> code = {}, QByteArrayView reason = {});
    /// Without a word.
    void terminate();
    /// Bytes that wait for the network.
    qint64 bytesToWrite() const { return m_transport->bytesToWrite(); }

    /// Milliseconds a peer has to answer a Close frame and to end its side (npm ws, closeTimeout).
    static constexpr int closeTimeout = 30000;

signals:
    void finished();

private:
    void received(QByteArrayView bytes) override;
    void ended() override;
    void written() override;
    void closed() override;

    void readEvents();
    void flush();
    void finish();

    std::unique_ptr<PeerTransport> m_transport;
    WebSocketEndpoint m_endpoint;
    TimerQueue::Timer m_closeTimer;
    Ticks &m_ticks;
    Receiver *m_receiver = nullptr;
    bool m_reading = false;
    bool m_ending = false;
    bool m_gone = false;
};

} // namespace rt
