// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/upstreamconnection.h"

#include "base/clock.h"
#include "http/messagewriter.h"

#include <QHostAddress>
#include <QSslConfiguration>
#include <QSslSocket>

namespace rt {

namespace {

/// Bytes that may wait in either direction.
constexpr qint64 bufferLimit = 65536;

} // namespace

UpstreamConnection::UpstreamConnection(const Context &context, QObject *parent)
    : QObject(parent), m_context(context)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(m_context.readTimeout);
    connect(&m_timer, &QTimer::timeout, this, [this] { fail(ProxyFault::ReadTimeout); });
}

UpstreamConnection::~UpstreamConnection()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void UpstreamConnection::start(const Upstream &upstream, const RequestHead &head,
                               const std::optional<ExchangeKey> &forwarded)
{
    m_head = head;
    m_report.kind = "actual";
    m_report.forwarded = forwarded;
    m_report.end.request = head;
    m_openedNs = m_context.clock.monotonicNs();
    setupSocket(upstream.trust);
    if (auto *ssl = qobject_cast<QSslSocket *>(m_socket.get()))
        ssl->connectToHostEncrypted(QStringLiteral("127.0.0.1"), upstream.port);
    else
        m_socket->connectToHost(QHostAddress(QHostAddress::LocalHost), upstream.port);
    restartTimer();
}

void UpstreamConnection::setupSocket(const std::optional<TlsTrust> &trust)
{
    m_socket = trust ? std::make_unique<QSslSocket>() : std::make_unique<QTcpSocket>();
    QTcpSocket *socket = m_socket.get();
    socket->setReadBufferSize(bufferLimit);
    if (auto *ssl = qobject_cast<QSslSocket *>(socket)) {
        QSslConfiguration configuration = ssl->sslConfiguration();
        configuration.setCaCertificates(trust->authorities);
        configuration.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
        ssl->setSslConfiguration(configuration);
        connect(ssl, &QSslSocket::connected, this,
                [this] { m_handshakeNs = m_context.clock.monotonicNs(); });
        connect(ssl, &QSslSocket::encrypted, this, &UpstreamConnection::connected);
    } else {
        connect(socket, &QTcpSocket::connected, this, &UpstreamConnection::connected);
    }
    connect(socket, &QTcpSocket::readyRead, this, &UpstreamConnection::read);
    connect(socket, &QTcpSocket::bytesWritten, this, &UpstreamConnection::send);
    connect(socket, &QTcpSocket::disconnected, this, &UpstreamConnection::disconnected);
    connect(socket, &QTcpSocket::errorOccurred, this, &UpstreamConnection::socketFailed);
}

void UpstreamConnection::connected()
{
    m_connected = true;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    EndReport &end = m_report.end;
    end.startedNs = m_context.clock.monotonicNs();
    end.connectNs = end.startedNs - m_openedNs;
    m_report.key = {m_socket->localPort(), m_socket->peerPort(), 0};
    if (m_context.observer) {
        if (const auto *ssl = qobject_cast<QSslSocket *>(m_socket.get())) {
            TlsHandshake handshake = describeHandshake(*ssl);
            handshake.startedNs = m_handshakeNs;
            handshake.finishedNs = end.startedNs;
            end.tls = std::make_shared<const TlsHandshake>(std::move(handshake));
        }
        m_context.observer->clientConnected(m_report.key.clientPort, m_report.key.serverPort);
        m_context.observer->clientStarted(m_report.key, m_head);
    }
    m_parser.expect(m_head.method);
    const QByteArray head = writeRequestHead(m_head);
    if (m_context.observer)
        end.requestBytes.prepend(head);
    m_unsent.prepend(head);
    send();
}

void UpstreamConnection::write(const QByteArray &bytes, const QByteArray &data)
{
    if (m_done)
        return;
    if (m_context.observer) {
        m_report.end.requestBytes += bytes;
        m_report.end.requestBody += data;
    }
    m_unsent += bytes;
    if (m_connected)
        send();
}

bool UpstreamConnection::wantsMore() const
{
    return m_unsent.size() + (m_socket ? m_socket->bytesToWrite() : 0) < bufferLimit;
}

