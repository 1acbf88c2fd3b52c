// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/reverseproxy.h"

#include "core/server/rawclient.h"
#include "core/server/wirewatcher.h"
#include "http/contentcoding.h"
#include "lab/labconfig.h"

#include <QRegularExpression>
#include <QTcpServer>
#include <QTest>

#include <deque>

using namespace rt;

namespace {

const QByteArray host = "Host: shop.test:8080\r\n";

QByteArray body(const QByteArray &answer)
{
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

QByteArray unchunked(QByteArray text)
{
    QByteArray whole;
    while (true) {
        const qsizetype end = text.indexOf("\r\n");
        const qsizetype size = end < 0 ? 0 : text.left(end).toLongLong(nullptr, 16);
        if (size == 0)
            return whole;
        whole += text.mid(end + 2, size);
        text = text.mid(end + 2 + size + 2);
    }
}

QByteArray decoded(const QByteArray &content)
{
    QByteArray out;
    const auto decoder = makeDecoder(ContentCoding::Gzip, 1 << 24);
    return decoder->write(content, out) == DecoderStatus::Corrupt ? QByteArray("corrupt") : out;
}

/// The reports of the second hop, and of the first.
class Hops final : public WireObserver
{
public:
    void clientConnected(quint16, quint16) override { }
    void clientStarted(const ExchangeKey &, const RequestHead &) override { }
    void clientFinished(ClientReport report) override { second.push_back(std::move(report)); }
    void serverStarted(const ExchangeKey &, const RequestHead &) override { }
    void serverFinished(ServerReport report) override { first.push_back(std::move(report)); }

    std::vector<ClientReport> second;
    std::vector<ServerReport> first;
};

} // namespace

/// A server of which the test decides every byte, and the real proxy before it.
class ReverseProxyTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void sendsTheRequestOnWithItsOrigin();
    void streamsRequestBodies_data();
    void streamsRequestBodies();
    void streamsAnswersAsTheyCome();
    void buffersWhenToldTo();
    void compressesOnce();
    void compressesAgainWhenNaive();
    void keepsStreamsMovingWhileCompressing();
    void addsASecondAllowOrigin();
    void answersForADeadServer_data();
    void answersForADeadServer();
    void answers504WhenTheServerIsSilent();
    void breaksOffWhenTheServerDoes();
    void keepsTheConnectionOfTheClient();
    void leavesHeadAndNotModifiedAlone();
    void stopsTheServerWhenTheClientLeaves();
    void holdsTheServerBackForASlowClient();
    void passesUpgradesOn();
    void dropsUpgradesWhenToldTo();
    void passesRefusedUpgradesBack();
    void answersUpgradesForADeadServer();
    void reportsBothHops();

private:
    void configure(const QByteArray &proxy);
    QTcpSocket *upstream();
    QByteArray asked(QTcpSocket *socket, const QByteArray &until = "\r\n\r\n");

    LabClock m_clock;
    std::unique_ptr<QTcpServer> m_upstream;
    quint16 m_upstreamPort = 0;
    std::unique_ptr<ReverseProxy> m_proxy;
    std::unique_ptr<HttpServer> m_server;
    Hops m_hops;
    quint16 m_port = 0;
};

void ReverseProxyTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_hops = {};
    m_upstream = std::make_unique<QTcpServer>();
    QVERIFY(m_upstream->listen(QHostAddress::LocalHost));
    m_upstreamPort = m_upstream->serverPort();
    m_proxy = std::make_unique<ReverseProxy>(m_clock, [this] {
        return Upstream {m_upstreamPort, std::nullopt};
    });
    m_proxy->setObserver(&m_hops);
    m_server = std::make_unique<HttpServer>(m_clock);
    m_server->setObserver(&m_hops);
    configure("{}");
    m_proxy->serve(*m_server);
    m_port = *m_server->listen(0);
}

void ReverseProxyTest::cleanup()
{
    m_server.reset();
    m_proxy.reset();
    m_upstream.reset();
}

void ReverseProxyTest::configure(const QByteArray &proxy)
{
    const auto config = LabConfig::fromJson("{\"proxy\": " + proxy + '}');
    QVERIFY(config.has_value());
    m_proxy->configure(*config);
}

