// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/browser.h"

#include "base/clock.h"
#include "base/random.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace rt;

namespace {

/// Answers each request line with the bytes prepared for it, and keeps what it was sent.
class ScriptedServer : public QTcpServer
{
    Q_OBJECT

public:
    ScriptedServer()
    {
        connect(this, &QTcpServer::newConnection, this, &ScriptedServer::accept);
        listen(QHostAddress::LocalHost);
    }

    void answer(const QByteArray &requestLine, const QByteArray &bytes)
    {
        m_answers[requestLine] = bytes;
    }
    QByteArrayList requestLines() const
    {
        QByteArrayList lines;
        for (const QByteArray &request : requests)
            lines.append(request.left(request.indexOf('\r')));
        return lines;
    }

    QByteArrayList requests;

private:
    void accept()
    {
        QTcpSocket *socket = nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
    }

    void read(QTcpSocket *socket)
    {
        const QByteArray request = socket->readAll();
        requests.append(request);
        const QByteArray line = request.left(request.indexOf('\r'));
        const QByteArray bytes
            = m_answers.value(line, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        if (bytes.isEmpty())
            socket->close();
        else
            socket->write(bytes);
    }

    QHash<QByteArray, QByteArray> m_answers;
};

QByteArray ok(const QByteArray &headers, const QByteArray &body)
{
    return "HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + QByteArray::number(body.size())
        + "\r\n\r\n" + body;
}

} // namespace

class BrowserTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void readsASameOriginAnswer();
    void asksBeforeACrossOriginPut();
    void usesTheCachedPermission();
    void asksAgainWhenThePermissionExpired();
    void asksAlwaysWhenTheCacheIsDisabled();
    void namesTheReasonOfARefusal();
    void sendsRawRequestsAsGiven();
    void retriesOnceOnAKeptAliveConnection();
    void reportsARefusedConnection();
    void reportsAnUnknownName();
    void cancelsARunningCall();
    void throwsBeforeSendingAnything();
    void answersFromTheHttpCache();
    void asksWhetherAStoredAnswerHolds();
    void loadsAnElement();

private:
    FetchResult run(FetchRequest request);

    std::unique_ptr<ScriptedServer> m_server;
    AddressTable m_addresses;
    LabClock m_clock;
    SeededRandom m_random {1};
    std::unique_ptr<Browser> m_browser;
};

void BrowserTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_server = std::make_unique<ScriptedServer>();
    m_addresses.clear();
    m_addresses.add("app.shop.test", 3000, m_server->serverPort());
    m_addresses.add("api.shop.test", 8000, m_server->serverPort());
    m_clock.reset();
    m_browser = std::make_unique<Browser>(m_addresses, m_clock, m_random, nullptr);
}

void BrowserTest::cleanup()
{
    m_browser.reset();
    m_server.reset();
}

FetchResult BrowserTest::run(FetchRequest request)
{
    if (request.page.isEmpty() && request.api != "raw")
        request.page = "http://app.shop.test:3000";
    std::optional<FetchResult> result;
    m_browser->fetch(request, [&](const FetchResult &r) { result = r; });
    const bool done = QTest::qWaitFor([&] { return result.has_value(); });
    if (!done)
        qFatal("the call did not finish");
    return *result;
}

void BrowserTest::readsASameOriginAnswer()
{
    m_server->answer("GET /ping HTTP/1.1", ok("X-A: 1\r\n", "pong"));
    FetchRequest request;
    request.url = "/ping";
    const FetchResult result = run(request);
    QCOMPARE(result.outcome, FetchResult::Outcome::Ok);
    QCOMPARE(result.type, "basic");
    QCOMPARE(result.status, 200);
    QCOMPARE(result.body, "pong");
    QCOMPARE(result.headers.get("x-a").value_or(""), "1");
    QCOMPARE(result.exchanges.size(), size_t(1));
}

