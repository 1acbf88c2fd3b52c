// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "core/server/memorysink.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using Steps = std::function<void(ServerResponse &)>;

Q_DECLARE_METATYPE(Steps)

/// Heads, framing and errors: what Node 20.20 sent for the same calls.
class ServerResponseTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void writesWhatNodeWrites_data();
    void writesWhatNodeWrites();
    void suppressesBodiesOfHead_data();
    void suppressesBodiesOfHead();
    void closesAfterAnswersToOldClients_data();
    void closesAfterAnswersToOldClients();
    void refusesWhatNodeThrows_data();
    void refusesWhatNodeThrows();
    void doesNothingBetweenAnErrorAndItsTaking();
    void runsHeadersCallbacksLastAddedFirst();
    void runsHeadersCallbacksOnceEvenWhenTheHeadFails();
    void tellsCallbacksTheLengthOfASingleEnd();
    void letsACallbackChangeTheStatus();
    void asksToWaitAboveTheHighWaterMark();
    void keepsOutputBackUntilItsTurn();
    void writesTheHeadBeforeTheLengthIsKnownWithAFilter();
    void closesWhenContinueWasNotSent();
    void reportsAbortOnce();
};

namespace {

const QByteArray tail = "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\nConnection: keep-alive\r\n"
                        "Keep-Alive: timeout=5\r\n";
const QByteArray date = "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n";

/// Turns "ab" into "[ab]" and ends with "!"; shows where bytes go through.
class Brackets final : public BodyFilter
{
public:
    explicit Brackets(bool active) : m_active(active) { }
    bool isActive() const override { return m_active; }
    QByteArray write(QByteArrayView bytes) override { return '[' + bytes.toByteArray() + ']'; }
    QByteArray flush() override { return "~"; }
    QByteArray finish() override { return "!"; }

private:
    bool m_active;
};

} // namespace

