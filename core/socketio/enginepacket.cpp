// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/enginepacket.h"

namespace rt::engineio {

namespace {

constexpr char separator = '\x1e';

/// Buffer.from(text, 'base64'): both alphabets, and what belongs to neither is skipped.
QByteArray lenientBase64(QByteArrayView text)
{
    QByteArray plain = text.toByteArray();
    plain.replace('-', '+').replace('_', '/');
    return QByteArray::fromBase64(plain);
}

} // namespace

QByteArray packetTypeName(PacketType type)
{
    switch (type) {
    case PacketType::Open:
        return "open";
    case PacketType::Close:
        return "close";
    case PacketType::Ping:
        return "ping";
    case PacketType::Pong:
        return "pong";
    case PacketType::Message:
        return "message";
    case PacketType::Upgrade:
        return "upgrade";
    case PacketType::Noop:
        return "noop";
    }
    Q_UNREACHABLE();
}

QByteArray faultId(PacketFault fault)
{
    switch (fault) {
    case PacketFault::UnknownType:
        return "eio.UnknownType";
    }
    Q_UNREACHABLE();
}

QByteArray encodePacket(const Packet &packet)
{
    if (packet.binary)
        return packet.data;
    QByteArray text;
    text.reserve(packet.data.size() + 1);
    text += static_cast<char>('0' + static_cast<int>(packet.type));
    text += packet.data;
    return text;
}

QByteArray encodePayload(const std::vector<Packet> &packets)
{
    QByteArray payload;
    bool first = true;
    for (const Packet &packet : packets) {
        if (!first)
            payload += separator;
        first = false;
        if (packet.binary)
            payload += 'b' + packet.data.toBase64();
        else
            payload += encodePacket(packet);
    }
    return payload;
}

DecodedPacket decodePacket(QByteArrayView text)
{
    if (text.isEmpty())
        return {};
    const char first = text.front();
    if (first == 'b')
        return {{PacketType::Message, lenientBase64(text.sliced(1)), true}, true};
    if (first < '0' || first > '6')
        return {};
    return {{static_cast<PacketType>(first - '0'), text.sliced(1).toByteArray()}, true};
}

std::vector<DecodedPacket> decodePayload(QByteArrayView payload)
{
    std::vector<DecodedPacket> packets;
    qsizetype at = 0;
    while (true) {
        const qsizetype end = payload.indexOf(separator, at);
        const qsizetype size = (end < 0 ? payload.size() : end) - at;
        packets.push_back(decodePacket(payload.sliced(at, size)));
        if (end < 0 || !packets.back().valid)
            return packets;
        at = end + 1;
    }
}

} // namespace rt::engineio
