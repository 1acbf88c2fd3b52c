// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "websocket/frame.h"
#include "websocket/permessagedeflate.h"
#include "websocket/utf8validator.h"
#include "websocket/websocketfault.h"

#include <functional>
#include <memory>
#include <variant>

namespace rt {

/// Which end we are: a server's peer masks, a client's does not.
enum class WebSocketRole { Server, Client };

struct ReceiverLimits
{
    /// Bytes of one message; 0: no limit.
    qint64 maxPayload = 100 * 1024 * 1024;
    /// Frames of one message.
    int maxFragments = 16 * 1024;
};

struct MessageReceived
{
    bool binary = false;
    QByteArray data;
};
struct PingReceived
{
    QByteArray data;
};
struct PongReceived
{
    QByteArray data;
};
struct CloseReceived
{
    /// Nothing when the Close frame was empty.
    std::optional<quint16> code;
    QByteArray reason;
};
struct FaultReceived
{
    WebSocketFault fault = WebSocketFault::ReservedOpcode;
};
using ReceivedEvent
    = std::variant<MessageReceived, PingReceived, PongReceived, CloseReceived, FaultReceived>;

/// The peer's bytes become messages and control frames (RFC 6455 §5.4 to §5.6, §7, §8.1), or the
/// reason why they do not. After a fault or a Close frame nothing more is read.
class WebSocketReceiver
{
public:
    WebSocketReceiver(WebSocketRole role, const ReceiverLimits &limits);
    /// Compressed messages are allowed from now on.
    void setDeflate(const DeflateParameters &parameters);
    /// Every whole frame as it came, also one that breaks a rule with its payload.
    using FrameObserver = std::function<void(const Frame &)>;
    void setFrameObserver(FrameObserver observer) { m_observer = std::move(observer); }

    void feed(QByteArrayView bytes);
    /// The next event in what was fed; nothing when more bytes are needed.
    std::optional<ReceivedEvent> next();
    /// Nothing more is read.
    bool isDone() const { return m_done; }

private:
    enum class Step { Start, Length, Payload };

    std::optional<WebSocketFault> checkStart(const FrameHeader &start) const;
    std::optional<WebSocketFault> checkLength();
    std::optional<ReceivedEvent> step(bool &more);
    std::optional<ReceivedEvent> readStart(bool &more);
    std::optional<ReceivedEvent> readLength(bool &more);
    std::optional<ReceivedEvent> readPayload(bool &more);
    std::optional<ReceivedEvent> takeFrame(QByteArray payload);
    std::optional<ReceivedEvent> takeControl(const QByteArray &payload);
    ReceivedEvent takeClose(const QByteArray &payload);
    std::optional<ReceivedEvent> takeData(const QByteArray &payload);
    std::optional<WebSocketFault> appendData(const QByteArray &payload);
    ReceivedEvent fail(WebSocketFault fault);
    qsizetype available() const { return m_buffer.size() - m_at; }
    QByteArrayView unread() const { return QByteArrayView(m_buffer).sliced(m_at); }

    WebSocketRole m_role;
    ReceiverLimits m_limits;
    std::unique_ptr<MessageInflater> m_inflater;
    FrameObserver m_observer;
    QByteArray m_buffer;
    qsizetype m_at = 0;
    Step m_step = Step::Start;
    FrameHeader m_header;
    bool m_done = false;

    /// The unfinished message: opcode of its first frame, 0 when there is none.
    quint8 m_messageOpcode = 0;
    bool m_compressed = false;
    qint64 m_announced = 0;
    int m_fragments = 0;
    QByteArray m_message;
    Utf8Validator m_utf8;
};

} // namespace rt