void ServerResponseTest::writesWhatNodeWrites_data()
{
    QTest::addColumn<Steps>("steps");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const auto row = [](const char *name, Steps steps, const QByteArray &expected) {
        QTest::addRow("%s", name) << steps << expected;
    };
    row(
        "length of a single end", [](auto &r) { r.end("body"); },
        ok + tail + "Content-Length: 4\r\n\r\nbody");
    row(
        "empty end", [](auto &r) { r.end(); }, ok + tail + "Content-Length: 0\r\n\r\n");
    row(
        "two writes are chunked",
        [](auto &r) {
            r.write("bo");
            r.end("dy");
        },
        ok + tail + "Transfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n");
    row(
        "an empty write sends the head",
        [](auto &r) {
            r.write("");
            r.end("x");
        },
        ok + tail + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");
    row(
        "given length",
        [](auto &r) {
            r.setHeader("Content-Length", "4");
            r.write("body");
            r.end();
        },
        ok + "Content-Length: 4\r\n" + tail + "\r\nbody");
    row(
        "204 has no body",
        [](auto &r) {
            r.statusCode = 204;
            r.end("ignored");
        },
        "HTTP/1.1 204 No Content\r\n" + tail + "\r\n");
    row(
        "304 has no body",
        [](auto &r) {
            r.statusCode = 304;
            r.end();
        },
        "HTTP/1.1 304 Not Modified\r\n" + tail + "\r\n");
    row(
        "204 that says chunked closes",
        [](auto &r) {
            r.statusCode = 204;
            r.setHeader("Transfer-Encoding", "chunked");
            r.end();
        },
        "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n" + date
            + "Connection: close\r\n\r\n");
    row(
        "own Connection: close",
        [](auto &r) {
            r.setHeader("Connection", "close");
            r.end("x");
        },
        ok + "Connection: close\r\n" + date + "Content-Length: 1\r\n\r\nx");
    row(
        "own Connection: keep-alive",
        [](auto &r) {
            r.setHeader("Connection", "keep-alive");
            r.end("x");
        },
        ok + "Connection: keep-alive\r\n" + date + "Content-Length: 1\r\n\r\nx");
    row(
        "own Keep-Alive",
        [](auto &r) {
            r.setHeader("Keep-Alive", "timeout=9");
            r.end("x");
        },
        ok + "Keep-Alive: timeout=9\r\n" + date
            + "Connection: keep-alive\r\nContent-Length: 1\r\n\r\nx");
    row(
        "removed Connection",
        [](auto &r) {
            r.removeHeader("Connection");
            r.end("x");
        },
        ok + date + "Content-Length: 1\r\n\r\nx");
    row(
        "removed Content-Length",
        [](auto &r) {
            r.removeHeader("content-length");
            r.end("x");
        },
        ok + tail + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");
    row(
        "removed Content-Length and Transfer-Encoding",
        [](auto &r) {
            r.removeHeader("Content-Length");
            r.removeHeader("Transfer-Encoding");
            r.end("x");
        },
        ok + tail + "\r\nx");
    row(
        "removed Date",
        [](auto &r) {
            r.removeHeader("Date");
            r.end("x");
        },
        ok + "Connection: keep-alive\r\nKeep-Alive: timeout=5\r\nContent-Length: 1\r\n\r\nx");
    row(
        "own Date",
        [](auto &r) {
            r.setHeader("Date", "today");
            r.end("x");
        },
        ok
            + "Date: today\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n"
              "Content-Length: 1\r\n\r\nx");
    row(
        "writeHead merges in place",
        [](auto &r) {
            r.setHeader("X-A", "1");
            r.setHeader("X-B", "2");
            r.writeHead(201, {{"x-a", "3"}, {"X-C", "4"}});
            r.end("x");
        },
        "HTTP/1.1 201 Created\r\nx-a: 3\r\nX-B: 2\r\nX-C: 4\r\n" + tail
            + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n");
    row(
        "unknown status",
        [](auto &r) {
            r.statusCode = 299;
            r.end("x");
        },
        "HTTP/1.1 299 unknown\r\n" + tail + "Content-Length: 1\r\n\r\nx");
    row(
        "own reason phrase",
        [](auto &r) {
            r.statusMessage = "Fine";
            r.end("x");
        },
        "HTTP/1.1 200 Fine\r\n" + tail + "Content-Length: 1\r\n\r\nx");
    row(
        "a list stands together",
        [](auto &r) {
            r.setHeader("X-First", "1");
            r.setHeader("Set-Cookie", QByteArrayList {"a=1", "b=2"});
            r.setHeader("X-Last", "1");
            r.end("x");
        },
        ok + "X-First: 1\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Last: 1\r\n" + tail
            + "Content-Length: 1\r\n\r\nx");
    row(
        "removed and set again moves to the end",
        [](auto &r) {
            r.setHeader("X-A", "1");
            r.setHeader("X-B", "2");
            r.removeHeader("x-a");
            r.setHeader("X-A", "3");
            r.end("x");
        },
        ok + "X-B: 2\r\nX-A: 3\r\n" + tail + "Content-Length: 1\r\n\r\nx");
    row(
        "trailers",
        [](auto &r) {
            r.setHeader("Trailer", "X-T");
            r.write("x");
            r.setTrailers({{"X-T", "1"}});
            r.end();
        },
        ok + "Trailer: X-T\r\n" + tail
            + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nX-T: 1\r\n\r\n");
    row(
        "a 1xx head before the answer",
        [](auto &r) {
            r.writeInformation(102);
            r.end("x");
        },
        "HTTP/1.1 102 Processing\r\n\r\n" + ok + tail + "Content-Length: 1\r\n\r\nx");
    row(
        "own Transfer-Encoding",
        [](auto &r) {
            r.setHeader("Transfer-Encoding", "chunked");
            r.end("x");
        },
        ok + "Transfer-Encoding: chunked\r\n" + tail + "\r\n1\r\nx\r\n0\r\n\r\n");
}

void ServerResponseTest::writesWhatNodeWrites()
{
    QFETCH(Steps, steps);
    MemorySink sink;
    const auto response = makeResponse(sink);
    steps(*response);
    QTEST(sink.output, "expected");
    QVERIFY(sink.ended);
    QVERIFY(response->closed());
}

void ServerResponseTest::suppressesBodiesOfHead_data()
{
    QTest::addColumn<Steps>("steps");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    QTest::addRow("single end has no length")
        << Steps([](auto &r) { r.end("body"); }) << QByteArray(ok + tail + "\r\n");
    QTest::addRow("writes have no framing") << Steps([](auto &r) {
        r.write("bo");
        r.end("dy");
    }) << QByteArray(ok + tail + "\r\n");
    QTest::addRow("given length stays") << Steps([](auto &r) {
        r.setHeader("Content-Length", "4");
        r.end("body");
    }) << QByteArray(ok + "Content-Length: 4\r\n" + tail + "\r\n");
}

void ServerResponseTest::suppressesBodiesOfHead()
{
    QFETCH(Steps, steps);
    MemorySink sink;
    const auto response = makeResponse(sink, {"HEAD", "/", {}, {}});
    steps(*response);
    QTEST(sink.output, "expected");
}

void ServerResponseTest::closesAfterAnswersToOldClients_data()
{
    QTest::addColumn<bool>("keepAlive");
    QTest::addColumn<QByteArray>("te");
    QTest::addColumn<Steps>("steps");
    QTest::addColumn<QByteArray>("expected");
    const Steps end = [](auto &r) { r.end("body"); };
    const Steps length = [](auto &r) {
        r.setHeader("Content-Length", "4");
        r.end("body");
    };
    const QByteArray ok = "HTTP/1.1 200 OK\r\n";
    const QByteArray close = date + "Connection: close\r\n\r\nbody";
    QTest::addRow("close ends the body") << false << QByteArray() << end << QByteArray(ok + close);
    QTest::addRow("keep-alive without a length closes too")
        << true << QByteArray() << end << QByteArray(ok + close);
    QTest::addRow("keep-alive with a length stays")
        << true << QByteArray() << length
        << QByteArray(ok + "Content-Length: 4\r\n" + tail + "\r\nbody");
    QTest::addRow("a client that reads chunks gets a length")
        << true << QByteArray("chunked") << end
        << QByteArray(ok + tail + "Content-Length: 4\r\n\r\nbody");
}

void ServerResponseTest::closesAfterAnswersToOldClients()
{
    QFETCH(bool, keepAlive);
    QFETCH(QByteArray, te);
    QFETCH(Steps, steps);
    MemorySink sink;
    RequestHead head {"GET", "/", HttpVersion {1, 0}, {}};
    if (!te.isEmpty())
        head.headers.append("TE", te);
    const auto response = std::make_shared<ServerResponse>(
        head, IncomingMessage::Peer {}, ServerResponse::Persistence {keepAlive, 5}, sink);
    response->takeTurn();
    steps(*response);
    QTEST(sink.output, "expected");
}

void ServerResponseTest::refusesWhatNodeThrows_data()
{
    QTest::addColumn<Steps>("steps");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *title, Steps steps, const char *name, const char *message) {
        QTest::addRow("%s", title) << steps << QByteArray(name) << QString::fromLatin1(message);
    };
    row(
        "header name", [](auto &r) { r.setHeader("a b", "1"); }, "TypeError",
        "Header name must be a valid HTTP token [\"a b\"]");
    row(
        "header value", [](auto &r) { r.setHeader("X-A", "a\nb"); }, "TypeError",
        "Invalid character in header content [\"X-A\"]");
    row(
        "status code",
        [](auto &r) {
            r.statusCode = 99;
            r.end("x");
        },
        "RangeError", "Invalid status code: 99");
    row(
        "reason phrase",
        [](auto &r) {
            r.statusMessage = "a\nb";
            r.end();
        },
        "TypeError", "Invalid character in statusMessage");
    row(
        "trailer with a length",
        [](auto &r) {
            r.setHeader("Trailer", "X");
            r.setHeader("Content-Length", "1");
            r.end("x");
        },
        "Error", "Trailers are invalid with this transfer encoding");
    row(
        "set after the head",
        [](auto &r) {
            r.write("x");
            r.setHeader("X", "1");
        },
        "Error", "Cannot set headers after they are sent to the client");
    row(
        "remove after the head",
        [](auto &r) {
            r.write("x");
            r.removeHeader("X");
        },
        "Error", "Cannot remove headers after they are sent to the client");
    row(
        "second head",
        [](auto &r) {
            r.write("x");
            r.writeHead(200);
        },
        "Error", "Cannot write headers after they are sent to the client");
}

void ServerResponseTest::refusesWhatNodeThrows()
{
    QFETCH(Steps, steps);
    MemorySink sink;
    const auto response = makeResponse(sink);
    steps(*response);
    QVERIFY(response->hasError());
    const auto error = response->takeError();
    QTEST(error->name, "name");
    QTEST(error->message, "message");
    QVERIFY(!response->hasError());
}

void ServerResponseTest::doesNothingBetweenAnErrorAndItsTaking()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->setHeader("a b", "1");
    response->setHeader("X-A", "1");
    response->end("lost");
    QCOMPARE(sink.output, QByteArray());
    response->takeError();
    response->end("kept");
    QVERIFY(sink.output.endsWith("Content-Length: 4\r\n\r\nkept"));
    QVERIFY(!sink.output.contains("X-A"));
}

void ServerResponseTest::runsHeadersCallbacksLastAddedFirst()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->onHeaders([&] { response->setHeader("X-First-Added", "1"); });
    response->onHeaders([&] { response->setHeader("X-Last-Added", "1"); });
    response->setHeader("X-Handler", "1");
    response->end("x");
    QVERIFY(sink.output.startsWith(
        "HTTP/1.1 200 OK\r\nX-Handler: 1\r\nX-Last-Added: 1\r\nX-First-Added: 1\r\nDate"));
}

void ServerResponseTest::runsHeadersCallbacksOnceEvenWhenTheHeadFails()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    int calls = 0;
    response->onHeaders([&] { ++calls; });
    response->statusCode = 42;
    response->end("x");
    QVERIFY(response->takeError());
    response->statusCode = 500;
    response->end("x");
    QCOMPARE(calls, 1);
    QVERIFY(sink.output.startsWith("HTTP/1.1 500 Internal Server Error\r\n"));
}

