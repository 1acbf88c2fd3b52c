// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/namespace.h"

#include "socketio/client.h"
#include "socketio/server.h"
#include "socketio/socket.h"

namespace rt::socketio {

using namespace Qt::StringLiterals;

Namespace::Namespace(Server &server, QString name)
    : m_server(server), m_name(std::move(name)), m_adapter(server.makeAdapter(*this))
{
}

Namespace::~Namespace() = default;

SocketPointer Namespace::createSocket(const std::shared_ptr<Client> &client, const JsValue &auth)
{
    const JsValue pid = auth[u"pid"];
    const JsValue offset = auth[u"offset"];
    if (m_server.options().recovery && pid.isString() && offset.isString()) {
        if (const auto restored = m_adapter->restoreSession(pid.toString(), offset.toString()))
            return Socket::restore(*this, client, auth, *restored);
    }
    return Socket::create(*this, client, auth);
}

std::optional<ConnectError> Namespace::run(Socket &socket) const
{
    const auto &recovery = m_server.options().recovery;
    if (recovery && recovery->skipMiddlewares && socket.wasRecovered())
        return std::nullopt;
    for (const Middleware &middleware : m_middlewares) {
        if (auto error = middleware(socket))
            return error;
    }
    return std::nullopt;
}

void Namespace::add(const std::shared_ptr<Client> &client, const JsValue &auth)
{
    const SocketPointer socket = createSocket(client, auth);
    const auto refused = run(*socket);
    m_server.ticks().next([this, client, socket, refused] {
        if (!client->isOpen()) {
            m_adapter->delAll(socket->id());
            return;
        }
        if (!refused) {
            connect(client, socket);
            return;
        }
        m_adapter->delAll(socket->id());
        JsValue error = JsValue::object();
        error.insert(u"message"_s, JsValue(refused->message));
        error.insert(u"data"_s, refused->data);
        client->send({PacketType::ConnectError, m_name, error, {}});
    });
}

void Namespace::connect(const std::shared_ptr<Client> &client, const SocketPointer &socket)
{
    m_sockets.insert(socket->id(), socket);
    socket->confirm();
    client->joined(socket);
    if (m_connection)
        m_connection(socket);
}

std::optional<QString> Namespace::refuseEvent(const QString &event) const
{
    return m_eventMiddleware ? m_eventMiddleware(event) : std::nullopt;
}

void Namespace::dispatch(const SocketPointer &socket, const QString &event,
                         const Arguments &args) const
{
    const auto listener = m_listeners.constFind(event);
    if (listener != m_listeners.constEnd())
        (*listener)(socket, args);
}

void Namespace::disconnected(const SocketPointer &socket, const QString &reason) const
{
    if (m_disconnect)
        m_disconnect(socket, reason);
}

} // namespace rt::socketio
