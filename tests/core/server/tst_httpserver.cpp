// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "core/server/rawclient.h"
#include "core/server/wirewatcher.h"
#include "server/httpserver.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <deque>

using namespace rt;
using namespace std::chrono_literals;

namespace {

const QByteArray request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
} // namespace

/// Real sockets on a port the system chooses. Expected bytes are those of Node 20.20.
class HttpServerTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void keepsTheConnection();
    void answersPipelinedRequestsInOrder();
    void keepsAnswersOfPipelinedRequestsWhoseTurnHasNotCome();
    void readsARequestInSinglePieces();
    void sendsContinueBeforeTheHandlerRuns();
    void answersUnknownExpectation();
    void answersHttp11WithoutHost();
    void answersOldClientsAndCloses();
    void answersMalformedRequests_data();
    void answersMalformedRequests();
    void staysSilentWhenAnAnswerHasBegun();
    void refusesGarbageBehindAPendingAnswer();
    void drainsBodiesNobodyReads();
    void givesBodiesInPieces();
    void stopsReadingWhileTheHandlerDoes();
    void asksTheHandlerToWaitForASlowClient();
    void sendsEverythingToAHalfClosedClient();
    void closesAHalfClosedConnectionWithoutAnswer();
    void refusesAHalfClosedRequestThatIsNotWhole();
    void tellsTheHandlerOfAnAbort();
    void closesIdleConnections();
    void timesOutSlowHeads();
    void timesOutSlowBodies();
    void timesOutSilentConnections();
    void finishesRunningExchangesBeforeStopping();
    void dropsAllConnectionsOnDemand();
    void offersRequestsToListenersInOrder();
    void handsUpgradesOutWithTheRest();
    void servesUpgradeRequestsWhenNobodyListensForThem();
    void dropsConnect();
    void refusesForeignHosts();
    void namesATakenPort();
    void reportsBothDirections();
    void reportsWhyARequestWasRefused();
    void reportsAbortedExchanges();
    void copiesNothingWithoutObserver();

private:
    void listen();

    LabClock m_clock;
    std::unique_ptr<HttpServer> m_server;
    quint16 m_port = 0;
    /// Responses of "/hold" that wait for the test.
    std::deque<std::shared_ptr<ServerResponse>> m_held;
};

void HttpServerTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_server = std::make_unique<HttpServer>(m_clock);
    m_server->addRequestListener([this](IncomingMessage &incoming, ServerResponse &response) {
        if (incoming.target() == "/hold")
            m_held.push_back(response.shared_from_this());
        else
            response.end("ok" + incoming.target());
        return true;
    });
    listen();
}

void HttpServerTest::cleanup()
{
    m_held.clear();
    m_server.reset();
}

void HttpServerTest::listen()
{
    const auto port = m_server->listen(0);
    QVERIFY(port.has_value());
    m_port = *port;
}