void ServerResponseTest::tellsCallbacksTheLengthOfASingleEnd()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    std::optional<qint64> length;
    response->onHeaders([&] { length = response->endLength(); });
    response->end("four");
    QCOMPARE(length, std::optional<qint64>(4));
    QVERIFY(!response->endLength());
}

void ServerResponseTest::letsACallbackChangeTheStatus()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->onHeaders([&] { response->statusCode = 404; });
    response->writeHead(200);
    response->end();
    QVERIFY(sink.output.startsWith("HTTP/1.1 404 Not Found\r\n"));
}

void ServerResponseTest::asksToWaitAboveTheHighWaterMark()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    int drains = 0;
    response->onDrain([&] { ++drains; });
    QVERIFY(response->write("small"));
    QVERIFY(!response->write(QByteArray(20000, 'x')));
    sink.waiting = 0;
    response->drained();
    response->drained();
    QCOMPARE(drains, 1);
}

void ServerResponseTest::keepsOutputBackUntilItsTurn()
{
    MemorySink sink;
    const auto response = std::make_shared<ServerResponse>(RequestHead {"GET", "/", {}, {}},
                                                           IncomingMessage::Peer {},
                                                           ServerResponse::Persistence {}, sink);
    response->end("x");
    QCOMPARE(sink.output, QByteArray());
    QVERIFY(!sink.ended);
    response->takeTurn();
    QVERIFY(sink.output.endsWith("\r\n\r\nx"));
    QVERIFY(sink.output.contains(date));
    QVERIFY(sink.ended);
}