void BrowserTest::asksBeforeACrossOriginPut()
{
    const QByteArray cors = "Access-Control-Allow-Origin: http://app.shop.test:3000\r\n";
    m_server->answer("OPTIONS /x HTTP/1.1", ok(cors + "Access-Control-Allow-Methods: PUT\r\n", ""));
    m_server->answer("PUT /x HTTP/1.1", ok(cors, "done"));
    FetchRequest request;
    request.url = "http://api.shop.test:8000/x";
    request.method = "PUT";
    const FetchResult result = run(request);
    QCOMPARE(m_server->requestLines(), QByteArrayList({"OPTIONS /x HTTP/1.1", "PUT /x HTTP/1.1"}));
    QVERIFY(m_server->requests.at(0).contains("Access-Control-Request-Method: PUT\r\n"));
    QVERIFY(!m_server->requests.at(0).contains("Access-Control-Request-Headers"));
    QVERIFY(m_server->requests.at(1).contains("Origin: http://app.shop.test:3000\r\n"));
    QCOMPARE(result.type, "cors");
    QCOMPARE(result.preflight, FetchResult::Preflight::Sent);
    QCOMPARE(result.body, "done");
}

void BrowserTest::usesTheCachedPermission()
{
    asksBeforeACrossOriginPut();
    FetchRequest request;
    request.url = "http://api.shop.test:8000/x";
    request.method = "PUT";
    m_server->requests.clear();
    const FetchResult result = run(request);
    QCOMPARE(m_server->requestLines(), QByteArrayList({"PUT /x HTTP/1.1"}));
    QCOMPARE(result.preflight, FetchResult::Preflight::Cached);
    QVERIFY(result.cacheSecondsLeft > 0 && result.cacheSecondsLeft <= 5);
}

void BrowserTest::asksAgainWhenThePermissionExpired()
{
    asksBeforeACrossOriginPut();
    m_clock.advance(5001);
    m_server->requests.clear();
    asksBeforeACrossOriginPut();
}

void BrowserTest::asksAlwaysWhenTheCacheIsDisabled()
{
    m_browser->setPreflightCacheDisabled(true);
    asksBeforeACrossOriginPut();
    m_server->requests.clear();
    asksBeforeACrossOriginPut();
}

void BrowserTest::namesTheReasonOfARefusal()
{
    m_server->answer("GET /x HTTP/1.1",
                     ok("Access-Control-Allow-Origin: http://else.test\r\n", "x"));
    FetchRequest request;
    request.url = "http://api.shop.test:8000/x";
    const FetchResult result = run(request);
    QCOMPARE(result.outcome, FetchResult::Outcome::Blocked);
    QCOMPARE(result.reason, "cors.OriginMismatch");
    QCOMPARE(result.chromiumCode, "AllowOriginMismatch");
    QCOMPARE(result.chromiumParameter, "http://else.test");
    QCOMPARE(result.exception, QStringLiteral("TypeError: Failed to fetch"));
    QCOMPARE(result.console.constLast(),
             QStringLiteral("Failed to load resource: net::ERR_FAILED"));
    QVERIFY(result.body.isEmpty());
}

void BrowserTest::sendsRawRequestsAsGiven()
{
    m_server->answer("GET /x HTTP/1.1", ok("Set-Cookie: a=1\r\n", "raw"));
    FetchRequest request;
    request.api = "raw";
    request.url = "http://api.shop.test:8000/x";
    request.headers = {{"X-One", "1"}};
    const FetchResult result = run(request);
    QCOMPARE(m_server->requests.constFirst(),
             "GET /x HTTP/1.1\r\nHost: api.shop.test:8000\r\nX-One: 1\r\n\r\n");
    QCOMPARE(result.body, "raw");
    QVERIFY(m_browser->cookies().cookies().empty());
}

void BrowserTest::retriesOnceOnAKeptAliveConnection()
{
    m_server->answer("GET /first HTTP/1.1", ok("", "1"));
    m_server->answer("GET /second HTTP/1.1", "");
    FetchRequest request;
    request.url = "/first";
    QCOMPARE(run(request).outcome, FetchResult::Outcome::Ok);
    request.url = "/second";
    const FetchResult result = run(request);
    QCOMPARE(result.reason, "net.EmptyResponse");
    QCOMPARE(
        m_server->requestLines(),
        QByteArrayList({"GET /first HTTP/1.1", "GET /second HTTP/1.1", "GET /second HTTP/1.1"}));
}