/// The connection the proxy opens next.
QTcpSocket *ReverseProxyTest::upstream()
{
    if (!QTest::qWaitFor([this] { return m_upstream->hasPendingConnections(); }))
        return nullptr;
    return m_upstream->nextPendingConnection();
}

/// All that comes up to and with `until`.
QByteArray ReverseProxyTest::asked(QTcpSocket *socket, const QByteArray &until)
{
    QByteArray bytes;
    const bool whole = socket && QTest::qWaitFor([&] {
                           bytes += socket->readAll();
                           return bytes.contains(until);
                       });
    return whole ? bytes : "incomplete: " + bytes;
}

void ReverseProxyTest::sendsTheRequestOnWithItsOrigin()
{
    RawClient client(m_port);
    client.send("GET /me?a=1 HTTP/1.1\r\n" + host + "X-Forwarded-For: 9.9.9.9\r\n\r\n");
    QTcpSocket *server = upstream();
    QCOMPARE(asked(server),
             "GET /me?a=1 HTTP/1.1\r\n" + host
                 + "X-Forwarded-For: 9.9.9.9, 127.0.0.1\r\nX-Forwarded-Host: shop.test:8080\r\n"
                   "X-Forwarded-Proto: http\r\nVia: 1.1 roundtrip\r\nConnection: close\r\n\r\n");
    server->write("HTTP/1.1 201 Made\r\nDate: then\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
                  "Connection: close\r\nContent-Length: 2\r\n\r\nok");
    QVERIFY(client.waitFor("ok"));
    QCOMPARE(client.received,
             "HTTP/1.1 201 Made\r\nDate: then\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n"
             "Content-Length: 2\r\nVia: 1.1 roundtrip\r\nConnection: keep-alive\r\n"
             "Keep-Alive: timeout=5\r\n\r\nok");
}

void ReverseProxyTest::streamsRequestBodies_data()
{
    QTest::addColumn<QByteArray>("framing");
    QTest::addColumn<QByteArrayList>("pieces");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("with a length") << QByteArray("Content-Length: 6\r\n")
                                   << QByteArrayList {"abc", "def"} << QByteArray("abcdef");
    QTest::addRow("chunked") << QByteArray("Transfer-Encoding: chunked\r\n")
                             << QByteArrayList {"3\r\nabc\r\n", "3\r\ndef\r\n0\r\n\r\n"}
                             << QByteArray("3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n");
}

void ReverseProxyTest::streamsRequestBodies()
{
    QFETCH(QByteArray, framing);
    QFETCH(QByteArrayList, pieces);
    QFETCH(QByteArray, expected);
    RawClient client(m_port);
    client.send("POST /x HTTP/1.1\r\n" + host + framing + "\r\n" + pieces.at(0));
    QTcpSocket *server = upstream();
    const QByteArray head = asked(server, "abc");
    QVERIFY2(head.contains(framing), head.constData());
    client.send(pieces.at(1));
    const QByteArray rest = asked(server, expected.right(3));
    QCOMPARE(body(head) + rest, expected);
}

void ReverseProxyTest::streamsAnswersAsTheyCome()
{
    RawClient client(m_port);
    client.send(requestFor("/stream"));
    QTcpSocket *server = upstream();
    asked(server);
    server->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n");
    QVERIFY(client.waitFor("\r\n\r\n")); // the head alone
    server->write("4\r\nfirs\r\n");
    QVERIFY(client.waitFor("4\r\nfirs\r\n"));
    server->write("2\r\nt!\r\n0\r\n\r\n");
    QVERIFY(client.waitFor("2\r\nt!\r\n0\r\n\r\n"));
}

void ReverseProxyTest::buffersWhenToldTo()
{
    configure(R"({"buffering": true})");
    RawClient client(m_port);
    client.send(requestFor("/stream"));
    QTcpSocket *server = upstream();
    asked(server);
    server->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfirs\r\n");
    QVERIFY(QTest::qWaitFor([&] { return server->bytesToWrite() == 0; }));
    server->write("2\r\nt!\r\n0\r\n\r\n");
    QVERIFY(client.waitFor("first!"));
    QVERIFY(client.received.contains("Content-Length: 6\r\n"));
    QVERIFY(!client.received.contains("chunked"));
}

