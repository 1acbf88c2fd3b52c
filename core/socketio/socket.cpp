// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/socket.h"

#include "socketio/client.h"
#include "socketio/server.h"

#include <QDateTime>

#include <utility>

namespace rt::socketio {

using namespace Qt::StringLiterals;

namespace {

/// A connection that ended for one of these may be taken up again.
bool isRecoverable(const QString &reason)
{
    static const QStringList reasons {u"transport error"_s,      u"transport close"_s,
                                      u"forced close"_s,         u"ping timeout"_s,
                                      u"server shutting down"_s, u"forced server close"_s};
    return reasons.contains(reason);
}

/// Node's req.headers.
JsValue headersValue(const HeaderList &headers)
{
    JsValue value = JsValue::object();
    for (const HeaderField &field : headers) {
        const QString name = QString::fromLatin1(field.name).toLower();
        const QString text = QString::fromLatin1(field.value);
        const JsValue before = value[name];
        const QString glue = name == u"cookie" ? u"; "_s : u", "_s;
        value.insert(name, JsValue(before.isString() ? before.toString() + glue + text : text));
    }
    return value;
}

} // namespace

Socket::Socket(Namespace &nsp, const std::shared_ptr<Client> &client, JsValue auth)
    : m_namespace(nsp), m_client(client), m_auth(std::move(auth)),
      m_issued(nsp.server().clock().now())
{
}

SocketPointer Socket::create(Namespace &nsp, const std::shared_ptr<Client> &client,
                             const JsValue &auth)
{
    auto socket = std::make_shared<Socket>(nsp, client, auth);
    // Not the engine's id: that one is a secret of the client.
    socket->m_id = nsp.server().generateId();
    if (nsp.server().options().recovery)
        socket->m_pid = nsp.server().generateId();
    return socket;
}

SocketPointer Socket::restore(Namespace &nsp, const std::shared_ptr<Client> &client,
                              const JsValue &auth, const RestoredSession &restored)
{
    auto socket = std::make_shared<Socket>(nsp, client, auth);
    socket->m_id = restored.session.sid;
    socket->m_pid = restored.session.pid;
    socket->data = restored.session.data;
    socket->m_recovered = true;
    socket->join(restored.session.rooms);
    for (const JsValue &missed : restored.missedPackets)
        socket->send({PacketType::Event, {}, missed, {}});
    return socket;
}

JsValue Socket::query() const
{
    const auto client = m_client.lock();
    return client ? client->session().request().query : JsValue::object();
}

QByteArray Socket::transportName() const
{
    const auto client = m_client.lock();
    return client ? client->session().transport().name() : QByteArray();
}

JsValue Socket::handshake() const
{
    JsValue value = JsValue::object();
    const auto client = m_client.lock();
    if (!client)
        return value;
    const engineio::HandshakeRequest &request = client->session().request();
    const QDateTime issued = QDateTime::fromMSecsSinceEpoch(m_issued, Qt::UTC);
    value.insert(u"headers"_s, headersValue(request.head.headers));
    value.insert(u"time"_s,
                 JsValue(QLocale::c().toString(issued, u"ddd MMM dd yyyy HH:mm:ss"_s)
                         + u" GMT+0000 (Coordinated Universal Time)"_s));
    value.insert(u"address"_s, JsValue::latin1(request.remoteAddress));
    value.insert(u"xdomain"_s, JsValue(request.head.headers.contains("Origin")));
    value.insert(u"secure"_s, JsValue(request.encrypted));
    value.insert(u"issued"_s, JsValue(m_issued));
    value.insert(u"url"_s, JsValue::latin1(request.head.target));
    value.insert(u"query"_s, request.query);
    value.insert(u"auth"_s, m_auth);
    return value;
}

void Socket::confirm()
{
    m_connected = true;
    join({m_id});
    JsValue answer = JsValue::object();
    answer.insert(u"sid"_s, JsValue(m_id));
    if (!m_pid.isEmpty())
        answer.insert(u"pid"_s, JsValue(m_pid));
    auto messages = encodePacket({PacketType::Connect, m_namespace.name(), answer, {}});
    messages.back().pauseAfter = true;
    write(messages, false);
}

void Socket::emitEvent(const QString &event, const QList<JsValue> &args, const EmitFlags &flags)
{
    // Stored for recovery only when it goes through the adapter.
    if (m_namespace.server().options().recovery) {
        BroadcastOptions options {{m_id}, {}, flags};
        BroadcastOperator(m_namespace, options).emitEvent(event, args);
        return;
    }
    Packet packet {PacketType::Event, {}, JsValue::array({JsValue(event)}), {}};
    for (const JsValue &arg : args)
        packet.data.append(arg);
    send(std::move(packet), flags.isVolatile);
}

void Socket::emitWithAck(const QString &event, const QList<JsValue> &args, int timeout,
                         const Answer &done)
{
    Packet packet {
        PacketType::Event, {}, JsValue::array({JsValue(event)}), m_namespace.nextAckId()};
    for (const JsValue &arg : args)
        packet.data.append(arg);
    const double id = *packet.id;
    auto timer
        = std::make_unique<TimerQueue::Timer>(m_namespace.server().timers(), [this, id, done] {
              m_acks.erase(id);
              done(true, {});
          });
    timer->start(timeout);
    m_acks[id] = {[done](const QList<JsValue> &answer) { done(false, answer); }, std::move(timer)};
    send(std::move(packet));
}

void Socket::expectAck(double id, Ack ack)
{
    m_acks[id] = {std::move(ack), nullptr};
}

void Socket::join(const QStringList &rooms)
{
    if (!m_closed)
        m_namespace.adapter().addAll(m_id, rooms);
}

void Socket::leave(const QString &room)
{
    m_namespace.adapter().del(m_id, room);
}

BroadcastOperator Socket::broadcast() const
{
    return BroadcastOperator(m_namespace).except({m_id});
}

void Socket::disconnect(bool close)
{
    if (!m_connected)
        return;
    const auto self = shared_from_this();
    if (!close) {
        send({PacketType::Disconnect, {}, {}, {}});
        ended(u"server namespace disconnect"_s);
    } else if (const auto client = m_client.lock()) {
        client->disconnect();
    }
}

void Socket::closeConnection()
{
    if (const auto client = m_client.lock())
        client->session().close();
}

void Socket::send(Packet packet, bool isVolatile) const
{
    packet.nsp = m_namespace.name();
    write(encodePacket(packet), isVolatile);
}

void Socket::write(const std::vector<engineio::Packet> &messages, bool isVolatile) const
{
    if (const auto client = m_client.lock())
        client->write(messages, isVolatile);
}

void Socket::receive(const Packet &packet)
{
    switch (packet.type) {
    case PacketType::Event:
    case PacketType::BinaryEvent:
        receiveEvent(packet);
        return;
    case PacketType::Ack:
    case PacketType::BinaryAck: {
        const auto pending = m_acks.extract(packet.id.value_or(-1));
        if (!pending.empty())
            pending.mapped().ack(packet.data.items());
        return;
    }
    case PacketType::Disconnect:
        ended(u"client namespace disconnect"_s);
        return;
    case PacketType::Connect:
    case PacketType::ConnectError:
        return;
    }
}

void Socket::receiveEvent(const Packet &packet)
{
    Arguments args {packet.data.items(), packet.id ? answerTo(*packet.id) : Ack()};
    const JsValue name = args.values.isEmpty() ? JsValue() : args.values.takeFirst();
    const QString event = name.toString();
    const auto refused = m_namespace.refuseEvent(event);
    m_namespace.server().ticks().next([self = shared_from_this(), event, args, refused] {
        if (refused)
            self->reportError(*refused);
        else if (self->m_connected)
            self->m_namespace.dispatch(self, event, args);
    });
}

Ack Socket::answerTo(double id)
{
    const auto sent = std::make_shared<bool>(false);
    return [weak = weak_from_this(), id, sent](const QList<JsValue> &args) {
        const auto self = weak.lock();
        if (!self || std::exchange(*sent, true))
            return;
        self->send({PacketType::Ack, {}, JsValue::array(args), id});
    };
}

void Socket::failed(const QString &message)
{
    reportError(message);
}

void Socket::reportError(const QString &message)
{
    JsValue error = JsValue::object();
    error.insert(u"message"_s, JsValue(message));
    m_namespace.dispatch(shared_from_this(), u"error"_s, {{error}, {}});
}

void Socket::ended(const QString &reason)
{
    if (!m_connected)
        return;
    const auto self = shared_from_this();
    if (m_namespace.server().options().recovery && isRecoverable(reason))
        m_namespace.adapter().persistSession({m_id, m_pid, rooms(), data});
    m_namespace.adapter().delAll(m_id);
    m_namespace.remove(m_id);
    m_closed = true;
    if (const auto client = m_client.lock())
        client->left(self);
    m_connected = false;
    m_namespace.disconnected(self, reason);
}

} // namespace rt::socketio
