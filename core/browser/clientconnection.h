// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/transport.h"
#include "http/contentcoding.h"
#include "http/responseparser.h"

#include <QTimer>

namespace rt {

/// One connection of the pool with the exchange it is busy with. Ends each exchange with exactly
/// one `exchangeEnded`; after that outcome() tells what came of it.
class ClientConnection : public QObject
{
    Q_OBJECT

public:
    struct Outcome
    {
        TransportResponse response;
        ClientReport report;
        /// A byte of the response arrived.
        bool answered = false;
        /// The connection had carried another exchange before.
        bool reused = false;
    };

    ClientConnection(Transport &transport, QByteArray poolKey);
    ~ClientConnection() override;

    void open(const Url &url, const Endpoint &endpoint);
    /// Writes the request as soon as the connection stands.
    void start(const TransportRequest &request);
    const QByteArray &poolKey() const { return m_poolKey; }
    bool isIdle() const { return !m_busy && m_usable; }
    /// False when the connection cannot carry another request.
    bool isUsable() const { return m_usable; }
    Outcome takeOutcome() { return std::move(m_outcome); }
    void abort();

signals:
    void exchangeEnded();
    /// An idle connection was closed by the server.
    void closedWhileIdle();

private:
    void setupSocket();
    void connected();
    void write();
    void read();
    void handle(const ResponseHeadEvent &event);
    void watchContent(const HeaderList &headers);
    bool hasContent(const QByteArray &data);
    void handle(const BodyEvent &event);
    void handle(const MessageEndEvent &event);
    void handle(const ResponseFaultEvent &event);
    void handleAll(const std::vector<ResponseEvent> &events);
    void disconnected();
    void socketFailed(QAbstractSocket::SocketError error);
    void bytesWritten();
    void fail(NetFailure failure, const QByteArray &netErrorName = {});
    void failBody(const QByteArray &netErrorName);
    void end();
    bool handshakeDone() const;

    Transport &m_transport;
    QByteArray m_poolKey;
    std::unique_ptr<QTcpSocket> m_socket;
    std::unique_ptr<ResponseParser> m_parser;
    /// Only until the body has shown its first byte.
    std::unique_ptr<ContentDecoder> m_decoder;
    QTimer m_timer;
    TransportRequest m_request;
    Outcome m_outcome;
    QByteArray m_authority;
    qint64 m_openedNs = 0;
    qint64 m_connectNs = 0;
    qint64 m_handshakeNs = 0;
    std::shared_ptr<const TlsHandshake> m_tls;
    qint64 m_unwritten = 0;
    quint32 m_sequence = 0;
    bool m_secure = false;
    bool m_connected = false;
    bool m_busy = false;
    bool m_usable = true;
    bool m_keepAlive = true;
    bool m_headArrived = false;
    bool m_certificateRefused = false;
};

} // namespace rt