void ReverseProxyTest::compressesOnce()
{
    configure(R"({"gzip": "on"})");
    const QByteArray text(5000, 'x');
    RawClient client(m_port);
    client.send("GET / HTTP/1.1\r\n" + host + "Accept-Encoding: gzip\r\n\r\n");
    QTcpSocket *server = upstream();
    asked(server);
    server->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nETag: \"1\"\r\n"
                  "Content-Length: 5000\r\n\r\n"
                  + text);
    QVERIFY(client.waitFor("\r\n0\r\n\r\n"));
    QVERIFY(client.received.contains("Content-Encoding: gzip\r\n"));
    QVERIFY(client.received.contains("ETag: W/\"1\"\r\n"));
    QCOMPARE(decoded(unchunked(body(client.received))), text);
    QTRY_COMPARE(m_hops.first.size(), size_t(1));
    QCOMPARE(m_hops.first[0].decisions.at(0).id, "proxy.Compressed");
}

void ReverseProxyTest::compressesAgainWhenNaive()
{
    configure(R"({"gzip": "naive"})");
    const auto encoder = makeEncoder(ContentCoding::Gzip);
    QByteArray once = encoder->write("the catalogue");
    once += encoder->finish();
    RawClient client(m_port);
    client.send("GET / HTTP/1.1\r\n" + host + "Accept-Encoding: gzip\r\n\r\n");
    QTcpSocket *server = upstream();
    asked(server);
    server->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n"
                  "Content-Length: "
                  + QByteArray::number(once.size()) + "\r\n\r\n" + once);
    QVERIFY(client.waitFor("\r\n0\r\n\r\n"));
    QCOMPARE(client.received.count("Content-Encoding"), 1);
    const QByteArray inner = decoded(unchunked(body(client.received)));
    QCOMPARE(inner, once);
    QVERIFY(inner.startsWith("\x1f\x8b"));
    QCOMPARE(decoded(inner), "the catalogue");
    QTRY_COMPARE(m_hops.first.size(), size_t(1));
    QCOMPARE(m_hops.first[0].decisions.at(0).id, "proxy.CompressedAgain");
}

void ReverseProxyTest::keepsStreamsMovingWhileCompressing()
{
    configure(R"({"gzip": "on"})");
    RawClient client(m_port);
    client.send("GET / HTTP/1.1\r\n" + host + "Accept-Encoding: gzip\r\n\r\n");
    QTcpSocket *server = upstream();
    asked(server);
    server->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nfirst");
    QVERIFY(QTest::qWaitFor(
        [&] { return decoded(unchunked(body(client.received) + "0\r\n")) == "first"; }));
    server->close(); // ends the content
    QVERIFY(client.waitFor("\r\n0\r\n\r\n"));
}

void ReverseProxyTest::addsASecondAllowOrigin()
{
    configure(R"({"addCors": true})");
    RawClient client(m_port);
    client.send("GET / HTTP/1.1\r\n" + host + "Origin: http://app.shop.test:3000\r\n\r\n");
    QTcpSocket *server = upstream();
    asked(server);
    server->write("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: http://app.shop.test:3000\r\n"
                  "Content-Length: 2\r\n\r\nok");
    QVERIFY(client.waitFor("ok"));
    QCOMPARE(client.received.count("Access-Control-Allow-Origin: http://app.shop.test:3000\r\n"),
             2);
}

void ReverseProxyTest::answersForADeadServer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("listens");
    QTest::addColumn<QByteArray>("decision");
    QTest::addRow("nobody listens") << QByteArray() << false << QByteArray("proxy.UpstreamRefused");
    QTest::addRow("it closes") << QByteArray() << true << QByteArray("proxy.UpstreamClosed");
    QTest::addRow("it closes in the head")
        << QByteArray("HTTP/1.1 200 OK\r\nA: b") << true << QByteArray("proxy.UpstreamClosed");
    QTest::addRow("it speaks something else")
        << QByteArray("220 mail.test ESMTP ready\r\n") << true << QByteArray("proxy.BadResponse");
}

void ReverseProxyTest::answersForADeadServer()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, listens);
    if (!listens)
        m_upstream->close();
    RawClient client(m_port);
    client.send("POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc");
    if (listens) {
        QTcpSocket *server = upstream();
        asked(server);
        server->write(answer);
        server->disconnectFromHost();
    }
    QVERIFY(client.waitFor("502 Bad Gateway\n"));
    QVERIFY(client.received.startsWith("HTTP/1.1 502 Bad Gateway\r\n"));
    QTRY_COMPARE(m_hops.first.size(), size_t(1));
    QCOMPARE(m_hops.first[0].endedBy, "proxy");
    QTEST(m_hops.first[0].decisions.back().id, "decision");
}

