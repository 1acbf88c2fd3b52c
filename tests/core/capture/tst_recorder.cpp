// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/recorder.h"
#include "core/capture/fixtures.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace rt::fixtures;

namespace {

constexpr quint16 apiPort = 8000;

const RequestHead get = request("GET", "/ping", {{"Host", "api.shop.test:8000"}});
const ResponseHead ok = response(200, {{"Content-Length", "4"}});

} // namespace

class RecorderTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void joinsBothEndsOfOneExchange();
    void notesTheSettingsInForceWhereTheServerHasNone();
    void numbersExchangesInOrderOfStart();
    void takesAnUnannouncedClientForAnOutsideOne();
    void takesAReusedPortForAnOutsideClient();
    void awaitsNothingFromAForeignServer();
    void awaitsNothingWhenNothingWasSent();
    void handsOutAHalfAfterTheGraceTimeAndAgainWhenWhole();
    void linksAPreflightWithItsRequest();
    void linksThePreflightOfAnOutsideBrowser();
    void guessesTheKindOfAnOutsideRequest_data();
    void guessesTheKindOfAnOutsideRequest();
    void handsOutACallAfterItsExchanges();
    void givesTheSecondHopTheCallOfTheFirst();
    void givesALateSecondHopTheCallOfTheFirst();
    void takesTheSecondHopOfAnOutsideClientForOneToo();
    void replacesOrdinalsInStepsByIds();
    void reportsAnEffectThatCameAfterTheCall();
    void showsHeldRequestsAtTheirStart();
    void countsSkippedTimeAsLabTime();
    void numbersConnections();
    void keepsMemoryBoundedWhenOneEndIsSilent_data();
    void keepsMemoryBoundedWhenOneEndIsSilent();
    void deliversByItselfWithinAFrame();
    void keepsTheOrderOfChangesAndActs();

private:
    std::vector<ExchangeRecord> exchanges() const;
    std::vector<CallRecord> calls() const;
    void both(Recorder &recorder, const ExchangeKey &key, const ClientReport &client);
    Recorder::Sink sink()
    {
        return [this](std::vector<CaptureItem> batch) {
            items.insert(items.end(), batch.begin(), batch.end());
        };
    }

    ManualClock clock;
    std::vector<CaptureItem> items;
};

void RecorderTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    clock = {};
    items.clear();
}

std::vector<ExchangeRecord> RecorderTest::exchanges() const
{
    std::vector<ExchangeRecord> found;
    for (const CaptureItem &item : items) {
        if (const auto *record = std::get_if<ExchangeRecord>(&item))
            found.push_back(*record);
    }
    return found;
}

std::vector<CallRecord> RecorderTest::calls() const
{
    std::vector<CallRecord> found;
    for (const CaptureItem &item : items) {
        if (const auto *record = std::get_if<CallRecord>(&item))
            found.push_back(*record);
    }
    return found;
}

void RecorderTest::both(Recorder &recorder, const ExchangeKey &key, const ClientReport &client)
{
    recorder.clientStarted(key, client.end.request);
    recorder.serverStarted(key, client.end.request);
    recorder.serverFinished(serverReport(key, client.end));
    recorder.clientFinished(client);
}

void RecorderTest::joinsBothEndsOfOneExchange()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {"http://api.shop.test:8000"});
    const ExchangeKey key {40001, apiPort, 0};
    recorder.clientConnected(key.clientPort, key.serverPort);
    both(recorder, key, clientReport(key, end(get, ok, "pong")));
    recorder.flush();

    const auto found = exchanges();
    QCOMPARE(found.size(), size_t(1));
    QVERIFY(found[0].hasClient);
    QVERIFY(found[0].hasServer);
    QVERIFY(!found[0].external);
    QCOMPARE(found[0].server.endedBy, QByteArray("routes"));
    QCOMPARE(found[0].client.end.responseBody, QByteArray("pong"));
    QCOMPARE(found[0].durationMs(), 2.5);
    QCOMPARE(recorder.pending(), 0);
}

void RecorderTest::notesTheSettingsInForceWhereTheServerHasNone()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {"http://cdn.test:7000"});
    const auto settings = std::make_shared<const JsValue>(QStringLiteral("in force"));
    recorder.setSettings(settings);
    const ExchangeKey key {40001, apiPort, 0};
    recorder.clientConnected(key.clientPort, key.serverPort);
    both(recorder, key, clientReport(key, end(get, ok, "pong")));
    recorder.flush();
    QCOMPARE(exchanges().front().server.settings, settings);
}

