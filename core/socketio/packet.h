// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "socketio/enginepacket.h"

#include <optional>

namespace rt::socketio {

/// Socket.IO protocol 5.
enum class PacketType { Connect, Disconnect, Event, Ack, ConnectError, BinaryEvent, BinaryAck };
/// connect, disconnect, event ... (names of the check language)
QByteArray packetTypeName(PacketType type);

/// A packet as programs see it: bytes stand in `data` where they belong.
struct Packet
{
    PacketType type = PacketType::Event;
    QString nsp = QStringLiteral("/");
    /// Undefined when there is none; an array for events and acks.
    JsValue data;
    /// Asked for or answered. A JavaScript number, so what a client sends may be NaN.
    std::optional<double> id;
};

/// The engine's messages for a packet: its text, then its attachments (socket.io-parser 4.2).
std::vector<engineio::Packet> encodePacket(const Packet &packet);

/// Why a message is no packet; each ends the connection.
enum class DecodeFault {
    UnknownType,
    IllegalAttachments,
    TooManyAttachments,
    InvalidPayload,
    TextInsteadOfAttachment,
    UnexpectedAttachment,
    NoData,
};
/// "sio.InvalidPayload"
QByteArray faultId(DecodeFault fault);

struct DecodeError
{
    DecodeFault fault = DecodeFault::InvalidPayload;
    /// In the package's words: "invalid payload", "unknown packet type 7".
    QString message;
};

/// Puts packets together from an engine's messages.
class Decoder
{
public:
    /// A packet, nothing while attachments are missing, or the error.
    struct Step
    {
        std::optional<Packet> packet;
        std::optional<DecodeError> error;
    };
    Step add(const engineio::Packet &message);
    /// Forgets a packet whose attachments will not come.
    void reset() { m_pending.reset(); }

    static constexpr int mostAttachments = 10;

private:
    struct Pending
    {
        Packet packet;
        int attachments = 0;
        QList<QByteArray> buffers;
    };
    std::optional<Pending> m_pending;
};

/// True when bytes stand anywhere in the value.
bool hasBinary(const JsValue &value);

} // namespace rt::socketio
