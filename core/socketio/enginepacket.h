// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <vector>

namespace rt::engineio {

/// Engine.IO protocol 4: the digit in front of every packet.
enum class PacketType { Open, Close, Ping, Pong, Message, Upgrade, Noop };
/// open, close, ping ... (names of the check language)
QByteArray packetTypeName(PacketType type);

struct Packet
{
    PacketType type = PacketType::Message;
    /// UTF-8 text, or bytes when `binary`; only messages are binary.
    QByteArray data;
    bool binary = false;
    /// Of a message that goes to many: its WebSocket frame, written once.
    QByteArray encodedFrame = {};
    /// A polling answer that carries it may be compressed.
    bool compress = true;
    /// What follows is sent a moment later: see Session.
    bool pauseAfter = false;

    friend bool operator==(const Packet &a, const Packet &b)
    {
        return a.type == b.type && a.binary == b.binary && a.data == b.data;
    }
};

/// What one WebSocket message carries: digit and text, or bare bytes.
QByteArray encodePacket(const Packet &packet);
/// The packets of a polling answer: joined by the octet 0x1e, binary as 'b' and base64.
QByteArray encodePayload(const std::vector<Packet> &packets);

/// Why text is no packet (engine.io-parser 5.2).
enum class PacketFault { UnknownType };
/// "eio.UnknownType"
QByteArray faultId(PacketFault fault);

struct DecodedPacket
{
    Packet packet;
    bool valid = false;
};
DecodedPacket decodePacket(QByteArrayView text);
/// Stops behind the first packet that is none; that one is returned too.
std::vector<DecodedPacket> decodePayload(QByteArrayView payload);

} // namespace rt::engineio
