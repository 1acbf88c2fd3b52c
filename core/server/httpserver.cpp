// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/httpserver.h"

#include "http/httpdate.h"
#include "server/connection.h"
#include "server/readiness.h"

#include <QTcpServer>

#include <algorithm>

namespace rt {

/// Hands out descriptors instead of sockets, so that the socket's type is ours to choose.
class HttpServer::Listener final : public QTcpServer
{
public:
    explicit Listener(HttpServer &server) : m_server(server) { }

protected:
    void incomingConnection(qintptr descriptor) override { m_server.accept(descriptor); }

private:
    HttpServer &m_server;
};

HttpServer::HttpServer(const Clock &clock, QObject *parent)
    : QObject(parent), m_clock(clock), m_readiness(std::make_shared<Readiness>()),
      m_listener(std::make_unique<Listener>(*this)), m_timer(new QTimer(this))
{
    // The system's default (4096) as Node's backlog of 511 would be: bursts must not be dropped.
    m_listener->setMaxPendingConnections(511);
    connect(m_timer, &QTimer::timeout, this, &HttpServer::checkTimeouts);
    setTimeouts({});
}

HttpServer::~HttpServer()
{
    closeAllConnections();
}

Result<quint16> HttpServer::listen(quint16 port, const QHostAddress &address)
{
    m_stopping = false;
    if (m_listener->listen(address, port))
        return m_listener->serverPort();
    if (m_listener->serverError() == QAbstractSocket::AddressInUseError)
        return failure(
            tr("Port %1 is already in use. Choose another port, or stop the program that "
               "uses it.")
                .arg(port));
    if (m_listener->serverError() == QAbstractSocket::SocketAccessError)
        return failure(
            tr("Port %1 needs more rights than this program has. Choose a port from 1024 "
               "on.")
                .arg(port));
    return failure(tr("Cannot listen on %1 port %2: %3. Choose another address or port.")
                       .arg(address.toString())
                       .arg(port)
                       .arg(m_listener->errorString()));
}

bool HttpServer::isListening() const
{
    return m_listener->isListening();
}

quint16 HttpServer::port() const
{
    return m_listener->serverPort();
}

void HttpServer::addRequestListener(RequestListener listener)
{
    m_requestListeners.push_back(std::move(listener));
}

void HttpServer::addUpgradeListener(UpgradeListener listener)
{
    m_upgradeListeners.push_back(std::move(listener));
}

void HttpServer::setTimeouts(const ServerTimeouts &timeouts)
{
    using namespace std::chrono_literals;
    m_timeouts = timeouts;
    auto shortest = std::min(m_timeouts.keepAlive + m_timeouts.keepAliveGrace, m_timeouts.request);
    shortest = std::min(shortest, m_timeouts.headers);
    m_timer->setInterval(std::clamp(shortest / 8, 5ms, 500ms));
}

void HttpServer::setHostCheck(std::function<bool(QByteArrayView)> check)
{
    m_hostCheck = std::move(check);
}

void HttpServer::setSocketFactory(SocketFactory factory)
{
    m_socketFactory = std::move(factory);
}

void HttpServer::accept(qintptr descriptor)
{
    std::unique_ptr<PeerTransport> transport;
    if (!m_socketFactory)
        transport = makePlainTransport(descriptor, m_readiness);
    else if (auto socket = m_socketFactory(descriptor))
        transport = makeSocketTransport(std::move(socket));
    if (!transport)
        return;
    auto *connection = new Connection(std::move(transport), *this);
    m_connections.push_back(connection);
    if (!m_timer->isActive())
        m_timer->start();
}

void HttpServer::forget(Connection *connection)
{
    std::erase(m_connections, connection);
    if (!m_connections.empty())
        return;
    m_timer->stop();
    if (m_stopping)
        emit stopped();
}

void HttpServer::checkTimeouts()
{
    const qint64 now = m_clock.monotonicNs();
    const auto connections = m_connections;
    for (Connection *connection : connections)
        connection->checkTimeouts(now, m_timeouts);
}

bool HttpServer::dispatch(ServerResponse &response)
{
    IncomingMessage &request = response.request();
    if (m_hostCheck && !m_hostCheck(request.header("Host").value_or(QByteArray()))) {
        if (auto *capture = response.capture())
            capture->report.decisions.push_back(
                {"server.HostNotAllowed",
                 tr("The Host is neither a loopback name nor one of the "
                    "lab's, so another site may be behind it.")});
        response.statusCode = 421;
        response.setHeader("Connection", "close");
        response.end();
        return true;
    }
    return std::any_of(
        m_requestListeners.begin(), m_requestListeners.end(),
        [&](const RequestListener &listener) { return listener(request, response); });
}

bool HttpServer::dispatchUpgrade(UpgradeRequest &request)
{
    // Node: CONNECT has an event of its own that nobody here listens for.
    if (request.head.method == "CONNECT")
        return false;
    return std::any_of(m_upgradeListeners.begin(), m_upgradeListeners.end(),
                       [&](const UpgradeListener &listener) { return listener(request); });
}

QByteArray HttpServer::date()
{
    const qint64 second = m_clock.now() / 1000;
    if (second != m_dateSecond) {
        m_dateSecond = second;
        m_date = formatHttpDate(second * 1000);
    }
    return m_date;
}

void HttpServer::close()
{
    m_stopping = true;
    m_listener->close();
    const auto connections = m_connections;
    for (Connection *connection : connections)
        connection->closeWhenIdle();
    if (m_connections.empty())
        QMetaObject::invokeMethod(this, &HttpServer::stopped, Qt::QueuedConnection);
}

void HttpServer::closeAllConnections()
{
    const auto connections = m_connections;
    for (Connection *connection : connections)
        connection->destroy();
}

} // namespace rt