void ReverseProxyTest::answers504WhenTheServerIsSilent()
{
    configure(R"({"readTimeout": 1})");
    RawClient client(m_port);
    client.send(requestFor("/slow"));
    QTcpSocket *server = upstream();
    asked(server);
    QVERIFY(client.waitFor("504 Gateway Timeout\n"));
    QVERIFY(client.received.startsWith("HTTP/1.1 504 Gateway Timeout\r\n"));
    QTRY_COMPARE(server->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(m_hops.first.size(), size_t(1));
    QCOMPARE(m_hops.first[0].decisions.back().id, "proxy.ReadTimeout");
}

void ReverseProxyTest::breaksOffWhenTheServerDoes()
{
    RawClient client(m_port);
    client.send(requestFor("/big"));
    QTcpSocket *server = upstream();
    asked(server);
    server->write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
    QVERIFY(client.waitFor("only this"));
    server->disconnectFromHost();
    QVERIFY(client.waitForClose());
    QVERIFY(client.received.endsWith("only this"));
}

void ReverseProxyTest::keepsTheConnectionOfTheClient()
{
    RawClient client(m_port);
    client.send(requestFor("/1") + requestFor("/2"));
    for (const QByteArray &answer : {QByteArray("first"), QByteArray("other")}) {
        QTcpSocket *server = upstream();
        asked(server);
        server->write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + answer);
    }
    QVERIFY(client.waitFor("HTTP/1.1 200 OK", 2));
    QTRY_COMPARE(client.received.count("Content-Length: 5"), 2);
    QVERIFY(!client.isClosed());
}

void ReverseProxyTest::leavesHeadAndNotModifiedAlone()
{
    configure(R"({"gzip": "on"})");
    RawClient client(m_port);
    client.send("HEAD / HTTP/1.1\r\n" + host + "Accept-Encoding: gzip\r\n\r\n");
    QTcpSocket *server = upstream();
    asked(server);
    server->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 900\r\n\r\n");
    QVERIFY(client.waitFor("Content-Length: 900"));
    client.send("GET / HTTP/1.1\r\n" + host + "If-None-Match: \"1\"\r\n\r\n");
    server = upstream();
    asked(server);
    server->write("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n");
    QVERIFY(client.waitFor("304 Not Modified"));
    QVERIFY(client.waitFor("\r\n\r\n", 2));
    QVERIFY(client.received.endsWith("\r\n\r\n"));
}

void ReverseProxyTest::stopsTheServerWhenTheClientLeaves()
{
    RawClient client(m_port);
    client.send(requestFor("/slow"));
    QTcpSocket *server = upstream();
    asked(server);
    client.socket.abort();
    QTRY_COMPARE(server->state(), QAbstractSocket::UnconnectedState);
    QTRY_COMPARE(m_hops.second.size(), size_t(1));
    QVERIFY(m_hops.second[0].end.aborted);
}

