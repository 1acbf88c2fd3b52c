// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/random.h"
#include "websocket/receiver.h"

#include <utility>

namespace rt {

/// One end of a WebSocket without its socket: what to send in answer to what came, and where the
/// closing handshake stands (RFC 6455 §5.5, §7). Behaves as npm ws 8.
///
/// Use: feed() what arrived, take events with next() until there is none, send what takeOutput()
/// gives, end the connection when wantsEnd().
class WebSocketEndpoint
{
public:
    enum class State { Open, Closing };
    enum class Direction { Received, Sent };

    struct Options
    {
        WebSocketRole role = WebSocketRole::Server;
        ReceiverLimits limits;
        std::optional<DeflateParameters> deflate;
        /// Masking keys of a client; not needed by a server.
        Random *random = nullptr;
    };
    explicit WebSocketEndpoint(const Options &options);

    using FrameObserver = std::function<void(Direction, const Frame &)>;
    void setFrameObserver(FrameObserver observer);

    void feed(QByteArrayView bytes) { m_receiver.feed(bytes); }
    /// Pings are answered and Close frames echoed before their event is returned.
    std::optional<ReceivedEvent> next();

    /// Nothing happens unless open.
    void send(QByteArrayView data, bool binary);
    void ping(QByteArrayView data);
    void pong(QByteArrayView data);
    /// Begins the closing handshake; `reason` at most 123 bytes. No code: an empty Close frame.
    void close(std::optional<quint16> code = {}, QByteArrayView reason = {});
    /// A frame as it is, right or wrong.
    void sendRaw(const Frame &frame);
    /// Bytes that are a whole frame already; one that a server sends to many is written once.
    void sendEncoded(const QByteArray &frame);

    QByteArray takeOutput() { return std::exchange(m_output, {}); }
    bool hasOutput() const { return !m_output.isEmpty(); }
    State state() const { return m_state; }
    /// Nothing more will be sent or read: end the TCP connection once the output is out.
    bool wantsEnd() const { return m_closeSent && m_receiver.isDone(); }
    bool closeSent() const { return m_closeSent; }
    bool closeWasReceived() const { return m_closeReceived; }
    /// What the close event tells: the code received, 1005 for an empty Close, else 1006.
    quint16 closeCode() const { return m_closeCode; }
    QByteArray closeReason() const { return m_closeReason; }
    /// The closing handshake was complete on both sides.
    bool isClean() const { return m_closeSent && m_closeReceived; }
    std::optional<WebSocketFault> fault() const { return m_fault; }
    bool compresses() const { return m_deflater != nullptr; }

private:
    void sendFrame(Opcode opcode, const QByteArray &payload, bool compressed = false);
    void conclude(const CloseReceived &close);

    WebSocketRole m_role;
    WebSocketReceiver m_receiver;
    std::unique_ptr<MessageDeflater> m_deflater;
    /// Messages below this size are sent as they are.
    qsizetype m_threshold = 0;
    Random *m_random = nullptr;
    FrameObserver m_observer;
    QByteArray m_output;
    State m_state = State::Open;
    bool m_closeSent = false;
    bool m_closeReceived = false;
    quint16 m_closeCode = 1006;
    QByteArray m_closeReason;
    std::optional<WebSocketFault> m_fault;
};

} // namespace rt
