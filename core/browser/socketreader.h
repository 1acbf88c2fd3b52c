// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "websocket/extensions.h"
#include "websocket/frame.h"
#include "websocket/permessagedeflate.h"

#include <QString>

#include <functional>
#include <memory>
#include <optional>

namespace rt {

/// What a browser hears from the other end of a WebSocket.
struct SocketEvent
{
    enum class Kind { Text, Binary, Ping, Pong, Close, Fault };
    Kind kind = Kind::Fault;
    QByteArray data;
    /// Of a Close; 1005 when it carried none.
    quint16 code = 0;
    /// Of a fault: what the console says behind "WebSocket connection to 'U' failed: ".
    QString message;
};

/// Bytes of a server become messages with the verdicts of Chromium 156, which takes more close
/// codes than RFC 6455 §7.4 (net/websockets/websocket_channel.cc). Pure: no socket.
class SocketReader
{
public:
    explicit SocketReader(const std::optional<DeflateParameters> &deflate);

    using FrameObserver = std::function<void(const Frame &)>;
    void setFrameObserver(FrameObserver observer) { m_observer = std::move(observer); }

    void feed(QByteArrayView bytes) { m_buffer += bytes; }
    /// The next event in what was fed; nothing when more is needed, or after a Close or fault.
    std::optional<SocketEvent> next();

private:
    std::optional<Frame> takeFrame();
    std::optional<SocketEvent> takeControl(const Frame &frame);
    std::optional<SocketEvent> takeData(const Frame &frame);
    std::optional<SocketEvent> appendData(const Frame &frame);
    std::optional<SocketEvent> check(const FrameHeader &header) const;
    SocketEvent takeClose(const QByteArray &payload);

    FrameObserver m_observer;
    std::unique_ptr<MessageInflater> m_inflater;
    QByteArray m_buffer;
    bool m_done = false;
    /// The unfinished message; 0 when there is none.
    quint8 m_opcode = 0;
    bool m_compressed = false;
    QByteArray m_message;
};

} // namespace rt
