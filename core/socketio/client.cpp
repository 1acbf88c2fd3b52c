// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/client.h"

#include "socketio/server.h"

#include <algorithm>
#include <utility>

namespace rt::socketio {

using namespace Qt::StringLiterals;

Client::Client(Server &server, std::shared_ptr<engineio::Session> session)
    : m_server(server), m_session(std::move(session)), m_connectTimeout(server.timers(), [this] {
          if (m_sockets.empty())
              close();
      })
{
}

void Client::start()
{
    const std::weak_ptr<Client> weak = weak_from_this();
    m_session->onMessage([weak](const engineio::Packet &message) {
        if (const auto self = weak.lock())
            self->receive(message);
    });
    m_session->onClose([weak](const QByteArray &reason) {
        if (const auto self = weak.lock())
            self->ended(QString::fromLatin1(reason));
    });
    m_connectTimeout.start(m_server.options().connectTimeout);
}

SocketPointer Client::socketOf(const QString &nsp) const
{
    const auto found
        = std::find_if(m_sockets.begin(), m_sockets.end(),
                       [&](const SocketPointer &socket) { return socket->nsp().name() == nsp; });
    return found == m_sockets.end() ? nullptr : *found;
}

void Client::receive(const engineio::Packet &message)
{
    if (m_ended)
        return;
    const Decoder::Step step = m_decoder.add(message);
    if (step.error)
        fail(step.error->message);
    else if (step.packet)
        receive(*step.packet);
}

void Client::receive(const Packet &packet)
{
    const SocketPointer socket = socketOf(packet.nsp);
    if (!socket && packet.type == PacketType::Connect) {
        connect(packet.nsp, packet.data.isUndefined() ? JsValue::object() : packet.data);
    } else if (socket && packet.type != PacketType::Connect
               && packet.type != PacketType::ConnectError) {
        m_server.ticks().next([socket, packet] { socket->receive(packet); });
    } else {
        close();
    }
}

void Client::connect(const QString &name, const JsValue &auth)
{
    if (Namespace *nsp = m_server.find(name)) {
        nsp->add(shared_from_this(), auth);
        return;
    }
    JsValue error = JsValue::object();
    error.insert(u"message"_s, JsValue(u"Invalid namespace"_s));
    send({PacketType::ConnectError, name, error, {}});
}

void Client::joined(const SocketPointer &socket)
{
    m_sockets.push_back(socket);
    m_connectTimeout.stop();
}

void Client::send(const Packet &packet)
{
    if (isOpen())
        write(encodePacket(packet), false);
}

void Client::write(const std::vector<engineio::Packet> &messages, bool isVolatile)
{
    if (!isOpen() || (isVolatile && !m_session->transport().isWritable()))
        return;
    for (const engineio::Packet &message : messages)
        m_session->send(message);
}

void Client::fail(const QString &message)
{
    const auto sockets = m_sockets;
    for (const SocketPointer &socket : sockets)
        socket->failed(message);
    m_session->close();
}

void Client::disconnect()
{
    const auto sockets = m_sockets;
    for (const SocketPointer &socket : sockets)
        socket->disconnect();
    m_sockets.clear();
    close();
}

void Client::close()
{
    if (!isOpen())
        return;
    m_session->close();
    ended(u"forced server close"_s);
}

void Client::ended(const QString &reason)
{
    if (std::exchange(m_ended, true))
        return;
    const auto self = shared_from_this();
    m_connectTimeout.stop();
    m_session->onMessage({});
    const auto sockets = m_sockets;
    for (const SocketPointer &socket : sockets)
        socket->ended(reason);
    m_sockets.clear();
    m_decoder.reset();
    m_server.forget(self);
}

} // namespace rt::socketio
