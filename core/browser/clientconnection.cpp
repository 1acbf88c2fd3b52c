// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/clientconnection.h"

#include "base/clock.h"
#include "http/messagewriter.h"

#include <QSslConfiguration>
#include <QSslSocket>

namespace rt {

namespace {

/// Enough for a first byte of content.
constexpr qint64 contentWatched = 64 * 1024;

} // namespace

ClientConnection::ClientConnection(Transport &transport, QByteArray poolKey)
    : QObject(&transport), m_transport(transport), m_poolKey(std::move(poolKey)),
      m_parser(std::make_unique<ResponseParser>())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] { fail(NetFailure::Timeout); });
}

ClientConnection::~ClientConnection()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void ClientConnection::open(const Url &url, const Endpoint &endpoint)
{
    m_authority = url.authority();
    m_secure = url.scheme == "https" || url.scheme == "wss";
    m_socket = m_secure ? std::make_unique<QSslSocket>() : std::make_unique<QTcpSocket>();
    setupSocket();
    m_openedNs = m_transport.clock().monotonicNs();
    if (m_secure) {
        auto *ssl = qobject_cast<QSslSocket *>(m_socket.get());
        QSslConfiguration configuration = ssl->sslConfiguration();
        configuration.setCaCertificates(m_transport.trust().authorities);
        configuration.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
        if (m_transport.trust().acceptAny)
            configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
        ssl->setSslConfiguration(configuration);
        ssl->setPeerVerifyName(QString::fromLatin1(url.host));
        ssl->connectToHostEncrypted(endpoint.address.toString(), endpoint.port,
                                    QString::fromLatin1(url.host));
        return;
    }
    m_socket->connectToHost(endpoint.address, endpoint.port);
}

void ClientConnection::setupSocket()
{
    QTcpSocket *socket = m_socket.get();
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (auto *ssl = qobject_cast<QSslSocket *>(socket)) {
        connect(ssl, &QSslSocket::connected, this,
                [this] { m_handshakeNs = m_transport.clock().monotonicNs(); });
        connect(ssl, &QSslSocket::encrypted, this, &ClientConnection::connected);
        connect(ssl, &QSslSocket::sslErrors, this, [this] { m_certificateRefused = true; });
    } else {
        connect(socket, &QTcpSocket::connected, this, &ClientConnection::connected);
    }
    connect(socket, &QTcpSocket::readyRead, this, &ClientConnection::read);
    connect(socket, &QTcpSocket::bytesWritten, this, &ClientConnection::bytesWritten);
    connect(socket, &QTcpSocket::disconnected, this, &ClientConnection::disconnected);
    connect(socket, &QTcpSocket::errorOccurred, this, &ClientConnection::socketFailed);
}

void ClientConnection::start(const TransportRequest &request)
{
    m_request = request;
    m_outcome = Outcome();
    m_outcome.reused = m_sequence > 0;
    m_busy = true;
    m_headArrived = false;
    if (m_transport.timeout().count() > 0)
        m_timer.start(m_transport.timeout());
    if (m_connected)
        write();
}

void ClientConnection::connected()
{
    m_connected = true;
    const qint64 now = m_transport.clock().monotonicNs();
    m_connectNs = now - m_openedNs;
    if (const auto *ssl = qobject_cast<QSslSocket *>(m_socket.get());
        ssl && m_transport.observer()) {
        TlsHandshake handshake = describeHandshake(*ssl);
        handshake.startedNs = m_handshakeNs;
        handshake.finishedNs = now;
        m_tls = std::make_shared<const TlsHandshake>(std::move(handshake));
    }
    if (m_transport.observer())
        m_transport.observer()->clientConnected(m_socket->localPort(), m_socket->peerPort());
    if (m_busy)
        write();
}

void ClientConnection::write()
{
    ClientReport &report = m_outcome.report;
    report.key = {m_socket->localPort(), m_socket->peerPort(), m_sequence++};
    report.call = m_request.call;
    report.kind = m_request.kind;
    report.targetOrigin = m_request.url.origin();
    report.end.startedNs = m_transport.clock().monotonicNs();
    report.end.connectNs = std::exchange(m_connectNs, 0);
    report.end.tls = m_tls;
    report.end.request = m_request.head;
    report.end.requestBody = m_request.body;
    report.end.requestBytes = m_request.rawBytes
        ? *m_request.rawBytes
        : writeRequestHead(m_request.head) + m_request.body;
    m_outcome.response.key = report.key;
    if (m_transport.observer())
        m_transport.observer()->clientStarted(report.key, m_request.head);
    m_parser->expect(m_request.head.method);
    m_unwritten = report.end.requestBytes.size();
    m_socket->write(report.end.requestBytes);
}

void ClientConnection::bytesWritten()
{
    if (m_busy && m_socket->bytesToWrite() == 0 && m_outcome.report.end.requestSentNs == 0)
        m_outcome.report.end.requestSentNs = m_transport.clock().monotonicNs();
}