void HttpServerTest::keepsTheConnection()
{
    RawClient client(m_port);
    client.send(requestFor("/a"));
    QVERIFY(client.waitFor("ok/a"));
    QCOMPARE(client.withoutDates(),
             QByteArray("HTTP/1.1 200 OK\r\nDate: D\r\nConnection: keep-alive\r\n"
                        "Keep-Alive: timeout=5\r\nContent-Length: 4\r\n\r\nok/a"));
    client.send(requestFor("/b"));
    QVERIFY(client.waitFor("ok/b"));
    QCOMPARE(m_server->connectionCount(), 1);
    client.send("GET /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    QVERIFY(client.waitForClose());
    QVERIFY(client.received.endsWith("ok/c"));
}

void HttpServerTest::answersPipelinedRequestsInOrder()
{
    RawClient client(m_port);
    client.send(requestFor("/1") + requestFor("/2") + requestFor("/3"));
    QVERIFY(client.waitFor("ok/3"));
    QVERIFY(client.received.indexOf("ok/1") < client.received.indexOf("ok/2"));
    QVERIFY(client.received.indexOf("ok/2") < client.received.indexOf("ok/3"));
}

void HttpServerTest::keepsAnswersOfPipelinedRequestsWhoseTurnHasNotCome()
{
    RawClient client(m_port);
    client.send(requestFor("/hold") + requestFor("/2"));
    QVERIFY(QTest::qWaitFor([&] { return m_held.size() == 1; }));
    QVERIFY(!client.received.contains("ok/2"));
    m_held.front()->end("first");
    QVERIFY(client.waitFor("ok/2"));
    QVERIFY(client.received.indexOf("first") < client.received.indexOf("ok/2"));
}

void HttpServerTest::readsARequestInSinglePieces()
{
    RawClient client(m_port);
    for (const char byte : requestFor("/slow")) {
        client.send(QByteArray(1, byte));
        QCoreApplication::processEvents();
    }
    QVERIFY(client.waitFor("ok/slow"));
}

void HttpServerTest::sendsContinueBeforeTheHandlerRuns()
{
    RawClient client(m_port);
    client.send("POST /hold HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                "Content-Length: 4\r\n\r\n");
    QVERIFY(client.waitFor("\r\n\r\n"));
    QCOMPARE(client.received, QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    QCOMPARE(m_held.size(), size_t(1));
    client.send("body");
    m_held.front()->end("done");
    QVERIFY(client.waitFor("done"));
    QVERIFY(client.received.contains("Connection: keep-alive"));
}

void HttpServerTest::answersUnknownExpectation()
{
    RawClient client(m_port);
    client.send("GET / HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n");
    QVERIFY(client.waitFor("0\r\n\r\n"));
    QCOMPARE(client.withoutDates(),
             QByteArray("HTTP/1.1 417 Expectation Failed\r\nDate: D\r\nConnection: keep-alive\r\n"
                        "Keep-Alive: timeout=5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
}

void HttpServerTest::answersHttp11WithoutHost()
{
    RawClient client(m_port);
    client.send("GET / HTTP/1.1\r\n\r\n");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.withoutDates(),
             QByteArray("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nDate: D\r\n"
                        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
}

void HttpServerTest::answersOldClientsAndCloses()
{
    RawClient client(m_port);
    client.send("GET / HTTP/1.0\r\n\r\n");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.withoutDates(),
             QByteArray("HTTP/1.1 200 OK\r\nDate: D\r\nConnection: close\r\n\r\nok/"));
}

void HttpServerTest::answersMalformedRequests_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray bad = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
    QTest::addRow("no method") << QByteArray("nonsense\r\n\r\n") << bad;
    const QByteArray both = "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    QTest::addRow("two framings") << "POST / HTTP/1.1\r\nHost: x\r\n" + both << bad;
    QTest::addRow("head too large")
        << QByteArray("GET / HTTP/1.1\r\nHost: x\r\nX: " + QByteArray(20000, 'a') + "\r\n\r\n")
        << QByteArray("HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n");
}

void HttpServerTest::answersMalformedRequests()
{
    QFETCH(QByteArray, bytes);
    RawClient client(m_port);
    client.send(bytes);
    QVERIFY(client.waitForClose());
    QTEST(client.received, "expected");
    QTRY_COMPARE(m_server->connectionCount(), 0);
}

void HttpServerTest::staysSilentWhenAnAnswerHasBegun()
{
    RawClient client(m_port);
    client.send(requestFor("/first") + "GARBAGE\r\n\r\n");
    QVERIFY(client.waitForClose());
    QVERIFY(client.received.endsWith("ok/first"));
}

void HttpServerTest::refusesGarbageBehindAPendingAnswer()
{
    RawClient client(m_port);
    client.send(requestFor("/hold") + "GARBAGE\r\n\r\n");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.received, QByteArray("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
    QTRY_VERIFY(m_held.front()->aborted());
}

void HttpServerTest::drainsBodiesNobodyReads()
{
    RawClient client(m_port);
    client.send("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n");
    client.send(QByteArray(300000, 'x') + requestFor("/b"));
    QVERIFY(client.waitFor("ok/b"));
}

void HttpServerTest::givesBodiesInPieces()
{
    QByteArray body;
    bool ended = false;
    RawClient client(m_port);
    client.send("POST /hold HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
    QVERIFY(QTest::qWaitFor([&] { return !m_held.empty(); }));
    IncomingMessage &incoming = m_held.front()->request();
    incoming.onData([&](const QByteArray &data) { body += data; });
    incoming.onEnd([&] { ended = true; });
    QCOMPARE(body, QByteArray());
    incoming.resume();
    QTRY_COMPARE(body, QByteArray("abc"));
    client.send("2\r\nde\r\n0\r\n\r\n");
    QTRY_VERIFY(ended);
    QCOMPARE(body, QByteArray("abcde"));
    m_held.front()->end("done");
    QVERIFY(client.waitFor("done"));
}

void HttpServerTest::stopsReadingWhileTheHandlerDoes()
{
    RawClient client(m_port);
    const qint64 size = 40 << 20;
    client.send("POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(size)
                + "\r\n\r\n");
    client.send(QByteArray(size, 'x'));
    QVERIFY(QTest::qWaitFor([&] { return !m_held.empty(); }));
    IncomingMessage &incoming = m_held.front()->request();
    QVERIFY(QTest::qWaitFor([&] { return incoming.buffered() > 65536; }));
    // What no longer fits into the system's buffers stays with the client.
    qint64 waiting = -1;
    QVERIFY(QTest::qWaitFor(
        [&] { return waiting == std::exchange(waiting, client.socket.bytesToWrite()); }));
    QVERIFY(incoming.buffered() < 1 << 20);
    QVERIFY(client.socket.bytesToWrite() > 0);
    qint64 received = 0;
    incoming.onData([&](const QByteArray &data) { received += data.size(); });
    incoming.resume();
    QTRY_COMPARE(received, size);
    m_held.front()->end("done");
    QVERIFY(client.waitFor("done"));
}

void HttpServerTest::asksTheHandlerToWaitForASlowClient()
{
    RawClient client(m_port);
    client.reads = false;
    client.socket.setReadBufferSize(1024);
    client.send(requestFor("/hold"));
    QVERIFY(QTest::qWaitFor([&] { return !m_held.empty(); }));
    ServerResponse &response = *m_held.front();
    const QByteArray block(65536, 'x');
    int drains = 0;
    int blocks = 0;
    const auto fill = [&] {
        while (blocks < 400) {
            ++blocks;
            if (!response.write(block))
                return;
        }
        response.end();
    };
    response.onDrain([&] {
        ++drains;
        fill();
    });
    fill();
    QVERIFY(QTest::qWaitFor([&] { return drains > 2; }));
    // 26 MB fit into no socket buffer: the handler waits until the client reads.
    QVERIFY(blocks < 400);
    client.reads = true;
    client.socket.setReadBufferSize(0);
    client.received += client.socket.readAll();
    QVERIFY(QTest::qWaitFor([&] { return client.received.endsWith("0\r\n\r\n"); }, 20000));
    QVERIFY(client.received.size() > 400 * 65536);
}

void HttpServerTest::sendsEverythingToAHalfClosedClient()
{
    // More than socket buffers hold, so that output still waits when the end of input is seen.
    const QByteArray body(30 << 20, 'x');
    m_server = std::make_unique<HttpServer>(m_clock);
    m_server->addRequestListener([&](IncomingMessage &, ServerResponse &response) {
        response.end(body);
        return true;
    });
    listen();
    RawClient client(m_port);
    client.reads = false;
    client.socket.setReadBufferSize(1024);
    client.send(request);
    client.halfClose();
    QVERIFY(QTest::qWaitFor([&] { return client.socket.bytesAvailable() > 0; }));
    client.reads = true;
    client.socket.setReadBufferSize(0);
    client.received += client.socket.readAll();
    QVERIFY(QTest::qWaitFor([&] { return client.isClosed(); }, 20000));
    QCOMPARE(client.received.size() - client.received.indexOf("\r\n\r\n") - 4, body.size());
}

void HttpServerTest::closesAHalfClosedConnectionWithoutAnswer()
{
    RawClient client(m_port);
    client.send(requestFor("/hold"));
    client.halfClose();
    QVERIFY(client.waitForClose());
    QCOMPARE(client.received, QByteArray());
    QTRY_VERIFY(m_held.front()->aborted());
}

void HttpServerTest::refusesAHalfClosedRequestThatIsNotWhole()
{
    RawClient client(m_port);
    client.send("POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
    client.halfClose();
    QVERIFY(client.waitForClose());
    QCOMPARE(client.received, QByteArray("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
}

void HttpServerTest::tellsTheHandlerOfAnAbort()
{
    bool closed = false;
    bool aborted = false;
    auto client = std::make_unique<RawClient>(m_port);
    client->send("POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
    QVERIFY(QTest::qWaitFor([&] { return !m_held.empty(); }));
    m_held.front()->onClose([&] { closed = true; });
    m_held.front()->request().onAborted([&] { aborted = true; });
    client->socket.abort();
    QTRY_VERIFY(closed);
    QVERIFY(aborted);
    QVERIFY(m_held.front()->aborted());
    QCOMPARE(m_server->connectionCount(), 0);
}

void HttpServerTest::closesIdleConnections()
{
    m_server->setTimeouts({.keepAlive = 30ms, .keepAliveGrace = 30ms});
    RawClient client(m_port);
    client.send(requestFor("/a"));
    QVERIFY(client.waitFor("ok/a"));
    QVERIFY(client.waitForClose());
    QVERIFY(client.received.endsWith("ok/a"));
}

void HttpServerTest::timesOutSlowHeads()
{
    m_server->setTimeouts({.headers = 40ms});
    RawClient client(m_port);
    client.send("GET / HTTP/1.1\r\nHost: x\r\n");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.received,
             QByteArray("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n"));
}

void HttpServerTest::timesOutSlowBodies()
{
    m_server->setTimeouts({.headers = 30ms, .request = 60ms});
    RawClient client(m_port);
    client.send("POST /hold HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.received,
             QByteArray("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n"));
}

void HttpServerTest::timesOutSilentConnections()
{
    m_server->setTimeouts({.headers = 40ms});
    RawClient client(m_port);
    QVERIFY(QTest::qWaitFor([&] { return !client.received.isEmpty(); }));
    QVERIFY(client.waitForClose());
    QVERIFY(client.received.startsWith("HTTP/1.1 408 "));
}

void HttpServerTest::finishesRunningExchangesBeforeStopping()
{
    RawClient busy(m_port);
    RawClient idle(m_port);
    busy.send(requestFor("/hold"));
    idle.send(requestFor("/a"));
    QVERIFY(idle.waitFor("ok/a"));
    QVERIFY(QTest::qWaitFor([&] { return !m_held.empty(); }));
    QSignalSpy stopped(m_server.get(), &HttpServer::stopped);
    m_server->close();
    QVERIFY(!m_server->isListening());
    QVERIFY(idle.waitForClose());
    QCOMPARE(stopped.size(), 0);
    m_held.front()->end("last");
    QVERIFY(busy.waitForClose());
    QVERIFY(busy.received.contains("Connection: close\r\n"));
    QVERIFY(busy.received.endsWith("last"));
    QTRY_COMPARE(stopped.size(), 1);
}

void HttpServerTest::dropsAllConnectionsOnDemand()
{
    RawClient client(m_port);
    client.send(requestFor("/hold"));
    QVERIFY(QTest::qWaitFor([&] { return !m_held.empty(); }));
    m_server->closeAllConnections();
    QVERIFY(client.waitForClose());
    QCOMPARE(m_server->connectionCount(), 0);
    m_held.front()->end("nobody there");
}

void HttpServerTest::offersRequestsToListenersInOrder()
{
    m_server = std::make_unique<HttpServer>(m_clock);
    m_server->addRequestListener([](IncomingMessage &incoming, ServerResponse &response) {
        if (!incoming.target().startsWith("/engine"))
            return false;
        response.end("engine");
        return true;
    });
    m_server->addRequestListener([](IncomingMessage &, ServerResponse &response) {
        response.end("express");
        return true;
    });
    listen();
    RawClient client(m_port);
    client.send(requestFor("/engine") + requestFor("/other"));
    QVERIFY(client.waitFor("express"));
    QVERIFY(client.received.contains("engine"));
}

void HttpServerTest::handsUpgradesOutWithTheRest()
{
    QByteArray rest;
    std::unique_ptr<QTcpSocket> taken;
    m_server->addUpgradeListener([&](UpgradeRequest &upgrade) {
        rest = upgrade.rest;
        taken = upgrade.transport->takeSocket();
        taken->write("HTTP/1.1 101 Switching Protocols\r\n\r\nhello");
        return true;
    });
    RawClient client(m_port);
    client.send("GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nearly");
    QVERIFY(client.waitFor("hello"));
    QCOMPARE(rest, QByteArray("early"));
    QTRY_COMPARE(m_server->connectionCount(), 0);
    client.send("more");
    QTRY_COMPARE(taken->bytesAvailable(), 4);
}

void HttpServerTest::servesUpgradeRequestsWhenNobodyListensForThem()
{
    RawClient client(m_port);
    client.send("GET /plain HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: echo\r\nHost: x\r\n\r\n"
                + requestFor("/next"));
    QVERIFY(client.waitFor("ok/plain"));
    client.send(requestFor("/later"));
    QVERIFY(client.waitFor("ok/later"));
    QVERIFY(!client.received.contains("ok/next")); // Node 20 loses what came behind such a head
}

void HttpServerTest::dropsConnect()
{
    RawClient client(m_port);
    client.send("CONNECT a.test:443 HTTP/1.1\r\nHost: a.test\r\n\r\n");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.received, QByteArray());
}

void HttpServerTest::refusesForeignHosts()
{
    m_server->setHostCheck([](QByteArrayView host) { return host.startsWith("localhost"); });
    RawClient client(m_port);
    client.send("GET /a HTTP/1.1\r\nHost: localhost:8000\r\n\r\n"
                "GET /b HTTP/1.1\r\nHost: rebound.test\r\n\r\n");
    QVERIFY(client.waitForClose());
    QVERIFY(client.received.contains("ok/a"));
    QVERIFY(client.received.contains("HTTP/1.1 421 Misdirected Request\r\nConnection: close\r\n"));
    QVERIFY(!client.received.contains("ok/b"));
}

void HttpServerTest::namesATakenPort()
{
    HttpServer second(m_clock);
    const auto port = second.listen(m_port);
    QVERIFY(!port.has_value());
    QVERIFY(port.error().message.contains(QString::number(m_port)));
    QVERIFY(port.error().message.contains(QStringLiteral("in use")));
}

void HttpServerTest::reportsBothDirections()
{
    Watcher watcher;
    m_server->setObserver(&watcher);
    RawClient client(m_port);
    const QByteArray first = "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    client.send(first + requestFor("/b"));
    QTRY_COMPARE(watcher.reports.size(), size_t(2));
    const ServerReport &report = watcher.reports.front();
    QCOMPARE(report.key.clientPort, client.socket.localPort());
    QCOMPARE(report.key.serverPort, m_port);
    QCOMPARE(report.key.sequence, 0u);
    QCOMPARE(watcher.reports.back().key.sequence, 1u);
    QVERIFY(watcher.started.front() == report.key);
    QCOMPARE(report.end.requestBytes, first);
    QCOMPARE(report.end.requestBody, QByteArray("abcde"));
    QCOMPARE(report.end.responseBody, QByteArray("ok/a"));
    QCOMPARE(report.end.response.status, 200);
    QCOMPARE(report.end.responseBytes + watcher.reports.back().end.responseBytes, client.received);
    QVERIFY(report.end.startedNs > 0);
    QVERIFY(report.end.requestSentNs >= report.end.startedNs);
    QVERIFY(report.end.firstByteNs >= report.end.startedNs);
    QVERIFY(report.end.finishedNs >= report.end.firstByteNs);
    QVERIFY(!report.end.aborted);
    m_server->setObserver(nullptr);
}

void HttpServerTest::reportsWhyARequestWasRefused()
{
    Watcher watcher;
    m_server->setObserver(&watcher);
    RawClient client(m_port);
    client.send("GET / HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n");
    QTRY_COMPARE(watcher.reports.size(), size_t(1));
    const ServerReport &report = watcher.reports.front();
    QCOMPARE(report.decisions.size(), size_t(1));
    QVERIFY(report.decisions.front().id.startsWith("http."));
    QCOMPARE(report.end.response.status, 400);
    QVERIFY(report.end.requestBytes.startsWith("GET / HTTP/1.1\r\n"));
    QVERIFY(client.waitForClose());
    QCOMPARE(report.end.responseBytes, client.received);
    m_server->setObserver(nullptr);
}

void HttpServerTest::reportsAbortedExchanges()
{
    Watcher watcher;
    m_server->setObserver(&watcher);
    RawClient client(m_port);
    client.send(requestFor("/hold"));
    QVERIFY(QTest::qWaitFor([&] { return !m_held.empty(); }));
    m_held.front()->write("begun");
    QVERIFY(client.waitFor("begun"));
    client.socket.abort();
    QTRY_COMPARE(watcher.reports.size(), size_t(1));
    QVERIFY(watcher.reports.front().end.aborted);
    QCOMPARE(watcher.reports.front().end.responseBody, QByteArray("begun"));
    m_server->setObserver(nullptr);
}

void HttpServerTest::copiesNothingWithoutObserver()
{
    RawClient client(m_port);
    client.send(requestFor("/hold"));
    QVERIFY(QTest::qWaitFor([&] { return !m_held.empty(); }));
    QVERIFY(!m_held.front()->observed());
    m_held.front()->end("x");
    QVERIFY(client.waitFor("\r\n\r\nx"));
}

QTEST_GUILESS_MAIN(HttpServerTest)
#include "tst_httpserver.moc"