void BrowserTest::reportsARefusedConnection()
{
    m_server->close();
    FetchRequest request;
    request.url = "/x";
    const FetchResult result = run(request);
    QCOMPARE(result.outcome, FetchResult::Outcome::Failed);
    QCOMPARE(result.reason, "net.Refused");
    QCOMPARE(result.netError, "net::ERR_CONNECTION_REFUSED");
}

void BrowserTest::reportsAnUnknownName()
{
    FetchRequest request;
    request.url = "http://nowhere.invalid/";
    QCOMPARE(run(request).reason, "net.NameNotResolved");
}

void BrowserTest::cancelsARunningCall()
{
    FetchRequest request;
    request.page = "http://app.shop.test:3000";
    request.url = "/ping";
    std::optional<FetchResult> result;
    const quint64 call = m_browser->fetch(request, [&](const FetchResult &r) { result = r; });
    m_browser->cancel(call);
    QTRY_VERIFY(result.has_value());
    QCOMPARE(result->outcome, FetchResult::Outcome::Aborted);
    QCOMPARE(m_browser->callsInFlight(), 0);
}

void BrowserTest::throwsBeforeSendingAnything()
{
    FetchRequest request;
    request.url = "/x";
    request.method = "TRACE";
    const FetchResult result = run(request);
    QVERIFY(result.threw);
    QCOMPARE(
        result.exception,
        QStringLiteral("TypeError: Failed to execute 'fetch' on 'Window': 'TRACE' HTTP method is "
                       "unsupported."));
    QVERIFY(m_server->requests.isEmpty());
}

void BrowserTest::answersFromTheHttpCache()
{
    m_server->answer("GET /ping HTTP/1.1", ok("Cache-Control: max-age=60\r\n", "pong"));
    FetchRequest request;
    request.url = "/ping";
    QVERIFY(!run(request).fromCache);
    const FetchResult second = run(request);
    QVERIFY(second.fromCache);
    QCOMPARE(second.body, "pong");
    QCOMPARE(m_server->requests.size(), 1);
    m_clock.advance(61'000);
    QVERIFY(!run(request).fromCache);
    m_browser->setHttpCacheDisabled(true);
    run(request);
    QCOMPARE(m_server->requests.size(), 3);
}

void BrowserTest::asksWhetherAStoredAnswerHolds()
{
    m_server->answer("GET /ping HTTP/1.1", ok("ETag: \"a\"\r\n", "pong"));
    FetchRequest request;
    request.url = "/ping";
    run(request);
    m_server->answer("GET /ping HTTP/1.1", "HTTP/1.1 304 Not Modified\r\nX-A: 1\r\n\r\n");
    const FetchResult second = run(request);
    QVERIFY(m_server->requests.last().contains("\r\nIf-None-Match: \"a\"\r\n"));
    QCOMPARE(second.status, 200);
    QCOMPARE(second.body, "pong");
    QCOMPARE(second.headers.get("x-a").value_or(""), "1");
    request.cache = CacheMode::OnlyIfCached;
    request.mode = RequestMode::SameOrigin;
    request.url = "/pong";
    QCOMPARE(run(request).netError, "net::ERR_CACHE_MISS");
}

void BrowserTest::loadsAnElement()
{
    m_server->answer("GET /data.csv HTTP/1.1", ok("Content-Type: text/csv\r\n", "a,b"));
    FetchRequest request;
    request.api = "script";
    request.url = "http://api.shop.test:8000/data.csv";
    const FetchResult result = run(request);
    QCOMPARE(result.outcome, FetchResult::Outcome::Blocked);
    QCOMPARE(result.reason, "orb.NeverSniffedType");
    QCOMPARE(result.element.event, ElementOutcome::Event::Error);
}

QTEST_GUILESS_MAIN(BrowserTest)
#include "tst_browser.moc"