void ServerResponseTest::writesTheHeadBeforeTheLengthIsKnownWithAFilter()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->setBodyFilter(std::make_unique<Brackets>(true));
    response->write("a");
    response->flush();
    response->end("b");
    QVERIFY(sink.output.endsWith("chunked\r\n\r\n3\r\n[a]\r\n1\r\n~\r\n4\r\n[b]!\r\n0\r\n\r\n"));

    MemorySink plain;
    const auto inactive = makeResponse(plain);
    inactive->setBodyFilter(std::make_unique<Brackets>(false));
    inactive->end("b");
    QVERIFY(plain.output.endsWith("Transfer-Encoding: chunked\r\n\r\n1\r\nb\r\n0\r\n\r\n"));
}

void ServerResponseTest::closesWhenContinueWasNotSent()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->expectContinue();
    response->end("x");
    QVERIFY(sink.output.contains("Connection: close\r\n"));
    QVERIFY(response->isLast());
}

void ServerResponseTest::reportsAbortOnce()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    int closes = 0;
    response->onClose([&] { ++closes; });
    response->write("begun");
    response->connectionClosed();
    response->connectionClosed();
    response->end("late");
    QCOMPARE(closes, 1);
    QVERIFY(response->aborted());
    QVERIFY(!sink.ended);
}

QTEST_GUILESS_MAIN(ServerResponseTest)
#include "tst_serverresponse.moc"
