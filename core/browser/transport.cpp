// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/transport.h"

#include "base/clock.h"
#include "browser/clientconnection.h"

#include <QTimer>

#include <algorithm>

namespace rt {

namespace {

/// Chromium's limit per host and privacy mode.
constexpr int maximumConnections = 6;

QByteArray poolKeyOf(const TransportRequest &request)
{
    const bool secure = request.url.scheme == "https" || request.url.scheme == "wss";
    // A WebSocket handshake has a connection of its own.
    const bool upgrade = request.kind == "upgrade";
    return QByteArray(upgrade ? "upgrade " : "") + (secure ? "tls " : "tcp ") + request.url.host
        + ':' + QByteArray::number(request.url.effectivePort())
        + (request.withCredentials ? " with credentials" : " without credentials");
}

} // namespace

struct Transport::Pending
{
    quint64 id = 0;
    TransportRequest request;
    Finished finished;
    QByteArray poolKey;
    ClientConnection *connection = nullptr;
    bool retried = false;
    bool done = false;
};

Transport::Transport(const AddressBook &addresses, const Clock &clock, WireObserver *observer,
                     QObject *parent)
    : QObject(parent), m_addresses(addresses), m_clock(clock), m_observer(observer)
{
}

Transport::~Transport()
{
    for (ClientConnection *connection : m_connections)
        connection->disconnect(this);
}

quint64 Transport::send(TransportRequest request, Finished finished)
{
    auto pending = std::make_shared<Pending>();
    pending->id = ++m_lastId;
    pending->poolKey = poolKeyOf(request);
    pending->request = std::move(request);
    pending->finished = std::move(finished);
    m_pending.push_back(pending);
    dispatch(pending);
    return pending->id;
}

void Transport::dispatch(std::shared_ptr<Pending> pending)
{
    const Url &url = pending->request.url;
    if (isBlockedPort(url.effectivePort()) && pending->request.kind != "raw") {
        failLater(pending, NetFailure::UnsafePort);
        return;
    }
    const auto endpoint = m_addresses.resolve(url.host, url.effectivePort());
    if (!endpoint) {
        failLater(pending, NetFailure::NameNotResolved);
        return;
    }
    ClientConnection *idle = pending->retried ? nullptr : idleConnection(pending->poolKey);
    if (idle)
        assign(idle, pending);
    else if (connectionCount(pending->poolKey) < maximumConnections)
        connectFor(pending, *endpoint);
}

void Transport::connectFor(const std::shared_ptr<Pending> &pending, const Endpoint &endpoint)
{
    auto *connection = new ClientConnection(*this, pending->poolKey);
    m_connections.push_back(connection);
    connect(connection, &ClientConnection::exchangeEnded, this,
            [this, connection] { exchangeEnded(connection); });
    connect(connection, &ClientConnection::closedWhileIdle, this,
            [this, connection] { forget(connection); });
    assign(connection, pending);
    connection->open(pending->request.url, endpoint);
}

void Transport::assign(ClientConnection *connection, const std::shared_ptr<Pending> &pending)
{
    pending->connection = connection;
    connection->start(pending->request);
}

void Transport::exchangeEnded(ClientConnection *connection)
{
    const auto found = std::find_if(m_pending.begin(), m_pending.end(),
                                    [&](const auto &p) { return p->connection == connection; });
    if (found == m_pending.end())
        return;
    const std::shared_ptr<Pending> pending = *found;
    pending->connection = nullptr;
    ClientConnection::Outcome outcome = connection->takeOutcome();
    if (!connection->isUsable() || pending->request.kind == "upgrade")
        forget(connection);
    // Chromium: a request on a kept-alive connection that closes unanswered is sent once more,
    // whatever its method (HttpNetworkTransaction::ShouldResendRequest).
    const bool closedUnanswered = outcome.reused && !outcome.answered && outcome.response.failure
        && outcome.response.failure != NetFailure::Timeout;
    if (closedUnanswered && !pending->retried) {
        pending->retried = true;
        if (m_observer)
            m_observer->clientFinished(std::move(outcome.report));
        dispatch(pending);
        return;
    }
    deliver(pending, outcome.response, &outcome.report);
    startWaiting(pending->poolKey);
}

void Transport::failLater(const std::shared_ptr<Pending> &pending, NetFailure failure)
{
    QTimer::singleShot(0, this, [this, pending, failure] {
        TransportResponse response;
        response.failure = failure;
        response.netError = netError(failure);
        response.sentence = failureSentence(failure, pending->request.url.authority());
        deliver(pending, response, nullptr);
    });
}

void Transport::deliver(const std::shared_ptr<Pending> &pending, TransportResponse &response,
                        ClientReport *report)
{
    std::erase(m_pending, pending);
    const bool reported = report && response.key && m_observer;
    if (!std::exchange(pending->done, true))
        pending->finished(response);
    // A connection nobody took is still inside its own signal.
    if (response.socket) {
        response.socket->abort();
        response.socket.release()->deleteLater();
    }
    if (!reported)
        return;
    report->decisions = std::move(response.decisions);
    m_observer->clientFinished(std::move(*report));
}

void Transport::startWaiting(const QByteArray &poolKey)
{
    const auto waiting = std::find_if(m_pending.begin(), m_pending.end(), [&](const auto &p) {
        return !p->connection && p->poolKey == poolKey && !p->done;
    });
    if (waiting != m_pending.end())
        dispatch(*waiting);
}

void Transport::cancel(quint64 id)
{
    const auto found = std::find_if(m_pending.begin(), m_pending.end(),
                                    [&](const auto &p) { return p->id == id; });
    if (found == m_pending.end())
        return;
    const std::shared_ptr<Pending> pending = *found;
    m_pending.erase(found);
    pending->done = true;
    if (!pending->connection)
        return;
    pending->connection->abort();
    ClientConnection::Outcome outcome = pending->connection->takeOutcome();
    outcome.report.end.finishedNs = m_clock.monotonicNs();
    if (m_observer && outcome.response.key)
        m_observer->clientFinished(std::move(outcome.report));
    forget(pending->connection);
    startWaiting(pending->poolKey);
}

void Transport::closeIdleConnections()
{
    const auto connections = m_connections;
    for (ClientConnection *connection : connections) {
        if (!connection->isIdle())
            continue;
        connection->abort();
        forget(connection);
    }
}

void Transport::forget(ClientConnection *connection)
{
    std::erase(m_connections, connection);
    connection->disconnect(this);
    connection->deleteLater();
}

ClientConnection *Transport::idleConnection(const QByteArray &poolKey) const
{
    const auto found
        = std::find_if(m_connections.rbegin(), m_connections.rend(),
                       [&](ClientConnection *c) { return c->isIdle() && c->poolKey() == poolKey; });
    return found == m_connections.rend() ? nullptr : *found;
}

int Transport::connectionCount(const QByteArray &poolKey) const
{
    return static_cast<int>(
        std::count_if(m_connections.begin(), m_connections.end(),
                      [&](ClientConnection *c) { return c->poolKey() == poolKey; }));
}

} // namespace rt
