// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/adapter.h"

#include "socketio/namespace.h"
#include "socketio/socket.h"
#include "websocket/frame.h"

#include <QSet>

#include <algorithm>

namespace rt::socketio {

using namespace Qt::StringLiterals;

namespace {

/// A text packet for many: its frame is the same for all who have a WebSocket.
void encodeFrame(std::vector<engineio::Packet> &messages)
{
    if (messages.size() == 1 && !messages.front().binary)
        messages.front().encodedFrame
            = writeFrame(Opcode::Text, engineio::encodePacket(messages.front()));
}

} // namespace

JsValue EmitFlags::toValue() const
{
    JsValue value = JsValue::object();
    if (isVolatile)
        value.insert(u"volatile"_s, JsValue(true));
    if (local)
        value.insert(u"local"_s, JsValue(true));
    if (timeout)
        value.insert(u"timeout"_s, JsValue(*timeout));
    return value;
}

EmitFlags EmitFlags::fromValue(const JsValue &value)
{
    EmitFlags flags;
    flags.isVolatile = value[u"volatile"].isTruthy();
    flags.local = value[u"local"].isTruthy();
    if (const JsValue timeout = value[u"timeout"]; timeout.isNumber())
        flags.timeout = static_cast<int>(timeout.toNumber());
    return flags;
}

void Adapter::addAll(const QString &sid, const QStringList &rooms)
{
    QStringList &joined = m_sids[sid];
    for (const QString &room : rooms) {
        if (joined.contains(room))
            continue;
        joined.append(room);
        m_rooms[room].push_back(sid);
    }
}

void Adapter::del(const QString &sid, const QString &room)
{
    if (const auto joined = m_sids.find(sid); joined != m_sids.end())
        joined->removeAll(room);
    const auto members = m_rooms.find(room);
    if (members == m_rooms.end())
        return;
    std::erase(*members, sid);
    if (members->empty())
        m_rooms.erase(members);
}

void Adapter::delAll(const QString &sid)
{
    for (const QString &room : m_sids.value(sid))
        del(sid, room);
    m_sids.remove(sid);
}

std::vector<SocketPointer> Adapter::matching(const BroadcastOptions &options) const
{
    QSet<QString> seen;
    for (const QString &room : options.except) {
        for (const QString &sid : m_rooms.value(room))
            seen.insert(sid);
    }
    std::vector<SocketPointer> sockets;
    const auto take = [&](const QString &sid) {
        if (seen.contains(sid))
            return;
        if (const SocketPointer socket = m_namespace.socket(sid)) {
            sockets.push_back(socket);
            seen.insert(sid);
        }
    };
    if (options.rooms.isEmpty()) {
        sockets.reserve(static_cast<size_t>(m_sids.size()));
        for (auto sid = m_sids.keyBegin(); sid != m_sids.keyEnd(); ++sid) {
            const SocketPointer socket = seen.contains(*sid) ? nullptr : m_namespace.socket(*sid);
            if (socket)
                sockets.push_back(socket);
        }
        return sockets;
    }
    for (const QString &room : options.rooms) {
        for (const QString &sid : m_rooms.value(room))
            take(sid);
    }
    return sockets;
}

void Adapter::broadcast(Packet packet, const BroadcastOptions &options)
{
    packet.nsp = m_namespace.name();
    auto messages = encodePacket(packet);
    encodeFrame(messages);
    for (const SocketPointer &socket : matching(options))
        socket->write(messages, options.flags.isVolatile);
}

double Adapter::broadcastWithAck(Packet packet, const BroadcastOptions &options,
                                 const AckReceiver &receiver)
{
    packet.nsp = m_namespace.name();
    packet.id = m_namespace.nextAckId();
    auto messages = encodePacket(packet);
    encodeFrame(messages);
    const auto sockets = matching(options);
    for (const SocketPointer &socket : sockets) {
        socket->expectAck(*packet.id, [ack = receiver.ack](const QList<JsValue> &args) {
            ack(args.isEmpty() ? JsValue() : args.first());
        });
        socket->write(messages, options.flags.isVolatile);
    }
    receiver.clientCount(static_cast<int>(sockets.size()));
    return *packet.id;
}

void Adapter::fetchSockets(const BroadcastOptions &options, const Fetched &fetched)
{
    std::vector<SocketDetails> details;
    for (const SocketPointer &socket : matching(options))
        details.push_back({socket->id(), socket->rooms(), socket->data});
    fetched(details);
}

void Adapter::addSockets(const BroadcastOptions &options, const QStringList &rooms)
{
    for (const SocketPointer &socket : matching(options))
        socket->join(rooms);
}

void Adapter::delSockets(const BroadcastOptions &options, const QStringList &rooms)
{
    for (const SocketPointer &socket : matching(options)) {
        for (const QString &room : rooms)
            socket->leave(room);
    }
}

void Adapter::disconnectSockets(const BroadcastOptions &options, bool close)
{
    for (const SocketPointer &socket : matching(options))
        socket->disconnect(close);
}

} // namespace rt::socketio