void ClientConnection::read()
{
    const QByteArray bytes = m_socket->readAll();
    if (!m_busy || !m_connected) {
        m_usable = false; // bytes nobody asked for: this connection is out of step
        return;
    }
    EndReport &end = m_outcome.report.end;
    if (!m_outcome.answered)
        end.firstByteNs = m_transport.clock().monotonicNs();
    m_outcome.answered = true;
    end.responseBytes += bytes;
    handleAll(m_parser->feed(bytes));
}

void ClientConnection::handleAll(const std::vector<ResponseEvent> &events)
{
    for (const ResponseEvent &event : events) {
        if (!m_busy)
            return;
        std::visit([this](const auto &e) { handle(e); }, event);
    }
}

void ClientConnection::handle(const ResponseHeadEvent &event)
{
    if (event.interim)
        return;
    m_headArrived = true;
    m_keepAlive = event.keepAlive;
    m_outcome.report.end.response = event.head;
    m_outcome.response.head = event.head;
    watchContent(event.head.headers);
    if (!event.upgrade)
        return;
    m_usable = false;
    m_outcome.response.rest = m_parser->takeRest();
    m_socket->disconnect(this);
    m_outcome.response.socket = std::move(m_socket);
    end();
}

/// Other codings, and several at once, are taken as they come.
void ClientConnection::watchContent(const HeaderList &headers)
{
    const auto coding = codingNamed(headers.first("Content-Encoding").value_or("identity"));
    m_decoder = coding && *coding != ContentCoding::Identity ? makeDecoder(*coding, contentWatched)
                                                             : nullptr;
}

bool ClientConnection::hasContent(const QByteArray &data)
{
    if (!m_decoder)
        return !data.isEmpty();
    QByteArray content;
    m_decoder->write(data, content);
    return !content.isEmpty();
}

void ClientConnection::handle(const BodyEvent &event)
{
    m_outcome.response.body += event.data;
    EndReport &end = m_outcome.report.end;
    if (end.firstContentNs == 0 && hasContent(event.data))
        end.firstContentNs = m_transport.clock().monotonicNs();
    if (event.startsChunk)
        ++m_outcome.report.end.responseChunks;
}

void ClientConnection::handle(const MessageEndEvent &)
{
    m_usable = m_usable && m_keepAlive;
    end();
}

void ClientConnection::handle(const ResponseFaultEvent &event)
{
    const QByteArray name = netError(event.fault);
    if (m_headArrived)
        failBody(name);
    else
        fail(event.fault == ResponseReadFault::EmptyResponse ? NetFailure::EmptyResponse
                                                             : NetFailure::BadResponse,
             name);
}

void ClientConnection::disconnected()
{
    m_usable = false;
    if (!m_busy) {
        emit closedWhileIdle();
        return;
    }
    if (!m_connected) {
        fail(NetFailure::Closed);
        return;
    }
    if (!m_outcome.answered) {
        fail(NetFailure::EmptyResponse);
        return;
    }
    handleAll(m_parser->finish());
    if (m_busy)
        fail(NetFailure::EmptyResponse);
}

void ClientConnection::socketFailed(QAbstractSocket::SocketError error)
{
    m_usable = false;
    if (!m_busy || error == QAbstractSocket::RemoteHostClosedError)
        return; // disconnected() follows, or has come
    if (m_certificateRefused)
        fail(NetFailure::CertificateInvalid);
    else if (error == QAbstractSocket::ConnectionRefusedError)
        fail(NetFailure::Refused);
    else if (error == QAbstractSocket::SslHandshakeFailedError)
        fail(NetFailure::TlsFailed);
    else if (m_headArrived)
        failBody(netError(NetFailure::Reset));
    else
        fail(NetFailure::Reset);
}

void ClientConnection::fail(NetFailure failure, const QByteArray &netErrorName)
{
    TransportResponse &response = m_outcome.response;
    response.failure = failure;
    response.netError = netErrorName.isEmpty() ? netError(failure) : netErrorName;
    response.sentence = failureSentence(failure, m_authority);
    m_outcome.report.end.aborted = true;
    m_usable = false;
    end();
}

void ClientConnection::failBody(const QByteArray &netErrorName)
{
    m_outcome.response.bodyError = netErrorName;
    m_outcome.report.end.aborted = true;
    m_usable = false;
    end();
}

void ClientConnection::abort()
{
    m_outcome.report.end.aborted = true;
    m_usable = false;
    m_busy = false;
    m_socket->disconnect(this);
    m_socket->abort();
}

void ClientConnection::end()
{
    m_timer.stop();
    m_busy = false;
    EndReport &report = m_outcome.report.end;
    report.finishedNs = m_transport.clock().monotonicNs();
    report.responseBody = m_outcome.response.body;
    emit exchangeEnded();
}

} // namespace rt