void RecorderTest::numbersExchangesInOrderOfStart()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    const ExchangeKey slow {40001, apiPort, 0};
    const ExchangeKey fast {40002, apiPort, 0};
    recorder.serverStarted(slow, get);
    recorder.serverStarted(fast, get);
    recorder.serverFinished(serverReport(fast, end(get, ok)));
    recorder.serverFinished(serverReport(slow, end(get, ok)));
    recorder.flush();
    const auto found = exchanges();
    QCOMPARE(found.at(0).id, quint64(2));
    QCOMPARE(found.at(1).id, quint64(1));
}

void RecorderTest::takesAnUnannouncedClientForAnOutsideOne()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {"http://api.shop.test:8000"});
    const ExchangeKey key {50000, apiPort, 0};
    recorder.serverStarted(key, get);
    recorder.serverFinished(serverReport(key, end(get, ok)));
    recorder.flush();
    const auto found = exchanges();
    QCOMPARE(found.size(), size_t(1));
    QVERIFY(found[0].external);
    QVERIFY(!found[0].hasClient);
    QCOMPARE(found[0].targetOrigin, QByteArray("http://api.shop.test:8000"));
    QCOMPARE(found[0].request().method, QByteArray("GET"));
}

void RecorderTest::takesAReusedPortForAnOutsideClient()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    const ExchangeKey key {40001, apiPort, 0};
    recorder.clientConnected(key.clientPort, key.serverPort);
    both(recorder, key, clientReport(key, end(get, ok)));
    recorder.serverStarted(key, get); // sequence 0 again: another connection
    recorder.serverFinished(serverReport(key, end(get, ok)));
    recorder.flush();
    const auto found = exchanges();
    QCOMPARE(found.size(), size_t(2));
    QVERIFY(!found[0].external);
    QVERIFY(found[1].external);
    QVERIFY(found[0].connection != found[1].connection);
}

void RecorderTest::awaitsNothingFromAForeignServer()
{
    Recorder recorder(clock, sink());
    const ExchangeKey key {40001, 9999, 0};
    recorder.clientConnected(key.clientPort, key.serverPort);
    recorder.clientStarted(key, get);
    recorder.clientFinished(clientReport(key, end(get, ok)));
    recorder.flush();
    QCOMPARE(exchanges().size(), size_t(1));
    QVERIFY(!exchanges()[0].hasServer);
    QCOMPARE(recorder.pending(), 0);
}

void RecorderTest::awaitsNothingWhenNothingWasSent()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    EndReport refused = end(get, {});
    refused.requestBytes.clear();
    recorder.clientFinished(clientReport({0, apiPort, 0}, refused));
    recorder.flush();
    QCOMPARE(exchanges().size(), size_t(1));
    QCOMPARE(recorder.pending(), 0);
}

void RecorderTest::handsOutAHalfAfterTheGraceTimeAndAgainWhenWhole()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    const ExchangeKey key {40001, apiPort, 0};
    recorder.clientConnected(key.clientPort, key.serverPort);
    recorder.clientStarted(key, get);
    recorder.serverStarted(key, get);
    recorder.clientFinished(clientReport(key, end(get, {})));
    recorder.flush();
    QVERIFY(exchanges().empty());
    clock.pass(300);
    recorder.flush();
    QCOMPARE(exchanges().size(), size_t(1));
    QVERIFY(!exchanges()[0].hasServer);
    recorder.serverFinished(serverReport(key, end(get, ok)));
    recorder.flush();
    QCOMPARE(exchanges().size(), size_t(2));
    QCOMPARE(exchanges()[1].id, exchanges()[0].id);
    QVERIFY(exchanges()[1].hasServer);
    QCOMPARE(recorder.pending(), 0);
}

void RecorderTest::linksAPreflightWithItsRequest()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    recorder.clientConnected(40001, apiPort);
    CallRecord call;
    call.id = 7;
    recorder.callStarted(call);
    const ExchangeKey first {40001, apiPort, 0};
    const ExchangeKey second {40001, apiPort, 1};
    const RequestHead options = request("OPTIONS", "/api/user");
    both(recorder, first, clientReport(first, end(options, response(204)), 7, "preflight"));
    both(recorder, second, clientReport(second, end(request("PUT", "/api/user"), ok), 7));
    call.outcome = CallRecord::Outcome::Ok;
    recorder.callFinished(call);
    recorder.flush();

    const auto found = exchanges();
    QCOMPARE(found.size(), size_t(3)); // the preflight comes again with its link
    QCOMPARE(found[1].id, quint64(1));
    QCOMPARE(found[1].kind, ExchangeRecord::Kind::Preflight);
    QCOMPARE(found[1].linked, quint64(2));
    QCOMPARE(found[2].linked, quint64(1));
    QCOMPARE(calls().back().exchanges, (std::vector<quint64> {1, 2}));
    QVERIFY(calls().back().executed);
}

