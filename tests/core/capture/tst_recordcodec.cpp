// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/recordcodec.h"
#include "core/capture/fixtures.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace rt::fixtures;

namespace {

std::optional<ExchangeRecord> thereAndBack(const ExchangeRecord &record)
{
    const BodyLayout layout = layOutBodies(record);
    auto decoded = decodeExchange(encodeExchange(record, layout, 5), gatherBodies(record, layout));
    return decoded && decoded->settings == 5 ? std::optional(decoded->record) : std::nullopt;
}

TlsHandshake handshake(const QByteArray &serverName)
{
    return {"TLSv1.3",
            "TLS_AES_256_GCM_SHA384",
            "http/1.1",
            serverName,
            {{"CN=localhost", "CN=Roundtrip lab", {"::1", "api.shop.test"}, -5, 9, "9f:86"},
             {"CN=Roundtrip lab", "CN=Roundtrip lab", {}, 1, 2, "00:11"}},
            40,
            90};
}

/// Every member of both ends set to something that is not its default.
ExchangeRecord fullRecord()
{
    ExchangeRecord record
        = exchange(9, request("PUT", "/api/user?a=1", {{"Host", "x"}, {"host", "y"}}),
                   response(200, {{"ETag", "W/\"1\""}}, "Fine"), "{\"a\":1}");
    record.call = 4;
    record.connection = 3;
    record.node = 2;
    record.kind = ExchangeRecord::Kind::Poll;
    record.via = ExchangeRecord::Via::Upstream;
    record.linked = 8;
    record.external = true;
    record.bytesCut = 12;
    record.client.call = 4;
    record.client.decisions = {{"preflight.Needed", QStringLiteral("PUT is not safelisted.")}};
    record.client.end.requestBody = "name=Ada";
    record.client.end.requestBytes += "name=Ada";
    record.client.end.connectNs = 77;
    record.client.end.responseChunks = 3;
    record.client.end.aborted = true;
    StageRecord stage;
    stage.name = "cors";
    stage.mountPath = "/api";
    stage.enteredNs = 10;
    stage.leftNs = 20;
    stage.headerChanges = {{HeaderChange::Kind::Changed, "Vary", "a", "b"}};
    stage.lateHeaderChanges = {{HeaderChange::Kind::Removed, "X", "1", ""}};
    stage.statusAfter = 204;
    stage.decisions = {{"cors.Reflected", QStringLiteral("ä")}};
    stage.requestChanges.insert(QStringLiteral("body"), JsValue::buffer("\0\1"));
    stage.requestBefore.insert(QStringLiteral("body"), JsValue::object());
    stage.lateDecisions = 1;
    stage.lateNs = 1234;
    stage.ended = true;
    stage.error = QStringLiteral("no");
    record.server.stages = {stage};
    record.server.event = "upgrade";
    record.server.handler.insert(QStringLiteral("query"), JsValue(1.5));
    record.server.decisions = {{"http.BareLf", {}}};
    record.client.forwarded = ExchangeKey {50001, 8080, 3};
    record.client.end.tls = std::make_shared<const TlsHandshake>(handshake("api.shop.test"));
    record.server.end.tls = std::make_shared<const TlsHandshake>(handshake({}));
    return record;
}

} // namespace

class RecordCodecTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsEverythingOfAnExchange();
    void keepsOddHeadBytes();
    void storesABodyThatBothEndsSawOnce();
    void storesAChunkedBodyBesideItsChunks();
    void countsADroppedBody();
    void keepsEverythingOfACall();
    void keepsChangesAndActs();
    void keepsEveryKindOfValue_data();
    void keepsEveryKindOfValue();
    void refusesDamagedRecords();
    void refusesANewerFormat();
    void cutsLongBodies_data();
    void cutsLongBodies();
};

void RecordCodecTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void RecordCodecTest::keepsEverythingOfAnExchange()
{
    const ExchangeRecord before = fullRecord();
    const auto after = thereAndBack(before);
    QVERIFY(after);
    QCOMPARE(after->id, before.id);
    QCOMPARE(after->call, before.call);
    QCOMPARE(after->connection, before.connection);
    QCOMPARE(after->node, before.node);
    QCOMPARE(after->kind, before.kind);
    QCOMPARE(after->via, before.via);
    QCOMPARE(after->linked, before.linked);
    QCOMPARE(after->external, before.external);
    QCOMPARE(after->targetOrigin, before.targetOrigin);
    QCOMPARE(after->startedAt, before.startedAt);
    QCOMPARE(after->t, before.t);
    QCOMPARE(after->bytesCut, before.bytesCut);
    for (const auto &[a, b] : {std::pair(after->client.end, before.client.end),
                               std::pair(after->server.end, before.server.end)}) {
        QCOMPARE(a.startedNs, b.startedNs);
        QCOMPARE(a.connectNs, b.connectNs);
        QCOMPARE(a.requestSentNs, b.requestSentNs);
        QCOMPARE(a.firstByteNs, b.firstByteNs);
        QCOMPARE(a.finishedNs, b.finishedNs);
        QCOMPARE(a.requestBytes, b.requestBytes);
        QCOMPARE(a.responseBytes, b.responseBytes);
        QCOMPARE(a.request, b.request);
        QCOMPARE(a.response, b.response);
        QCOMPARE(a.requestBody, b.requestBody);
        QCOMPARE(a.responseBody, b.responseBody);
        QCOMPARE(a.responseChunks, b.responseChunks);
        QCOMPARE(a.aborted, b.aborted);
        QVERIFY(a.tls && *a.tls == *b.tls);
    }
    QVERIFY(after->client.key == before.client.key);
    QVERIFY(after->client.forwarded == before.client.forwarded);
    QCOMPARE(after->client.decisions, before.client.decisions);
    QCOMPARE(after->server.event, before.server.event);
    QCOMPARE(after->server.handler, before.server.handler);
    QCOMPARE(after->server.decisions, before.server.decisions);
    const StageRecord &stage = after->server.stages.at(0);
    const StageRecord &expected = before.server.stages.at(0);
    QCOMPARE(stage.name, expected.name);
    QCOMPARE(stage.mountPath, expected.mountPath);
    QCOMPARE(stage.leftNs, expected.leftNs);
    QCOMPARE(stage.headerChanges, expected.headerChanges);
    QCOMPARE(stage.lateHeaderChanges, expected.lateHeaderChanges);
    QCOMPARE(stage.statusAfter, expected.statusAfter);
    QCOMPARE(stage.decisions, expected.decisions);
    QCOMPARE(stage.requestChanges, expected.requestChanges);
    QCOMPARE(stage.requestBefore, expected.requestBefore);
    QCOMPARE(stage.lateDecisions, expected.lateDecisions);
    QCOMPARE(stage.lateNs, expected.lateNs);
    QCOMPARE(stage.ended, expected.ended);
    QCOMPARE(stage.error, expected.error);
}

void RecordCodecTest::keepsOddHeadBytes()
{
    ExchangeRecord record = exchange(1, request("GET", "/"), response(400));
    record.server.end.requestBytes = "GET  / HTTP/1.1\nHost:x\r\n no end";
    record.client.end.responseBytes = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody";
    record.client.end.responseBody = "body";
    const auto after = thereAndBack(record);
    QVERIFY(after);
    QCOMPARE(after->server.end.requestBytes, record.server.end.requestBytes);
    QCOMPARE(after->client.end.responseBytes, record.client.end.responseBytes);
}

