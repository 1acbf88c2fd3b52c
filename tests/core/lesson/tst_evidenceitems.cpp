// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/checkschema.h"
#include "lesson/evidencefields.h"
#include "lesson/evidenceitems.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;

namespace {

JsValue json(const char *text)
{
    return std::get<JsValue>(parseJson(QByteArrayView(text)));
}

ExchangeRecord fullExchange()
{
    ExchangeRecord record;
    record.id = 7;
    record.call = 3;
    record.kind = ExchangeRecord::Kind::Preflight;
    record.targetOrigin = "http://api.shop.test:8000";
    record.startedAt = 1'700'000'000'000;
    record.t = 12.5;
    EndReport &end = record.client.end;
    end.startedNs = 1'000'000;
    end.firstByteNs = 3'500'000;
    end.finishedNs = 5'000'000;
    end.request = {"POST",
                   "/api/user?role=a&role=b&x=%20+",
                   {1, 1},
                   {{"Host", "api.shop.test:8000"},
                    {"Cookie", "sid=1; theme=dark"},
                    {"Content-Type", "application/json"}}};
    end.requestBody = R"({"name":"Ada"})";
    end.response
        = {200,
           "OK",
           {1, 1},
           {{"Vary", "Origin"},
            {"vary", "Accept"},
            {"Set-Cookie", "sid=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly"},
            {"Set-Cookie", "theme=dark; Max-Age=60; SameSite=Lax; Secure"},
            {"Content-Security-Policy",
             "default-src 'self'; script-src 'self' http://cdn.test:7000"}}};
    end.responseBody = R"({"id":1})";
    end.responseChunks = 2;
    record.server.endedBy = "routes";
    record.server.handler = json(R"({"query": {"role": ["a", "b"]}})");
    StageRecord stage;
    stage.name = "cors";
    stage.decisions = {{"cors.Answered", QStringLiteral("answered")}};
    record.server.stages = {stage};
    record.server.settings
        = std::make_shared<const JsValue>(json(R"({"cors.maxAge": 60, "client.page": "x"})"));
    return record;
}

} // namespace

class EvidenceItemsTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void givesTheFieldsOfAnExchange_data();
    void givesTheFieldsOfAnExchange();
    void fillsEveryFieldOfTheSchema();
    void leavesOutWhatACallCannotSay();
    void replacesAnItemThatArrivesAgain();
    void nestsSettings();
    void decodesBodies();
};

void EvidenceItemsTest::givesTheFieldsOfAnExchange_data()
{
    QTest::addColumn<QString>("pointer");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *pointer, const char *expected) {
        QTest::addRow("%s", pointer) << QString::fromLatin1(pointer) << QString::fromUtf8(expected);
    };
    row("/id", "7");
    row("/call", "3");
    row("/t", "12.5");
    row("/duration", "4");
    row("/kind", "\"preflight\"");
    row("/event", "\"request\"");
    row("/cfg/cors/maxAge", "60");
    row("/cfg/client/page", "\"x\"");
    row("/req/method", "\"POST\"");
    row("/req/path", "\"/api/user\"");
    row("/req/q/role", "[\"a\",\"b\"]");
    row("/req/q/x", "[\"  \"]");
    row("/req/cookie/theme", "\"dark\"");
    row("/req/bytes", "14");
    row("/req/json/name", "\"Ada\"");
    row("/req/tls", "false");
    row("/res/status", "200");
    row("/res/h/Vary", "\"Origin, Accept\"");
    row("/res/cookie/sid/deleted", "true");
    row("/res/cookie/sid/httpOnly", "true");
    row("/res/cookie/theme/maxAge", "60");
    row("/res/cookie/theme/sameSite", "\"lax\"");
    row("/res/cookie/theme/secure", "true");
    row("/res/cookie/theme/bytes", "9");
    row("/res/cookie/theme/deleted", "false");
    row("/res/csp/script-src", "[\"'self'\",\"http://cdn.test:7000\"]");
    row("/res/firstByte", "2.5");
    row("/res/chunks", "2");
    row("/handler/query/role/1", "\"b\"");
    row("/visited", "[\"cors\"]");
    row("/decisions", "[\"cors.Answered\"]");
    row("/endedBy", "\"routes\"");
}

void EvidenceItemsTest::givesTheFieldsOfAnExchange()
{
    QFETCH(QString, pointer);
    QFETCH(QString, expected);
    EvidenceItems items;
    QCOMPARE(stringifyJson(items.exchange(fullExchange()).value.at(pointer)), expected);
}

void EvidenceItemsTest::fillsEveryFieldOfTheSchema()
{
    EvidenceItems items;
    const JsValue exchange = items.exchange(fullExchange()).value;
    for (const QString &field : streamType(CheckStream::Http).fields->keys()) {
        if (field != u"srv") // comes with the streams of the server
            QVERIFY2(exchange.contains(field), qPrintable(field));
    }
    CallRecord call;
    call.outcome = CallRecord::Outcome::Blocked;
    call.reason = "cors.OriginMismatch";
    call.directive = "connect-src";
    call.mode = "cors";
    call.credentials = "omit";
    call.type = "cors";
    call.readable = true;
    call.body = "{}";
    const JsValue made = EvidenceItems::call(call).value;
    for (const QString &field : streamType(CheckStream::Call).fields->keys())
        QVERIFY2(made.contains(field), qPrintable(field));
}

void EvidenceItemsTest::leavesOutWhatACallCannotSay()
{
    CallRecord call;
    call.body = "secret";
    const JsValue made = EvidenceItems::call(call).value;
    QVERIFY(!made.contains(u"reason"));
    QVERIFY(!made.contains(u"text"));
    QCOMPARE(made[u"result"], JsValue(QStringLiteral("pending")));
}

void EvidenceItemsTest::replacesAnItemThatArrivesAgain()
{
    Evidence evidence;
    EvidenceItems items;
    ExchangeRecord record = fullExchange();
    record.client.end.response.status = 0;
    items.put(evidence, record);
    QVERIFY(evidence.items(CheckStream::Http).front().value[u"res"][u"status"].isUndefined());
    items.put(evidence, fullExchange());
    QCOMPARE(evidence.items(CheckStream::Http).size(), size_t(1));
    QCOMPARE(evidence.items(CheckStream::Http).front().value[u"res"][u"status"], JsValue(200));
}

void EvidenceItemsTest::nestsSettings()
{
    const JsValue flat = json(R"({"a.b": 1, "a.c": {"d": 2}, "a.c.e": 3, "f": false, "f.g": 4})");
    QCOMPARE(stringifyJson(nestedSettings(flat)),
             QStringLiteral(R"({"a":{"b":1,"c":{"d":2,"e":3}},"f":false})"));
}

void EvidenceItemsTest::decodesBodies()
{
    const QByteArray gzip
        = QByteArray::fromHex("1f8b0800000000000003cb48cdc9c9070086a6103605000000");
    QCOMPARE(decodedBody(gzip, "gzip"), QByteArray("hello"));
    QCOMPARE(decodedBody(gzip, ""), gzip);
    QCOMPARE(decodedBody("plain", "unheard-of"), QByteArray("plain"));
    QCOMPARE(decodedBody("plain", "gzip"), QByteArray("plain"));
}

QTEST_GUILESS_MAIN(EvidenceItemsTest)
#include "tst_evidenceitems.moc"