void ReverseProxyTest::holdsTheServerBackForASlowClient()
{
    m_server->setObserver(nullptr);
    m_proxy->setObserver(nullptr);
    RawClient client(m_port);
    client.reads = false;
    client.socket.setReadBufferSize(1024);
    client.send(requestFor("/huge"));
    QTcpSocket *server = upstream();
    asked(server);
    constexpr qint64 size = 24LL << 20;
    server->write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n");
    const QByteArray block(1 << 20, 'x');
    for (qint64 written = 0; written < size; written += block.size())
        server->write(block);
    // The system's buffers fill up and then nothing moves: most of it stays at the server.
    qint64 last = -1;
    QTRY_VERIFY(std::exchange(last, server->bytesToWrite()) == server->bytesToWrite()
                && server->bytesToWrite() > size / 2);
    client.reads = true;
    client.socket.setReadBufferSize(0);
    qint64 total = 0;
    QVERIFY(QTest::qWaitFor(
        [&] {
            total += std::exchange(client.received, {}).size() + client.socket.readAll().size();
            return total >= size;
        },
        30'000));
}

void ReverseProxyTest::passesUpgradesOn()
{
    RawClient client(m_port);
    client.send("GET /ws HTTP/1.1\r\n" + host
                + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\nearly");
    QTcpSocket *server = upstream();
    const QByteArray request = asked(server);
    QVERIFY(request.contains("Upgrade: websocket\r\nConnection: Upgrade\r\n"));
    QVERIFY(request.contains("X-Forwarded-For: 127.0.0.1\r\n"));
    server->write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\n\r\nhello");
    QCOMPARE(asked(server, "early"), "early");
    QVERIFY(client.waitFor("hello"));
    client.send("there");
    QCOMPARE(asked(server, "there"), "there");
    server->write("and back");
    QVERIFY(client.waitFor("and back"));
    server->write("bye");
    server->disconnectFromHost();
    QVERIFY(client.waitForClose());
    QVERIFY(client.received.endsWith("bye"));
    QCOMPARE(m_hops.first.at(0).end.response.status, 101);
    QCOMPARE(m_hops.first.at(0).event, "upgrade");
    QCOMPARE(m_hops.second.at(0).end.response.status, 101);
}

void ReverseProxyTest::dropsUpgradesWhenToldTo()
{
    configure(R"({"websocket": false})");
    RawClient client(m_port);
    client.send("GET /ws HTTP/1.1\r\n" + host
                + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    QTcpSocket *server = upstream();
    const QByteArray request = asked(server);
    QVERIFY2(!request.contains("Upgrade"), request.constData());
    server->write("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno");
    QVERIFY(client.waitFor("no"));
    QVERIFY(client.received.startsWith("HTTP/1.1 404 Not Found\r\n"));
    QTRY_COMPARE(m_hops.first.size(), size_t(1));
    QCOMPARE(m_hops.first[0].decisions.at(0).id, "proxy.UpgradeDropped");
}

void ReverseProxyTest::passesRefusedUpgradesBack()
{
    RawClient client(m_port);
    client.send("GET /ws HTTP/1.1\r\n" + host
                + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    QTcpSocket *server = upstream();
    asked(server);
    server->write("HTTP/1.1 403 Forbidden\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "2\r\nno\r\n0\r\n\r\n");
    QVERIFY(client.waitForClose());
    QCOMPARE(client.received,
             "HTTP/1.1 403 Forbidden\r\nVia: 1.1 roundtrip\r\n"
             "Content-Length: 2\r\nConnection: close\r\n\r\nno");
    QCOMPARE(m_hops.first.at(0).end.response.status, 403);
}

void ReverseProxyTest::answersUpgradesForADeadServer()
{
    m_upstream->close();
    RawClient client(m_port);
    client.send("GET /ws HTTP/1.1\r\n" + host
                + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    QVERIFY(client.waitForClose());
    QVERIFY(client.received.startsWith("HTTP/1.1 502 Bad Gateway\r\n"));
    QCOMPARE(m_hops.first.at(0).decisions.at(0).id, "proxy.UpstreamRefused");
}

void ReverseProxyTest::reportsBothHops()
{
    RawClient client(m_port);
    client.send("POST /x HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc");
    QTcpSocket *server = upstream();
    asked(server, "abc");
    server->write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    QVERIFY(client.waitFor("ok"));
    QTRY_COMPARE(m_hops.first.size(), size_t(1));
    QCOMPARE(m_hops.second.size(), size_t(1));
    const ClientReport &second = m_hops.second[0];
    QVERIFY(second.forwarded == m_hops.first[0].key);
    QCOMPARE(second.key.serverPort, m_upstreamPort);
    QCOMPARE(second.end.requestBody, "abc");
    QVERIFY(second.end.requestBytes.startsWith("POST /x HTTP/1.1\r\n"));
    QVERIFY(second.end.requestBytes.endsWith("\r\n\r\nabc"));
    QCOMPARE(second.end.responseBytes, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    QVERIFY(second.end.startedNs <= second.end.requestSentNs);
    QVERIFY(second.end.requestSentNs <= second.end.firstByteNs);
    QVERIFY(second.end.firstByteNs <= second.end.finishedNs);
    QVERIFY(m_hops.first[0].settings);
}

QTEST_GUILESS_MAIN(ReverseProxyTest)
#include "tst_reverseproxy.moc"
