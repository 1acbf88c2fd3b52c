// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/proxytunnel.h"

#include "base/clock.h"
#include "http/messagewriter.h"

namespace rt {

namespace {

/// Bytes that may wait for a side that reads slowly.
constexpr qint64 bufferLimit = 65536;

} // namespace

ProxyTunnel::ProxyTunnel(UpgradeRequest request, ProxyExchange::Setup setup, QObject *parent)
    : QObject(parent), m_request(std::move(request)), m_setup(std::move(setup)),
      m_upstream(new UpstreamConnection(m_setup.context, this)),
      m_client(m_request.transport->takeSocket())
{
    connect(m_upstream, &UpstreamConnection::headArrived, this, &ProxyTunnel::receiveHead);
    connect(m_upstream, &UpstreamConnection::bodyArrived, this,
            [this](const QByteArray &data) { m_body += data; });
    connect(m_upstream, &UpstreamConnection::ended, this, &ProxyTunnel::receiveEnd);
    connect(m_upstream, &UpstreamConnection::failed, this, &ProxyTunnel::refuse);
    connect(m_upstream, &UpstreamConnection::upgraded, this, &ProxyTunnel::join);
    connect(m_client.get(), &QTcpSocket::disconnected, this, &ProxyTunnel::closeBoth);
}

void ProxyTunnel::start()
{
    m_upstream->start(m_setup.upstream,
                      forwardedRequest(m_request.head, m_request.peer, m_setup.settings, true),
                      m_request.report ? std::optional(m_request.report->key) : std::nullopt);
}

void ProxyTunnel::join(const ResponseHeadEvent &event)
{
    m_server = m_upstream->takeSocket();
    ResponseHead head = event.head;
    head.headers.append("Via", "1.1 roundtrip");
    const QByteArray bytes = writeResponseHead(head);
    m_client->write(bytes + m_upstream->takeRest());
    m_server->write(m_request.rest);
    settle(head, bytes);
    QTcpSocket &client = *m_client;
    QTcpSocket &server = *m_server;
    for (QTcpSocket *socket : {&client, &server})
        socket->setReadBufferSize(bufferLimit);
    connect(&server, &QTcpSocket::disconnected, this, &ProxyTunnel::closeBoth);
    passOn(client, server);
    passOn(server, client);
}

void ProxyTunnel::passOn(QTcpSocket &from, QTcpSocket &to)
{
    connect(&from, &QTcpSocket::readyRead, this, [&from, &to] { pass(from, to); });
    connect(&to, &QTcpSocket::bytesWritten, this, [&from, &to] { pass(from, to); });
    pass(from, to);
}

void ProxyTunnel::pass(QTcpSocket &from, QTcpSocket &to)
{
    if (to.state() == QAbstractSocket::ConnectedState && to.bytesToWrite() < bufferLimit
        && from.bytesAvailable() > 0)
        to.write(from.readAll());
}

void ProxyTunnel::receiveHead(const ResponseHeadEvent &event)
{
    m_head = event.head;
    m_head.headers = forwardedResponse(event.head, m_request.head, m_setup.settings);
}

void ProxyTunnel::receiveEnd()
{
    answer(m_head, m_body);
}

void ProxyTunnel::refuse(ProxyFault fault)
{
    m_decisions.push_back(describe(fault, m_setup.settings));
    const int status = statusOf(fault);
    const ResponseHead head {
        status,
        reasonPhrase(status),
        {1, 1},
        {{"Content-Type", "text/plain; charset=utf-8"}, {"Via", "1.1 roundtrip"}}};
    answer(head, QByteArray::number(status) + ' ' + reasonPhrase(status) + '\n');
}

/// No protocol was switched: an ordinary answer, and the end of the connection.
void ProxyTunnel::answer(const ResponseHead &head, const QByteArray &body)
{
    ResponseHead last = head;
    last.headers.set("Content-Length", QByteArray::number(body.size()));
    last.headers.set("Connection", "close");
    const QByteArray bytes = writeResponseHead(last) + body;
    if (m_request.report)
        m_request.report->end.responseBody = body;
    m_client->write(bytes);
    settle(last, bytes);
    m_client->disconnectFromHost();
}

void ProxyTunnel::settle(const ResponseHead &head, const QByteArray &bytes)
{
    if (!m_request.report || !m_request.observer)
        return;
    ServerReport report = std::move(*m_request.report);
    m_request.report.reset();
    report.endedBy = "proxy";
    report.settings = m_setup.recordedSettings;
    report.end.response = head;
    report.end.responseBytes = bytes;
    report.end.firstByteNs = report.end.finishedNs = m_setup.context.clock.monotonicNs();
    report.end.requestSentNs = report.end.startedNs;
    report.end.aborted = head.status == 0;
    report.decisions.insert(report.decisions.end(), m_decisions.begin(), m_decisions.end());
    m_request.observer->serverFinished(std::move(report));
}

void ProxyTunnel::closeBoth()
{
    settle({}, {}); // when nothing was answered yet
    m_upstream->abort();
    if (m_server) {
        m_client->disconnect(this);
        m_server->disconnect(this);
        pass(*m_server, *m_client);
        pass(*m_client, *m_server);
    }
    release(std::move(m_client));
    release(std::move(m_server));
    deleteLater();
}

/// Closes after what is written. This may run in one of the socket's signals.
void ProxyTunnel::release(std::unique_ptr<QTcpSocket> socket)
{
    if (!socket)
        return;
    QTcpSocket *leaving = socket.release();
    leaving->disconnect(this);
    leaving->setParent(parent());
    if (leaving->state() == QAbstractSocket::UnconnectedState) {
        leaving->deleteLater();
        return;
    }
    connect(leaving, &QTcpSocket::disconnected, leaving, &QObject::deleteLater);
    leaving->disconnectFromHost();
}

} // namespace rt