void RecorderTest::linksThePreflightOfAnOutsideBrowser()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    const ExchangeKey first {50001, apiPort, 0};
    const ExchangeKey other {50002, apiPort, 0};
    const ExchangeKey second {50001, apiPort, 1};
    const RequestHead options
        = request("OPTIONS", "/api/user",
                  {{"Origin", "http://localhost:3000"}, {"Access-Control-Request-Method", "PUT"}});
    const RequestHead put = request("PUT", "/api/user", {{"Origin", "http://localhost:3000"}});
    recorder.serverFinished(serverReport(first, end(options, response(204))));
    recorder.serverFinished(serverReport(other, end(get, ok)));
    recorder.serverFinished(serverReport(second, end(put, ok)));
    recorder.flush();
    const auto found = exchanges();
    QCOMPARE(found.size(), size_t(4));
    QCOMPARE(found[1].linked, quint64(0));
    QCOMPARE(found[2].linked, quint64(3));
    QCOMPARE(found[3].linked, quint64(1));
}

void RecorderTest::guessesTheKindOfAnOutsideRequest_data()
{
    using Kind = ExchangeRecord::Kind;
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("destination");
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<ExchangeRecord::Kind>("expected");
    QTest::addRow("curl") << QByteArray("request") << QByteArray() << QByteArray() << Kind::Actual;
    QTest::addRow("fetch") << QByteArray("request") << QByteArray("empty") << QByteArray("cors")
                           << Kind::Actual;
    QTest::addRow("typed address") << QByteArray("request") << QByteArray("document")
                                   << QByteArray("navigate") << Kind::Navigation;
    QTest::addRow("image") << QByteArray("request") << QByteArray("image") << QByteArray("no-cors")
                           << Kind::Subresource;
    QTest::addRow("websocket") << QByteArray("upgrade") << QByteArray("websocket")
                               << QByteArray("websocket") << Kind::Upgrade;
}

void RecorderTest::guessesTheKindOfAnOutsideRequest()
{
    QFETCH(QByteArray, event);
    QFETCH(QByteArray, destination);
    QFETCH(QByteArray, mode);
    QFETCH(ExchangeRecord::Kind, expected);
    Recorder recorder(clock, sink());
    RequestHead asked = get;
    if (!mode.isEmpty()) {
        asked.headers.append("Sec-Fetch-Mode", mode);
        asked.headers.append("Sec-Fetch-Dest", destination);
    }
    ServerReport report = serverReport({50001, apiPort, 0}, end(asked, ok));
    report.event = event;
    recorder.serverFinished(report);
    recorder.flush();
    QCOMPARE(exchanges().at(0).kind, expected);
}

/// A proxy's report of what it sent on: it knows the exchange that asked for it, and no call.
ClientReport sentOn(const ExchangeKey &key, const ExchangeKey &first)
{
    ClientReport report = clientReport(key, end(get, ok));
    report.forwarded = first;
    return report;
}

void RecorderTest::givesTheSecondHopTheCallOfTheFirst()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {"http://api.shop.test:8000"});
    recorder.setListener(8080, {"http://shop.test:8080", ExchangeRecord::Via::Proxy});
    const ExchangeKey first {40001, 8080, 0};
    const ExchangeKey second {40002, apiPort, 0};
    recorder.clientConnected(first.clientPort, first.serverPort);
    CallRecord call;
    call.id = 7;
    recorder.callStarted(call);
    recorder.clientStarted(first, get);
    recorder.serverStarted(first, get);
    recorder.clientConnected(second.clientPort, second.serverPort);
    both(recorder, second, sentOn(second, first));
    QVERIFY(exchanges().empty());
    ServerReport proxied = serverReport(first, end(get, ok));
    proxied.executed = false; // what the route did is the server's to know
    recorder.serverFinished(proxied);
    recorder.clientFinished(clientReport(first, end(get, ok), 7, "navigation"));
    call.outcome = CallRecord::Outcome::Ok;
    recorder.callFinished(call);
    recorder.flush();

    const auto found = exchanges();
    QCOMPARE(found.size(), size_t(2));
    QCOMPARE(found[0].via, ExchangeRecord::Via::Proxy);
    QVERIFY(found[0].server.executed);
    QCOMPARE(found[1].via, ExchangeRecord::Via::Upstream);
    QCOMPARE(found[1].call, quint64(7));
    QCOMPARE(found[1].kind, ExchangeRecord::Kind::Navigation);
    QCOMPARE(found[1].targetOrigin, QByteArray("http://api.shop.test:8000"));
    QCOMPARE(calls().back().exchanges, (std::vector<quint64> {found[0].id}));
    QVERIFY(calls().back().executed);
}

