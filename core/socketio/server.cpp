// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/server.h"

#include "socketio/client.h"
#include "socketio/pendingbroadcast.h"

namespace rt::socketio {

Server::Server(const ServerContext &context, ServerOptions options)
    : m_context(context), m_options(std::move(options))
{
    of(QStringLiteral("/"));
}

Server::~Server()
{
    m_pending.clear();
    m_clients.clear();
}

Namespace &Server::of(const QString &name)
{
    auto &nsp = m_namespaces[name];
    if (!nsp)
        nsp = std::make_unique<Namespace>(*this, name);
    return *nsp;
}

void Server::ofMatching(std::function<bool(const QString &)> matches,
                        std::function<void(Namespace &)> setUp)
{
    m_patterns.push_back({std::move(matches), std::move(setUp)});
}

Namespace *Server::find(const QString &name)
{
    if (const auto known = m_namespaces.find(name); known != m_namespaces.end())
        return known->second.get();
    for (const Pattern &pattern : m_patterns) {
        if (!pattern.matches(name))
            continue;
        Namespace &nsp = of(name);
        pattern.setUp(nsp);
        return &nsp;
    }
    return nullptr;
}

void Server::setAdapter(AdapterFactory factory)
{
    m_adapterFactory = std::move(factory);
    for (const auto &[name, nsp] : m_namespaces)
        nsp->setAdapter(makeAdapter(*nsp));
}

std::unique_ptr<Adapter> Server::makeAdapter(Namespace &nsp)
{
    if (m_adapterFactory)
        return m_adapterFactory(nsp);
    if (m_options.recovery)
        return std::make_unique<SessionAwareAdapter>(nsp, *m_options.recovery, clock(), timers());
    return std::make_unique<Adapter>(nsp);
}

void Server::accept(const std::shared_ptr<engineio::Session> &session)
{
    const auto client = std::make_shared<Client>(*this, session);
    m_clients.insert(client);
    client->start();
}

void Server::close()
{
    for (const auto &[name, nsp] : m_namespaces) {
        for (const SocketPointer &socket : nsp->sockets())
            socket->ended(QStringLiteral("server shutting down"));
    }
}

QString Server::generateId()
{
    return QString::fromLatin1(m_context.random.bytes(15).toBase64(QByteArray::Base64UrlEncoding));
}

} // namespace rt::socketio