void UpstreamConnection::send()
{
    if (m_done || !m_connected)
        return;
    if (!m_unsent.isEmpty()) {
        m_socket->write(std::exchange(m_unsent, {}));
        restartTimer();
        return;
    }
    if (m_socket->bytesToWrite() == 0)
        m_report.end.requestSentNs = m_context.clock.monotonicNs();
    if (wantsMore())
        emit drained();
}

void UpstreamConnection::setReading(bool reading)
{
    const bool before = std::exchange(m_reading, reading);
    if (!reading)
        m_timer.stop(); // it is the client who keeps us waiting
    if (before || !reading || m_done)
        return;
    restartTimer();
    QMetaObject::invokeMethod(this, &UpstreamConnection::read, Qt::QueuedConnection);
}

void UpstreamConnection::read()
{
    while (!m_done && m_reading && m_socket->bytesAvailable() > 0) {
        const QByteArray bytes = m_socket->readAll();
        EndReport &end = m_report.end;
        if (end.firstByteNs == 0)
            end.firstByteNs = m_context.clock.monotonicNs();
        if (m_context.observer)
            end.responseBytes += bytes;
        restartTimer();
        handleAll(m_parser.feed(bytes));
    }
    if (!m_done && m_reading && m_socket->state() == QAbstractSocket::UnconnectedState)
        disconnected();
}

void UpstreamConnection::handleAll(const std::vector<ResponseEvent> &events)
{
    for (const ResponseEvent &event : events) {
        if (m_done)
            return;
        std::visit([this](const auto &e) { handle(e); }, event);
    }
}

void UpstreamConnection::handle(const ResponseHeadEvent &event)
{
    if (event.interim)
        return;
    m_headArrived = true;
    m_report.end.response = event.head;
    if (!event.upgrade) {
        emit headArrived(event);
        return;
    }
    m_socket->disconnect(this);
    m_socket->setReadBufferSize(0);
    finish(false);
    emit upgraded(event);
}

void UpstreamConnection::handle(const BodyEvent &event)
{
    if (m_context.observer)
        m_report.end.responseBody += event.data;
    if (event.startsChunk)
        ++m_report.end.responseChunks;
    emit bodyArrived(event.data);
}

void UpstreamConnection::handle(const MessageEndEvent &)
{
    m_socket->disconnect(this);
    m_socket->disconnectFromHost();
    finish(false);
    emit ended();
}

void UpstreamConnection::handle(const ResponseFaultEvent &event)
{
    const bool brokeOff = event.fault == ResponseReadFault::EmptyResponse
        || event.fault == ResponseReadFault::HeadTruncated;
    fail(brokeOff || m_headArrived ? ProxyFault::UpstreamClosed : ProxyFault::BadResponse);
}

void UpstreamConnection::disconnected()
{
    // What is unread belongs to the answer; whoever paused us comes back for it.
    if (m_done || !m_connected || (!m_reading && m_socket->bytesAvailable() > 0))
        return;
    if (m_socket->bytesAvailable() > 0) {
        read();
        return;
    }
    handleAll(m_parser.finish());
    if (!m_done)
        fail(ProxyFault::UpstreamClosed);
}

void UpstreamConnection::socketFailed(QAbstractSocket::SocketError error)
{
    if (m_done || error == QAbstractSocket::RemoteHostClosedError)
        return; // disconnected() follows
    if (!m_connected)
        fail(error == QAbstractSocket::SslHandshakeFailedError ? ProxyFault::TlsFailed
                                                               : ProxyFault::UpstreamRefused);
    else
        fail(ProxyFault::UpstreamClosed);
}

void UpstreamConnection::fail(ProxyFault fault)
{
    if (m_done)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    finish(true);
    emit failed(fault);
}

void UpstreamConnection::abort()
{
    if (m_done)
        return;
    m_socket->disconnect(this);
    m_socket->abort();
    finish(true);
}

void UpstreamConnection::finish(bool aborted)
{
    m_done = true;
    m_timer.stop();
    m_report.end.finishedNs = m_context.clock.monotonicNs();
    m_report.end.aborted = aborted;
    if (m_context.observer && m_connected)
        m_context.observer->clientFinished(std::move(m_report));
}

void UpstreamConnection::restartTimer()
{
    if (m_context.readTimeout.count() > 0 && m_reading)
        m_timer.start();
}

} // namespace rt