void RecorderTest::givesALateSecondHopTheCallOfTheFirst()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    recorder.setListener(8080, {{}, ExchangeRecord::Via::Proxy});
    const ExchangeKey first {40001, 8080, 0};
    const ExchangeKey second {40002, apiPort, 0};
    recorder.clientConnected(first.clientPort, first.serverPort);
    both(recorder, first, clientReport(first, end(get, ok), 7));
    recorder.clientConnected(second.clientPort, second.serverPort);
    both(recorder, second, sentOn(second, first));
    recorder.flush();
    QCOMPARE(exchanges().size(), size_t(2));
    QCOMPARE(exchanges()[1].call, quint64(7));
}

void RecorderTest::takesTheSecondHopOfAnOutsideClientForOneToo()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    recorder.setListener(8080, {{}, ExchangeRecord::Via::Proxy});
    const ExchangeKey first {50001, 8080, 0};
    const ExchangeKey second {40002, apiPort, 0};
    recorder.serverStarted(first, get); // curl, not the built-in client
    recorder.clientConnected(second.clientPort, second.serverPort);
    both(recorder, second, sentOn(second, first));
    recorder.serverFinished(serverReport(first, end(get, ok)));
    recorder.flush();
    QCOMPARE(exchanges().size(), size_t(2));
    QVERIFY(exchanges()[0].external && exchanges()[1].external);
    QVERIFY(!exchanges()[0].hasClient && exchanges()[1].hasClient);
}

void RecorderTest::handsOutACallAfterItsExchanges()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    const ExchangeKey key {40001, apiPort, 0};
    recorder.clientConnected(key.clientPort, key.serverPort);
    CallRecord call;
    call.id = 3;
    recorder.callStarted(call);
    recorder.clientStarted(key, get);
    recorder.serverStarted(key, get);
    recorder.clientFinished(clientReport(key, end(get, ok), 3));
    call.outcome = CallRecord::Outcome::Ok;
    clock.pass(5);
    recorder.callFinished(call);
    recorder.serverFinished(serverReport(key, end(get, ok)));
    recorder.flush();

    QCOMPARE(items.size(), size_t(3));
    QVERIFY(std::holds_alternative<CallRecord>(items[0]));
    QVERIFY(std::holds_alternative<ExchangeRecord>(items[1]));
    QCOMPARE(std::get<CallRecord>(items[2]).outcome, CallRecord::Outcome::Ok);
    QCOMPARE(std::get<CallRecord>(items[2]).durationMs, 5.0);
    QVERIFY(std::get<CallRecord>(items[2]).executed);
}

void RecorderTest::replacesOrdinalsInStepsByIds()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    recorder.serverFinished(serverReport({50001, apiPort, 0}, end(get, ok))); // takes id 1
    const ExchangeKey key {40001, apiPort, 0};
    recorder.clientConnected(key.clientPort, key.serverPort);
    CallRecord call;
    call.id = 3;
    recorder.callStarted(call);
    both(recorder, key, clientReport(key, end(get, ok), 3));
    call.steps.resize(3);
    call.steps[1].exchange = 1;
    call.steps[2].exchange = 9;
    recorder.callFinished(call);
    recorder.flush();
    const CallRecord done = calls().back();
    QCOMPARE(done.steps[0].exchange, quint64(0));
    QCOMPARE(done.steps[1].exchange, quint64(2));
    QCOMPARE(done.steps[2].exchange, quint64(0));
}

void RecorderTest::reportsAnEffectThatCameAfterTheCall()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    const ExchangeKey key {40001, apiPort, 0};
    recorder.clientConnected(key.clientPort, key.serverPort);
    CallRecord call;
    call.id = 3;
    recorder.callStarted(call);
    recorder.clientStarted(key, get);
    recorder.serverStarted(key, get);
    recorder.clientFinished(clientReport(key, end(get, {}), 3));
    call.outcome = CallRecord::Outcome::Aborted;
    recorder.callFinished(call);
    clock.pass(300);
    recorder.flush();
    QCOMPARE(calls().back().outcome, CallRecord::Outcome::Aborted);
    QVERIFY(!calls().back().executed);
    recorder.serverFinished(serverReport(key, end(get, ok)));
    recorder.flush();
    QVERIFY(calls().back().executed);
    QCOMPARE(calls().size(), size_t(3));
}

