// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "http/wireobserver.h"
#include "server/peertransport.h"
#include "server/serverresponse.h"

#include <QHostAddress>
#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace rt {

class Connection;
class Readiness;

/// Node 20's defaults.
struct ServerTimeouts
{
    std::chrono::milliseconds headers {60000};
    std::chrono::milliseconds request {300000};
    /// Advertised in Keep-Alive; an idle connection is closed `keepAliveGrace` later.
    std::chrono::milliseconds keepAlive {5000};
    std::chrono::milliseconds keepAliveGrace {1000};
};

/// A request that wants another protocol. Whoever takes it takes the transport out, owns it and
/// answers on it.
struct UpgradeRequest
{
    RequestHead head;
    IncomingMessage::Peer peer;
    std::unique_ptr<PeerTransport> transport;
    /// Bytes that came behind the head.
    QByteArray rest;
    /// Set when somebody watches: hand it to the observer with the response filled in.
    std::unique_ptr<ServerReport> report;
    WireObserver *observer = nullptr;
};

/// True: the listener takes the request and will answer it, now or later.
using RequestListener = std::function<bool(IncomingMessage &, ServerResponse &)>;
/// True: the listener took `transport` out of the request.
using UpgradeListener = std::function<bool(UpgradeRequest &)>;

/// Node's http.Server on the thread it lives in: one port, and two lists of listeners ('request',
/// 'upgrade') that are tried in order. Knows nothing of Express.
class HttpServer : public QObject
{
    Q_OBJECT

public:
    explicit HttpServer(const Clock &clock, QObject *parent = nullptr);
    ~HttpServer() override;

    /// Port 0 lets the system choose. Returns the port.
    Result<quint16> listen(quint16 port, const QHostAddress &address = QHostAddress::LocalHost);
    bool isListening() const;
    quint16 port() const;

    void addRequestListener(RequestListener listener);
    void addUpgradeListener(UpgradeListener listener);
    /// Upgrade requests that come later are ordinary ones again, as in Node without a listener.
    void clearUpgradeListeners() { m_upgradeListeners.clear(); }
    /// Must outlive the server or be reset to nullptr. Affects requests that start later.
    void setObserver(WireObserver *observer) { m_observer = observer; }
    void setTimeouts(const ServerTimeouts &timeouts);
    /// Answers 421 to requests whose Host this refuses: against pages that rebind their own name to
    /// the loopback address. None: every Host is served.
    void setHostCheck(std::function<bool(QByteArrayView host)> check);
    /// Makes the socket for a descriptor, for connections that come later; none: plain TCP.
    using SocketFactory = std::function<std::unique_ptr<QTcpSocket>(qintptr)>;
    void setSocketFactory(SocketFactory factory);

    int connectionCount() const { return static_cast<int>(m_connections.size()); }
    /// Stops listening, lets running exchanges finish, closes idle connections; then stopped().
    void close();
    /// Drops every connection at once.
    void closeAllConnections();

signals:
    void stopped();

private:
    friend class Connection;
    class Listener;
    void accept(qintptr descriptor);
    void forget(Connection *connection);
    void checkTimeouts();
    bool dispatch(ServerResponse &response);
    bool dispatchUpgrade(UpgradeRequest &request);
    QByteArray date();
    bool isStopping() const { return m_stopping; }

    const Clock &m_clock;
    std::shared_ptr<Readiness> m_readiness;
    std::unique_ptr<Listener> m_listener;
    std::vector<RequestListener> m_requestListeners;
    std::vector<UpgradeListener> m_upgradeListeners;
    std::function<bool(QByteArrayView)> m_hostCheck;
    SocketFactory m_socketFactory;
    std::vector<Connection *> m_connections;
    WireObserver *m_observer = nullptr;
    ServerTimeouts m_timeouts;
    QTimer *m_timer = nullptr;
    QByteArray m_date;
    qint64 m_dateSecond = -1;
    bool m_stopping = false;
};

} // namespace rt
