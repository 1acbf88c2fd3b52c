// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/transport.h"
#include "http/responseparser.h"
#include "lab/proxysettings.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace rt {

class Clock;

/// Where a proxy sends requests: a port of loopback, with what to believe when it speaks TLS.
struct Upstream
{
    quint16 port = 0;
    std::optional<TlsTrust> trust;
};

/// A proxy's connection to the server for one exchange: streams both bodies, with back-pressure in
/// either direction, and reports the second hop. Ends with exactly one of ended(), failed() and
/// upgraded().
class UpstreamConnection : public QObject
{
    Q_OBJECT

public:
    /// What everything on the way needs; outlives the connection. `observer` may be null.
    struct Context
    {
        const Clock &clock;
        WireObserver *observer = nullptr;
        std::chrono::seconds readTimeout {60};
    };

    UpstreamConnection(const Context &context, QObject *parent);
    ~UpstreamConnection() override;

    /// `forwarded`: the exchange on whose behalf, when it is recorded.
    void start(const Upstream &upstream, const RequestHead &head,
               const std::optional<ExchangeKey> &forwarded);
    /// Bytes of the body as they go on the wire; `data` is what they carry.
    void write(const QByteArray &bytes, const QByteArray &data);
    /// False: wait for drained() before the next write().
    bool wantsMore() const;
    void setReading(bool reading);
    /// Gives up; nothing is signalled any more.
    void abort();
    /// After upgraded().
    std::unique_ptr<QTcpSocket> takeSocket() { return std::move(m_socket); }
    QByteArray takeRest() { return m_parser.takeRest(); }

signals:
    void headArrived(const rt::ResponseHeadEvent &event);
    void bodyArrived(const QByteArray &data);
    void drained();
    void ended();
    void failed(rt::ProxyFault fault);
    /// 101: takeSocket() and takeRest().
    void upgraded(const rt::ResponseHeadEvent &event);

private:
    void setupSocket(const std::optional<TlsTrust> &trust);
    void connected();
    void send();
    void read();
    void handle(const ResponseHeadEvent &event);
    void handle(const BodyEvent &event);
    void handle(const MessageEndEvent &event);
    void handle(const ResponseFaultEvent &event);
    void handleAll(const std::vector<ResponseEvent> &events);
    void disconnected();
    void socketFailed(QAbstractSocket::SocketError error);
    void fail(ProxyFault fault);
    void finish(bool aborted);
    void restartTimer();

    Context m_context;
    std::unique_ptr<QTcpSocket> m_socket;
    ResponseParser m_parser;
    QTimer m_timer;
    RequestHead m_head;
    ClientReport m_report;
    QByteArray m_unsent;
    qint64 m_openedNs = 0;
    qint64 m_handshakeNs = 0;
    bool m_connected = false;
    bool m_headArrived = false;
    bool m_reading = true;
    bool m_done = false;
};

} // namespace rt
