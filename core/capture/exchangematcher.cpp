// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/exchangematcher.h"

#include "capture/exchangekind.h"

#include <algorithm>

namespace rt {

ExchangeMatcher::ExchangeMatcher(SessionTime &time, Receiver receiver)
    : m_time(time), m_receiver(std::move(receiver))
{
}

ExchangeMatcher::~ExchangeMatcher() = default;

quint64 ExchangeMatcher::packed(const ExchangeKey &key)
{
    return quint64(key.clientPort) << 48 | quint64(key.serverPort) << 32 | key.sequence;
}

void ExchangeMatcher::setListener(quint16 port, Listener listener)
{
    m_listeners[port] = std::move(listener);
}

void ExchangeMatcher::removeListener(quint16 port)
{
    m_listeners.erase(port);
}

void ExchangeMatcher::clientConnected(quint16 clientPort, quint16 serverPort)
{
    m_connections[quint32(clientPort) << 16 | serverPort] = {true, false, ++m_lastConnection};
}

ExchangeMatcher::Connection &ExchangeMatcher::connectionOf(const ExchangeKey &key)
{
    if (m_connections.size() > mostPending) // numbers of old outside connections may be forgotten
        std::erase_if(m_connections, [](const auto &entry) { return !entry.second.announced; });
    Connection &connection = m_connections[quint32(key.clientPort) << 16 | key.serverPort];
    // A first request on a connection that has had one: the port is in use again, by somebody who
    // has not announced himself.
    if (key.sequence == 0 && connection.used)
        connection = {};
    if (connection.number == 0)
        connection.number = ++m_lastConnection;
    connection.used = true;
    return connection;
}

ExchangeMatcher::Map::iterator ExchangeMatcher::open(const ExchangeKey &key)
{
    if (m_pending.size() >= mostPending)
        makeRoom();
    const Connection &connection = connectionOf(key);
    const auto it = m_pending.try_emplace(packed(key)).first;
    ExchangeRecord &record = it->second.record;
    record.id = ++m_lastId;
    record.startedAt = m_time.now();
    record.t = m_time.elapsed();
    record.hasClient = false;
    record.hasServer = false;
    record.connection = connection.number;
    record.external = !connection.announced;
    const auto listener = m_listeners.find(key.serverPort);
    if (listener != m_listeners.end()) {
        record.targetOrigin = listener->second.virtualOrigin;
        record.via = listener->second.via;
        record.node = listener->second.node;
    }
    return it;
}

/// The exchange of `key`, opened when it is new. One that this end has reported on already is left
/// over from an earlier connection with the same ports and makes way.
ExchangeMatcher::Map::iterator ExchangeMatcher::reach(const ExchangeKey &key, Side Pending::*side,
                                                      Side reached)
{
    auto it = m_pending.find(packed(key));
    if (it != m_pending.end() && it->second.*side >= reached) {
        abandon(it);
        it = m_pending.end();
    }
    if (it == m_pending.end())
        it = open(key);
    it->second.*side = reached;
    return it;
}

void ExchangeMatcher::clientStarted(const ExchangeKey &key)
{
    if (key.clientPort != 0) // else not connected yet: the report will tell
        reach(key, &Pending::client, Side::Started)->second.record.external = false;
}

void ExchangeMatcher::serverStarted(const ExchangeKey &key)
{
    reach(key, &Pending::server, Side::Started);
}

ExchangeMatcher::Settled ExchangeMatcher::clientFinished(ClientReport report)
{
    const ExchangeKey key = report.key;
    const auto it = reach(key, &Pending::client, Side::Finished);
    ExchangeRecord &record = it->second.record;
    record.client = std::move(report);
    record.hasClient = true;
    record.external = false;
    record.call = record.client.call;
    record.kind = exchangeKind(record.client.kind);
    if (record.client.forwarded)
        record.via = ExchangeRecord::Via::Upstream;
    if (!record.client.targetOrigin.isEmpty())
        record.targetOrigin = record.client.targetOrigin;
    return settle(it, key);
}

ExchangeMatcher::Settled ExchangeMatcher::serverFinished(ServerReport report)
{
    const ExchangeKey key = report.key;
    const auto it = reach(key, &Pending::server, Side::Finished);
    ExchangeRecord &record = it->second.record;
    record.server = std::move(report);
    record.hasServer = true;
    if (record.external)
        record.kind = guessedKind(record.server);
    return settle(it, key);
}

bool ExchangeMatcher::isComplete(const Pending &pending, quint16 serverPort) const
{
    const ExchangeRecord &record = pending.record;
    if (record.external)
        return record.hasServer;
    if (!record.hasClient)
        return false;
    if (record.hasServer || !m_listeners.contains(serverPort))
        return true;
    // Nothing was sent, so no server has anything to report.
    return pending.server == Side::Silent
        && (record.client.key.clientPort == 0 || record.client.end.requestBytes.isEmpty());
}

ExchangeMatcher::Settled ExchangeMatcher::settle(Map::iterator it, const ExchangeKey &key)
{
    const quint64 id = it->second.record.id;
    if (isComplete(it->second, key.serverPort)) {
        release(it);
        return {id, true};
    }
    m_halves.push_back({it->first, id, m_time.monotonicNs()});
    return {id, false};
}

void ExchangeMatcher::release(Map::iterator it)
{
    // Out of the map first: the receiver may come back with the next report.
    const auto node = m_pending.extract(it);
    m_receiver(node.mapped().record, true);
}

/// Nothing more is expected; without any report there is nothing to hand out.
void ExchangeMatcher::abandon(Map::iterator it)
{
    if (it->second.client == Side::Finished || it->second.server == Side::Finished)
        release(it);
    else
        m_pending.erase(it);
}

void ExchangeMatcher::showStarted(const ExchangeKey &key, const RequestHead &request)
{
    const auto it = m_pending.find(packed(key));
    if (it == m_pending.end())
        return;
    ExchangeRecord record = it->second.record;
    record.hasClient = !record.external;
    record.hasServer = record.external;
    EndReport &end = record.external ? record.server.end : record.client.end;
    end.request = request;
    end.startedNs = m_time.monotonicNs();
    record.client.key = record.server.key = key;
    m_receiver(record, false);
}

void ExchangeMatcher::showHalf(const Half &half)
{
    const auto it = m_pending.find(half.key);
    if (it == m_pending.end() || it->second.record.id != half.id || it->second.shown)
        return;
    it->second.shown = true;
    m_kept.push_back(half);
    m_receiver(it->second.record, false);
}

void ExchangeMatcher::sweep()
{
    const qint64 now = m_time.monotonicNs();
    while (!m_halves.empty() && now - m_halves.front().sinceNs >= graceNs) {
        const Half half = m_halves.front();
        m_halves.pop_front();
        showHalf(half);
    }
    while (m_kept.size() > keptHalves) {
        const Half oldest = m_kept.front();
        m_kept.pop_front();
        const auto it = m_pending.find(oldest.key);
        if (it != m_pending.end() && it->second.record.id == oldest.id)
            release(it);
    }
}

/// Lets the oldest quarter go as it stands, so that room is made seldom.
void ExchangeMatcher::makeRoom()
{
    std::vector<std::pair<quint64, quint64>> byAge;
    byAge.reserve(m_pending.size());
    for (const auto &[key, pending] : m_pending)
        byAge.emplace_back(pending.record.id, key);
    const auto quarter = byAge.begin() + static_cast<qptrdiff>(byAge.size() / 4);
    std::nth_element(byAge.begin(), quarter, byAge.end());
    std::sort(byAge.begin(), quarter);
    for (auto oldest = byAge.begin(); oldest != quarter; ++oldest) {
        const auto it = m_pending.find(oldest->second);
        if (it != m_pending.end())
            abandon(it);
    }
}

} // namespace rt
