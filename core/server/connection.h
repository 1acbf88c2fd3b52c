// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/requestparser.h"
#include "server/httpserver.h"
#include "server/peertransport.h"
#include "server/serverresponse.h"

#include <QObject>

#include <deque>
#include <memory>

namespace rt {

/// One client of an HttpServer: reads requests, answers them in order, keeps Node's rules for
/// keep-alive, pipelining, faults and time-outs.
class Connection final : public QObject, public ResponseSink, private PeerTransport::Listener
{
    Q_OBJECT

public:
    Connection(std::unique_ptr<PeerTransport> transport, HttpServer &server);
    ~Connection() override;

    /// Closes what has run into a limit.
    void checkTimeouts(qint64 nowNs, const ServerTimeouts &timeouts);
    /// Closes an idle connection now, another one after its running exchange.
    void closeWhenIdle();
    /// Drops the connection and everything that runs on it.
    void destroy();

private:
    // ResponseSink
    void write(ServerResponse &response, const QByteArray &bytes) override;
    qint64 bytesWaiting() const override;
    void responseEnded(ServerResponse &response) override;
    void destroyConnection() override { destroy(); }
    QByteArray date() override;

    // PeerTransport::Listener
    void received(QByteArrayView bytes) override;
    void ended() override;
    void written() override { flush(); }
    void secured() override;
    void closed() override { destroy(); }

    void process(const std::vector<RequestEvent> &events);
    void runTick();
    void handle(const RequestHeadEvent &event);
    void handle(const BodyEvent &event);
    void handle(const MessageEndEvent &event);
    void handle(const RequestFaultEvent &event);
    void upgrade(const RequestHeadEvent &event);
    void begin(const RequestHeadEvent &event);
    void offer(ServerResponse &response);
    bool answerExpectation(ServerResponse &response);
    void refuse(RequestFault fault, const QByteArray &raw);
    void reportFault(RequestFault fault, const QByteArray &raw, bool answered);

    void flush();
    void scheduleFlush();
    void sendOutput();
    bool completeFront();
    void settle(const std::shared_ptr<ServerResponse> &response);
    void closeAfterOutput();
    void finishTeardown();
    void updateFlow();

    std::unique_ptr<ServerResponse::Capture> makeCapture(const RequestHead &head);
    ExchangeKey key() const;

    HttpServer &m_server;
    std::unique_ptr<PeerTransport> m_transport;
    IncomingMessage::Peer m_peer;
    RequestParser m_parser;
    std::shared_ptr<const TlsHandshake> m_tls;
    /// Not finished yet, in order of arrival; the first has the turn.
    std::deque<std::shared_ptr<ServerResponse>> m_queue;
    /// Whose body is coming in.
    std::shared_ptr<ServerResponse> m_reading;
    QByteArray m_output;
    /// So many bytes of m_output Node would have handed to the network before the next tick.
    qsizetype m_uncorked = 0;
    qint64 m_messageStartedNs = 0;
    qint64 m_idleSinceNs = 0;
    quint32 m_sequence = 0;
    bool m_inBatch = false;
    bool m_flushScheduled = false;
    bool m_paused = false;
    bool m_closing = false;
    bool m_gone = false;
    bool m_stopWhenIdle = false;
};

} // namespace rt