void RecordCodecTest::storesABodyThatBothEndsSawOnce()
{
    const QByteArray body(5'000, 'x');
    const ExchangeRecord record = exchange(1, request("GET", "/"), response(200), body);
    QCOMPARE(layOutBodies(record).size, 5'000);
}

void RecordCodecTest::storesAChunkedBodyBesideItsChunks()
{
    ExchangeRecord record = exchange(1, request("GET", "/"), response(200));
    const QByteArray chunked = "4\r\npong\r\n0\r\n\r\n";
    for (EndReport *end : {&record.client.end, &record.server.end}) {
        end->responseBytes += chunked;
        end->responseBody = "pong";
    }
    QCOMPARE(layOutBodies(record).size, chunked.size() + 4);
    const auto after = thereAndBack(record);
    QVERIFY(after);
    QCOMPARE(after->server.end.responseBytes, record.server.end.responseBytes);
    QCOMPARE(after->client.end.responseBody, QByteArray("pong"));
}

void RecordCodecTest::countsADroppedBody()
{
    const ExchangeRecord record
        = exchange(1, request("GET", "/"), response(200), QByteArray(900, 'x'));
    const auto decoded
        = decodeExchange(encodeExchange(record, layOutBodies(record), 0), std::nullopt);
    QVERIFY(decoded);
    QCOMPARE(decoded->record.bytesCut, 900);
    QCOMPARE(decoded->record.client.end.responseBody, QByteArray());
    QVERIFY(decoded->record.client.end.responseBytes.endsWith("\r\n\r\n"));
}

void RecordCodecTest::keepsEverythingOfACall()
{
    CallRecord call;
    call.id = 3;
    call.t = 1.25;
    call.startedAt = 1'700'000'000'000;
    call.durationMs = 4.5;
    call.api = "img";
    call.page = "http://app.shop.test:3000";
    call.reason = "cors.OriginMismatch";
    call.chromiumCode = "AllowOriginMismatch";
    call.headers = {{"X-Trace", "1"}};
    call.seen = {{"etag", "1"}};
    call.preflight = CallRecord::Preflight::Cached;
    call.cacheSecondsLeft = 588.5;
    call.outcome = CallRecord::Outcome::Blocked;
    call.executed = true;
    call.body = QByteArray("\0binary", 7);
    call.exchanges = {4, 5};
    call.steps = {{"cors.OriginMismatch", AlgorithmStep::Outcome::Failed, QStringLiteral("No."),
                   "Access-Control-Allow-Origin: x", QStringLiteral("Fetch"), 5}};
    call.console = QStringList {QStringLiteral("Access to fetch …")};
    call.withheld = {{"sid", "samesite-lax"}};
    call.rejected = {{"big", "too-large"}};

    const auto after = decodeCall(encodeCall(call));
    QVERIFY(after);
    QCOMPARE(encodeCall(*after), encodeCall(call));
    QCOMPARE(after->api, call.api);
    QCOMPARE(after->reason, call.reason);
    QCOMPARE(after->headers, call.headers);
    QCOMPARE(after->cacheSecondsLeft, call.cacheSecondsLeft);
    QCOMPARE(after->outcome, call.outcome);
    QCOMPARE(after->body, call.body);
    QCOMPARE(after->exchanges, call.exchanges);
    QCOMPARE(after->steps.at(0).evidence, call.steps.at(0).evidence);
    QCOMPARE(after->console, call.console);
    QCOMPARE(after->rejected, call.rejected);
}

void RecordCodecTest::keepsChangesAndActs()
{
    const ChangeRecord change {2, 7.5, "server.cors.maxAge", JsValue(600), true};
    const auto changed = decodeChange(encodeChange(change));
    QVERIFY(changed);
    QCOMPARE(changed->path, change.path);
    QCOMPARE(changed->value, change.value);
    QVERIFY(changed->byLesson);
    const auto act = decodeAct(encodeAct({3, 8, "advance", QStringLiteral("10s")}));
    QVERIFY(act);
    QCOMPARE(act->argument, QStringLiteral("10s"));
}

void RecordCodecTest::keepsEveryKindOfValue_data()
{
    QTest::addColumn<JsValue>("value");
    JsValue nested = JsValue::object();
    nested.insert(QStringLiteral("list"),
                  JsValue::array({JsValue(), JsValue(nullptr), JsValue(false)}));
    nested.insert(QStringLiteral("2"), JsValue(-0.5));
    QTest::addRow("undefined") << JsValue();
    QTest::addRow("null") << JsValue(nullptr);
    QTest::addRow("true") << JsValue(true);
    QTest::addRow("number") << JsValue(1e300);
    QTest::addRow("string") << JsValue(QStringLiteral("né\U0001F600"));
    QTest::addRow("buffer") << JsValue::buffer(QByteArray("\0\xff", 2));
    QTest::addRow("regular expression")
        << JsValue(JsRegExp {QStringLiteral("a+"), QStringLiteral("i")});
    QTest::addRow("date") << JsValue(JsDate {1.5e12});
    QTest::addRow("nested") << nested;
}

void RecordCodecTest::keepsEveryKindOfValue()
{
    QFETCH(JsValue, value);
    const auto change = decodeChange(encodeChange({1, 0, "x", value, false}));
    QVERIFY(change);
    QCOMPARE(change->value.type(), value.type());
    QVERIFY(change->value == value);
}

void RecordCodecTest::refusesDamagedRecords()
{
    const ExchangeRecord record = fullRecord();
    const BodyLayout layout = layOutBodies(record);
    const QByteArray good = encodeExchange(record, layout, 0);
    const QByteArray bodies = gatherBodies(record, layout);
    for (qsizetype size = 0; size < good.size(); ++size)
        QVERIFY2(!decodeExchange(good.first(size), bodies), qPrintable(QString::number(size)));
    QVERIFY(!decodeExchange(good, bodies.first(1)));
    // Any single wrong byte must be survived; many are valid records of other content.
    for (qsizetype i = 0; i < good.size(); ++i) {
        QByteArray damaged = good;
        damaged[i] = static_cast<char>(damaged.at(i) ^ 0xff);
        decodeExchange(damaged, bodies);
    }
}

void RecordCodecTest::refusesANewerFormat()
{
    QByteArray bytes = encodeAct({1, 0, "x", {}});
    bytes[0] = recordFormat + 1;
    QVERIFY(!decodeAct(bytes));
}

void RecordCodecTest::cutsLongBodies_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<qint64>("cut");
    QTest::addRow("shorter") << 99 << qint64(0);
    QTest::addRow("exactly the limit") << 100 << qint64(0);
    QTest::addRow("one byte more") << 101 << qint64(1);
}

void RecordCodecTest::cutsLongBodies()
{
    QFETCH(int, size);
    QFETCH(qint64, cut);
    ExchangeRecord record = exchange(1, request("GET", "/"), response(200), QByteArray(size, 'x'));
    limitBodies(record, 100);
    QCOMPARE(record.bytesCut, cut);
    QCOMPARE(record.client.end.responseBody.size(), std::min(size, 100));
    QVERIFY(record.server.end.responseBytes.endsWith(record.server.end.responseBody));
}

QTEST_GUILESS_MAIN(RecordCodecTest)
#include "tst_recordcodec.moc"
