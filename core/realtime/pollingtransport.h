// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/timerqueue.h"
#include "http/contentcoding.h"
#include "server/serverresponse.h"
#include "socketio/engineoptions.h"
#include "socketio/enginetransport.h"
#include "socketio/ticks.h"

#include <memory>

namespace rt::engineio {

/// Packets in the answers of held GET requests and in the bodies of POST requests
/// (lib/transports/polling.ts of engine.io 6.6).
class PollingTransport final : public Transport,
                               public std::enable_shared_from_this<PollingTransport>
{
public:
    /// Adds fields to an answer: the session's cookie.
    using HeaderHook = std::function<void(const IncomingMessage &, HeaderList &)>;

    PollingTransport(const Options &options, TimerQueue &timers, Ticks &ticks);

    QByteArray name() const override { return "polling"; }
    void onHeaders(HeaderHook hook) { m_hook = std::move(hook); }
    void handle(const std::shared_ptr<ServerResponse> &response);
    void send(std::vector<Packet> packets) override;

    /// Milliseconds a client has to fetch the last packet.
    static constexpr int closeTimeout = 30000;

private:
    void handlePoll(const std::shared_ptr<ServerResponse> &response);
    void handleData(const std::shared_ptr<ServerResponse> &response);
    void receiveData(const QByteArray &data);
    void receiveEnd();
    void receivePayload(const QByteArray &payload);
    void write(const QByteArray &payload, bool compress);
    bool writeCompressed(const QByteArray &payload, HeaderList headers);
    HeaderList headers(const IncomingMessage &request, HeaderList headers) const;
    void doClose(std::function<void()> closed) override;
    void end();
    static void refuse(ServerResponse &response, int status);

    const Options &m_options;
    Ticks &m_ticks;
    HeaderHook m_hook;
    /// The GET that waits.
    std::shared_ptr<ServerResponse> m_poll;
    /// The POST that comes in.
    std::shared_ptr<ServerResponse> m_data;
    QByteArray m_body;
    /// The close packet goes with the next answer.
    std::function<void()> m_shouldClose;
    TimerQueue::Timer m_closeTimer;
};

} // namespace rt::engineio
