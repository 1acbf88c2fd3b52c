// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/addressbook.h"
#include "browser/netfailure.h"
#include "http/url.h"
#include "http/wireobserver.h"

#include <QObject>
#include <QSslCertificate>
#include <QTcpSocket>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace rt {

class Clock;
class ClientConnection;

/// One message to write as it stands: the transport adds nothing.
struct TransportRequest
{
    Url url;
    RequestHead head;
    QByteArray body;
    /// Written instead of head and body, for malformed requests.
    std::optional<QByteArray> rawBytes;
    /// Chromium keeps connections with and without credentials apart ("privacy mode").
    bool withCredentials = true;
    quint64 call = 0;
    /// preflight, actual, navigation, subresource, poll, upgrade, raw.
    QByteArray kind = "actual";
};

/// What came back, or why nothing did.
struct TransportResponse
{
    std::optional<NetFailure> failure;
    /// Chromium's error name, finer than `failure` for malformed responses; empty without failure.
    QByteArray netError;
    QString sentence;
    ResponseHead head;
    /// Transfer coding removed, content coding kept.
    QByteArray body;
    /// The head is good but the body is not: the error's name; script fails when it reads on.
    QByteArray bodyError;
    /// Nothing when no connection came about.
    std::optional<ExchangeKey> key;
    /// Filled in by whoever asked: what it decided about this response, for the capture.
    std::vector<Decision> decisions;
    /// After a 101: the connection, and what came behind the head.
    std::unique_ptr<QTcpSocket> socket;
    QByteArray rest;
};

/// Which servers to believe. The lab's own authority is passed in; the system's are never used.
struct TlsTrust
{
    QList<QSslCertificate> authorities;
    bool acceptAny = false;
};

/// HTTP/1.1 over QTcpSocket: keep-alive pool of six connections per origin, no pipelining, one
/// retry when a kept-alive connection closes without an answer. Knows nothing of fetch.
class Transport : public QObject
{
    Q_OBJECT

public:
    using Finished = std::function<void(TransportResponse &)>;

    Transport(const AddressBook &addresses, const Clock &clock, WireObserver *observer,
              QObject *parent = nullptr);
    ~Transport() override;

    /// `finished` comes later, never from inside this function.
    quint64 send(TransportRequest request, Finished finished);
    /// The request ends without `finished`; its connection closes.
    void cancel(quint64 id);
    /// Something is still under way, perhaps for nobody (a revalidation in the background).
    bool isBusy() const { return !m_pending.empty(); }
    void closeIdleConnections();
    void setTrust(TlsTrust trust) { m_trust = std::move(trust); }
    const TlsTrust &trust() const { return m_trust; }
    /// Longest wait for a whole response; zero waits for ever, as browsers do.
    void setTimeout(std::chrono::milliseconds timeout) { m_timeout = timeout; }
    std::chrono::milliseconds timeout() const { return m_timeout; }
    const Clock &clock() const { return m_clock; }
    WireObserver *observer() const { return m_observer; }

private:
    struct Pending;
    void dispatch(std::shared_ptr<Pending> pending);
    void connectFor(const std::shared_ptr<Pending> &pending, const Endpoint &endpoint);
    void assign(ClientConnection *connection, const std::shared_ptr<Pending> &pending);
    void exchangeEnded(ClientConnection *connection);
    void failLater(const std::shared_ptr<Pending> &pending, NetFailure failure);
    void deliver(const std::shared_ptr<Pending> &pending, TransportResponse &response,
                 ClientReport *report);
    void startWaiting(const QByteArray &poolKey);
    void forget(ClientConnection *connection);
    ClientConnection *idleConnection(const QByteArray &poolKey) const;
    int connectionCount(const QByteArray &poolKey) const;

    const AddressBook &m_addresses;
    const Clock &m_clock;
    WireObserver *m_observer;
    TlsTrust m_trust;
    std::chrono::milliseconds m_timeout {0};
    quint64 m_lastId = 0;
    std::vector<std::shared_ptr<Pending>> m_pending;
    std::vector<ClientConnection *> m_connections;
};

} // namespace rt