void RecorderTest::showsHeldRequestsAtTheirStart()
{
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    recorder.setShowAtStart(
        [](const RequestHead &head) { return head.target.startsWith("/held"); });
    const ExchangeKey key {50001, apiPort, 0};
    const RequestHead held = request("GET", "/held");
    recorder.serverStarted(key, held);
    recorder.serverStarted({50002, apiPort, 0}, get);
    recorder.flush();
    QCOMPARE(exchanges().size(), size_t(1));
    QCOMPARE(exchanges()[0].request(), held);
    QCOMPARE(exchanges()[0].response().status, 0);
    recorder.serverFinished(serverReport(key, end(held, ok)));
    recorder.flush();
    QCOMPARE(exchanges().back().id, exchanges().front().id);
    QCOMPARE(exchanges().back().response().status, 200);
}

void RecorderTest::countsSkippedTimeAsLabTime()
{
    Recorder recorder(clock, sink());
    clock.pass(10);
    recorder.act("before");
    clock.skip(600'000);
    clock.pass(10);
    recorder.act("after");
    recorder.flush();
    QCOMPARE(std::get<ActRecord>(items[0]).t, 10.0);
    QCOMPARE(std::get<ActRecord>(items[1]).t, 600'020.0);
}

void RecorderTest::numbersConnections()
{
    Recorder recorder(clock, sink());
    for (const ExchangeKey &key :
         {ExchangeKey {50001, apiPort, 0}, ExchangeKey {50001, apiPort, 1},
          ExchangeKey {50002, apiPort, 0}, ExchangeKey {50001, apiPort, 0}})
        recorder.serverFinished(serverReport(key, end(get, ok)));
    recorder.flush();
    std::vector<quint64> numbers;
    for (const ExchangeRecord &record : exchanges())
        numbers.push_back(record.connection);
    QCOMPARE(numbers, (std::vector<quint64> {1, 1, 2, 3}));
}

void RecorderTest::keepsMemoryBoundedWhenOneEndIsSilent_data()
{
    QTest::addColumn<bool>("client");
    QTest::addRow("the server never reports") << true;
    QTest::addRow("the client never reports") << false;
}

void RecorderTest::keepsMemoryBoundedWhenOneEndIsSilent()
{
    QFETCH(bool, client);
    Recorder recorder(clock, sink());
    recorder.setListener(apiPort, {});
    recorder.clientConnected(40001, apiPort);
    for (quint32 i = 0; i < 5'000; ++i) {
        const ExchangeKey key {40001, apiPort, i};
        if (client) {
            recorder.clientStarted(key, get);
            recorder.clientFinished(clientReport(key, end(get, ok)));
        } else {
            recorder.serverStarted(key, get);
            recorder.serverFinished(serverReport(key, end(get, ok)));
        }
    }
    clock.pass(1000);
    recorder.flush();
    recorder.flush();
    QVERIFY(recorder.pending() <= qsizetype(ExchangeMatcher::keptHalves));
    QVERIFY(exchanges().size() >= 5'000);
}

void RecorderTest::deliversByItselfWithinAFrame()
{
    Recorder recorder(clock, sink());
    recorder.act("lonely");
    QTRY_COMPARE(items.size(), size_t(1));
}

void RecorderTest::keepsTheOrderOfChangesAndActs()
{
    Recorder recorder(clock, sink());
    recorder.change("server.cors.maxAge", JsValue(600), true);
    recorder.act("advance", QStringLiteral("10s"));
    recorder.change("server.cors.maxAge", JsValue(0));
    recorder.flush();
    QCOMPARE(items.size(), size_t(3));
    QCOMPARE(std::get<ChangeRecord>(items[0]).id, quint64(1));
    QVERIFY(std::get<ChangeRecord>(items[0]).byLesson);
    QCOMPARE(std::get<ActRecord>(items[1]).argument, QStringLiteral("10s"));
    QCOMPARE(std::get<ChangeRecord>(items[2]).id, quint64(2));
}

QTEST_GUILESS_MAIN(RecorderTest)
#include "tst_recorder.moc"
