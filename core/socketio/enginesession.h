// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/timerqueue.h"
#include "http/message.h"
#include "socketio/engineoptions.h"
#include "socketio/enginetransport.h"

#include <memory>

namespace rt::engineio {

/// What a session remembers of the request that opened it.
struct HandshakeRequest
{
    RequestHead head;
    /// The last value of each parameter.
    JsValue query = JsValue::object();
    QByteArray remoteAddress;
    bool encrypted = false;
};

/// One client of an Engine.IO server: heartbeat, buffering, upgrade, ending. lib/socket.ts of
/// engine.io 6.6. Knows no sockets; its transports do.
///
/// Behind a packet that asks for it the session pauses. Node takes some hundred microseconds from
/// one packet to the next, and clients have come to rely on reading the answer to CONNECT alone:
/// one that looks for the next packet in its own next turn misses what came in the same read.
class Session : public TransportListener, public std::enable_shared_from_this<Session>
{
public:
    enum class State { Open, Closing, Closed };
    using MessageCallback = std::function<void(const Packet &)>;
    using CloseCallback = std::function<void(const QByteArray &reason)>;

    Session(QByteArray id, HandshakeRequest request, const Options &options, TimerQueue &timers);
    ~Session() override;
    Q_DISABLE_COPY_MOVE(Session)

    /// The first packet goes out here.
    void open(std::shared_ptr<Transport> transport);
    const QByteArray &id() const { return m_id; }
    const HandshakeRequest &request() const { return m_request; }
    State state() const { return m_state; }
    Transport &transport() const { return *m_transport; }
    bool isUpgrading() const { return m_upgrading != nullptr; }
    bool isUpgraded() const { return m_upgraded; }

    void onMessage(MessageCallback callback) { m_message = std::move(callback); }
    /// Called once per receiver, in order; reasons in the package's words ("ping timeout").
    void onClose(CloseCallback callback) { m_closeCallbacks.push_back(std::move(callback)); }

    void send(Packet packet);
    /// What is buffered still goes out unless `discard`.
    void close(bool discard = false);
    /// A transport that may take over from the present one.
    void tryUpgrade(std::shared_ptr<Transport> transport);

private:
    void transportPacket(Transport &transport, const DecodedPacket &packet) override;
    void transportReady(Transport &transport) override;
    void transportFailed(Transport &transport, const QByteArray &message) override;
    void transportClosed(Transport &transport) override;

    void handle(const DecodedPacket &packet);
    void probe(const DecodedPacket &packet);
    void finishUpgrade();
    void abandonUpgrade();
    void pushPolling();
    void sendPing();
    void flush();
    void closeTransport(bool discard);
    void clearTransport();
    void setTransport(std::shared_ptr<Transport> transport);
    void end(const QByteArray &reason);
    QByteArray openData() const;

    const QByteArray m_id;
    const HandshakeRequest m_request;
    const Options &m_options;
    State m_state = State::Open;
    std::shared_ptr<Transport> m_transport;
    std::shared_ptr<Transport> m_upgrading;
    std::vector<Packet> m_buffer;
    MessageCallback m_message;
    std::vector<CloseCallback> m_closeCallbacks;
    TimerQueue::Timer m_pingInterval;
    TimerQueue::Timer m_pingTimeout;
    TimerQueue::Timer m_pause;
    struct UpgradeTimers
    {
        explicit UpgradeTimers(Session &session);
        TimerQueue::Timer timeout;
        TimerQueue::Timer check;
    };
    std::unique_ptr<UpgradeTimers> m_upgradeTimers;
    TimerQueue &m_timers;
    bool m_refreshedTimeout = false;
    bool m_upgraded = false;
    std::optional<bool> m_closeOnDrain;
};

} // namespace rt::engineio
