// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/broadcastoperator.h"

#include "socketio/namespace.h"
#include "socketio/pendingbroadcast.h"

namespace rt::socketio {

namespace {

Packet eventPacket(const QString &event, const QList<JsValue> &args)
{
    Packet packet;
    packet.data = JsValue::array({JsValue(event)});
    for (const JsValue &arg : args)
        packet.data.append(arg);
    return packet;
}

} // namespace

BroadcastOperator BroadcastOperator::in(const QStringList &rooms) const
{
    BroadcastOperator copy = *this;
    for (const QString &room : rooms) {
        if (!copy.m_options.rooms.contains(room))
            copy.m_options.rooms.append(room);
    }
    return copy;
}

BroadcastOperator BroadcastOperator::except(const QStringList &rooms) const
{
    BroadcastOperator copy = *this;
    for (const QString &room : rooms) {
        if (!copy.m_options.except.contains(room))
            copy.m_options.except.append(room);
    }
    return copy;
}

BroadcastOperator BroadcastOperator::volatileOnly() const
{
    BroadcastOperator copy = *this;
    copy.m_options.flags.isVolatile = true;
    return copy;
}

BroadcastOperator BroadcastOperator::local() const
{
    BroadcastOperator copy = *this;
    copy.m_options.flags.local = true;
    return copy;
}

void BroadcastOperator::emitEvent(const QString &event, const QList<JsValue> &args) const
{
    m_namespace.adapter().broadcast(eventPacket(event, args), m_options);
}

void BroadcastOperator::emitWithAck(const QString &event, const QList<JsValue> &args, int timeout,
                                    const Answers &done) const
{
    BroadcastOptions options = m_options;
    options.flags.timeout = timeout;
    PendingBroadcast::start(m_namespace, eventPacket(event, args), options, done);
}

void BroadcastOperator::fetchSockets(const Adapter::Fetched &fetched) const
{
    m_namespace.adapter().fetchSockets(m_options, fetched);
}

void BroadcastOperator::socketsJoin(const QStringList &rooms) const
{
    m_namespace.adapter().addSockets(m_options, rooms);
}

void BroadcastOperator::socketsLeave(const QStringList &rooms) const
{
    m_namespace.adapter().delSockets(m_options, rooms);
}

void BroadcastOperator::disconnectSockets(bool close) const
{
    m_namespace.adapter().disconnectSockets(m_options, close);
}

} // namespace rt::socketio
