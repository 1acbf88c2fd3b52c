// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/pendingbroadcast.h"

#include "socketio/namespace.h"
#include "socketio/server.h"
#include "socketio/socket.h"

#include <utility>

namespace rt::socketio {

PendingBroadcast::PendingBroadcast(Namespace &nsp, BroadcastOperator::Answers done)
    : m_namespace(nsp), m_done(std::move(done)),
      m_timer(nsp.server().timers(), [this] { timeOut(); })
{
}

void PendingBroadcast::start(Namespace &nsp, const Packet &packet, const BroadcastOptions &options,
                             const BroadcastOperator::Answers &done)
{
    const auto pending = std::make_shared<PendingBroadcast>(nsp, done);
    nsp.server().keep(pending);
    pending->run(packet, options);
}

void PendingBroadcast::run(const Packet &packet, const BroadcastOptions &options)
{
    m_timer.start(options.flags.timeout.value_or(1));
    const std::weak_ptr<PendingBroadcast> weak = weak_from_this();
    Adapter &adapter = m_namespace.adapter();
    m_packetId = adapter.broadcastWithAck(packet, options,
                                          {[weak](int clients) {
                                               if (const auto self = weak.lock()) {
                                                   self->m_expectedClients += clients;
                                                   ++self->m_servers;
                                                   self->checkCompleteness();
                                               }
                                           },
                                           [weak](const JsValue &answer) {
                                               if (const auto self = weak.lock()) {
                                                   self->m_answers.append(answer);
                                                   self->checkCompleteness();
                                               }
                                           }});
    adapter.serverCount([weak](int servers) {
        if (const auto self = weak.lock()) {
            self->m_expectedServers = servers;
            self->checkCompleteness();
        }
    });
}

void PendingBroadcast::checkCompleteness()
{
    if (m_servers == m_expectedServers && m_answers.size() == m_expectedClients)
        finish(false);
}

void PendingBroadcast::timeOut()
{
    if (m_packetId) {
        for (const SocketPointer &socket : m_namespace.sockets())
            socket->forgetAck(*m_packetId);
    }
    finish(true);
}

void PendingBroadcast::finish(bool timedOut)
{
    const auto self = shared_from_this();
    m_timer.stop();
    m_namespace.server().release(self);
    if (const auto done = std::exchange(m_done, nullptr))
        done(timedOut, m_answers);
}

} // namespace rt::socketio
