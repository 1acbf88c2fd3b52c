// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "core/exporters/harschema.h"
#include "exporters/curl.h"
#include "exporters/har.h"
#include "exporters/secrets.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;

namespace {

ExchangeRecord exchange(quint64 id, const RequestHead &request, const QByteArray &requestBody,
                        const ResponseHead &response, const QByteArray &responseBody)
{
    ExchangeRecord record;
    record.id = id;
    record.call = 1;
    record.connection = 3;
    record.startedAt = 1'700'000'000'123;
    record.targetOrigin = "http://api.shop.test:8000";
    record.client.key = {40'000, 8123, 0};
    EndReport &end = record.client.end;
    end.startedNs = 1'000'000;
    end.connectNs = 300'000;
    end.requestSentNs = 1'200'000;
    end.firstByteNs = 3'200'000;
    end.finishedNs = 3'700'000;
    end.request = request;
    end.requestBody = requestBody;
    end.response = response;
    end.responseBody = responseBody;
    end.requestBytes = request.method + " " + request.target + " HTTP/1.1\r\n\r\n" + requestBody;
    end.responseBytes = "HTTP/1.1 200 OK\r\n\r\n" + responseBody;
    return record;
}

CaptureData sample()
{
    CaptureData data;
    data.exchanges.push_back(exchange(
        1,
        {"PUT",
         "/api/user?token=abc&x=1",
         {},
         {{"Host", "api.shop.test:8000"},
          {"Authorization", "Bearer abc.def"},
          {"Cookie", "sid=s3cret; theme=dark"},
          {"Content-Type", "application/json"}}},
        "{\"name\":\"Ada\",\"password\":\"123456\"}",
        {200,
         "OK",
         {},
         {{"Content-Type", "application/json; charset=utf-8"},
          {"Set-Cookie", "sid=n3w; Path=/; HttpOnly; Expires=Wed, 15 Nov 2023 00:00:00 GMT"}}},
        "{\"id\":1,\"token\":\"t0ps3cret\"}"));
    data.exchanges.push_back(exchange(2, {"GET", "/images/logo.png", {}, {}}, {},
                                      {200, "OK", {}, {{"Content-Type", "image/png"}}},
                                      QByteArray("\x89PNG\0\xff", 6)));
    ExchangeRecord unanswered = exchange(3, {"GET", "/ping", {}, {}}, {}, {}, {});
    unanswered.client.end.responseBytes.clear();
    unanswered.client.end.requestSentNs = 0;
    unanswered.client.end.firstByteNs = 0;
    unanswered.client.end.finishedNs = 0;
    unanswered.client.end.connectNs = 0;
    data.exchanges.push_back(unanswered);
    CallRecord call;
    call.id = 1;
    call.page = "http://app.shop.test:3000";
    data.calls.push_back(call);
    return data;
}

JsValue exported(bool keepSecrets = false)
{
    const auto har = writeHar(sample(), {keepSecrets});
    return std::get<JsValue>(parseJson(QByteArrayView(*har)));
}

QList<JsValue> entries()
{
    return exported()[u"log"][u"entries"].items();
}

} // namespace

class HarTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void satisfiesTheOfficialSchema();
    void givesChromeEveryFieldItsImporterReads();
    void neverWritesANumberThatIsNone();
    void addsUpToTheTimeOfTheEntry();
    void datesCarryAZone();
    void keepsBinaryContentAsBase64();
    void masksSecretsUnlessAskedNotTo_data();
    void masksSecretsUnlessAskedNotTo();
    void readsBackWhatItWrote();
    void carriesTheHandshake();
    void refusesWhatIsNoHar_data();
    void refusesWhatIsNoHar();
    void readsArchivesOfOtherTools();
    void quotesForTheShell();
};

void HarTest::satisfiesTheOfficialSchema()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("session.har")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(*writeHar(sample(), {}));
    file.close();
    QCOMPARE(harSchemaFault(file.fileName()), QString());
}

// What the HAR importer of Chromium's DevTools reads as required (SDK.HAR.HARFormat): a missing one
// makes it refuse the whole file.
void HarTest::givesChromeEveryFieldItsImporterReads()
{
    const JsValue log = exported()[u"log"];
    QCOMPARE(log[u"version"].toString(), QStringLiteral("1.2"));
    QVERIFY(log[u"creator"][u"name"].isString() && log[u"creator"][u"version"].isString());
    const JsValue page = log.at(u"/pages/0");
    QVERIFY(page[u"id"].isString() && page[u"title"].isString());
    QVERIFY(page[u"pageTimings"][u"onLoad"].isNumber());
    for (const JsValue &entry : log[u"entries"].items()) {
        QCOMPARE(entry[u"pageref"], page[u"id"]);
        QVERIFY(entry[u"cache"].isObject());
        for (const QStringView name : {u"url", u"method", u"httpVersion"})
            QVERIFY(entry[u"request"][name].isString());
        for (const QStringView name : {u"cookies", u"headers", u"queryString"})
            QVERIFY(entry[u"request"][name].isArray());
        for (const QStringView name : {u"statusText", u"httpVersion", u"redirectURL"})
            QVERIFY(entry[u"response"][name].isString());
        QVERIFY(!entry[u"response"][u"content"][u"mimeType"].toString().isEmpty());
        QVERIFY(entry[u"response"][u"content"][u"size"].isNumber());
        for (const QStringView name : {u"send", u"wait", u"receive"})
            QVERIFY(entry[u"timings"][name].toNumber(-1) >= 0);
    }
}

void HarTest::neverWritesANumberThatIsNone()
{
    const QByteArray text = *writeHar(sample(), {});
    QVERIFY(!text.contains("NaN") && !text.contains("Infinity"));
    for (const JsValue &entry : entries()) {
        for (const QStringView side : {u"request", u"response"}) {
            QVERIFY(entry[side][u"headersSize"].isNumber());
            QVERIFY(entry[side][u"bodySize"].isNumber());
        }
    }
    QCOMPARE(entries().at(2)[u"response"][u"bodySize"].toNumber(), -1.0);
}

void HarTest::addsUpToTheTimeOfTheEntry()
{
    const JsValue entry = entries().at(0);
    QCOMPARE(entry[u"timings"][u"connect"].toNumber(), 0.3);
    QCOMPARE(entry[u"timings"][u"send"].toNumber(), 0.2);
    QCOMPARE(entry[u"timings"][u"wait"].toNumber(), 2.0);
    QCOMPARE(entry[u"timings"][u"receive"].toNumber(), 0.5);
    QCOMPARE(entry[u"time"].toNumber(), 3.0);
}

void HarTest::datesCarryAZone()
{
    const QString started = entries().at(0)[u"startedDateTime"].toString();
    QCOMPARE(started, QStringLiteral("2023-11-14T22:13:20.123Z"));
    const JsValue cookie = entries().at(0)[u"response"].at(u"/cookies/0");
    QCOMPARE(cookie[u"expires"].toString(), QStringLiteral("2023-11-15T00:00:00.000Z"));
    QCOMPARE(cookie[u"httpOnly"], JsValue(true));
}

void HarTest::keepsBinaryContentAsBase64()
{
    const JsValue content = entries().at(1)[u"response"][u"content"];
    QCOMPARE(content[u"encoding"].toString(), QStringLiteral("base64"));
    QCOMPARE(QByteArray::fromBase64(content[u"text"].toString().toLatin1()),
             QByteArray("\x89PNG\0\xff", 6));
}

void HarTest::masksSecretsUnlessAskedNotTo_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addRow("a cookie's value") << QByteArray("s3cret");
    QTest::addRow("a new cookie's value") << QByteArray("n3w");
    QTest::addRow("a bearer token") << QByteArray("abc.def");
    QTest::addRow("a token in the URL") << QByteArray("token=abc");
    QTest::addRow("a password in a body") << QByteArray("123456");
    QTest::addRow("a token in an answer") << QByteArray("t0ps3cret");
}

void HarTest::masksSecretsUnlessAskedNotTo()
{
    QFETCH(QByteArray, secret);
    QVERIFY(!writeHar(sample(), {})->contains(secret));
    QVERIFY(writeHar(sample(), {true})->contains(secret));
    QVERIFY(writeHar(sample(), {})->contains("theme=[masked]"));
}

void HarTest::readsBackWhatItWrote()
{
    const auto data = readHar(*writeHar(sample(), {true}));
    QVERIFY(data.has_value());
    QCOMPARE(data->exchanges.size(), 3u);
    const EndReport end = data->exchanges.at(0).client.end;
    const EndReport original = sample().exchanges.at(0).client.end;
    QCOMPARE(end.request, original.request);
    QCOMPARE(end.requestBody, original.requestBody);
    QCOMPARE(end.response, original.response);
    QCOMPARE(end.responseBody, original.responseBody);
    QCOMPARE(data->exchanges.at(0).durationMs(), 2.7);
    QVERIFY(!data->exchanges.at(0).hasServer);
}

void HarTest::carriesTheHandshake()
{
    const TlsHandshake handshake {
        "TLSv1.3",
        "TLS_AES_256_GCM_SHA384",
        "http/1.1",
        {},
        {{"CN=localhost", "CN=Roundtrip lab", {"127.0.0.1", "localhost"}, 1000, 2000, "9f:86"}}};
    CaptureData data = sample();
    EndReport &end = data.exchanges.front().client.end;
    TlsHandshake timed = handshake;
    timed.startedNs = end.startedNs - 200'000;
    timed.finishedNs = end.startedNs;
    end.tls = std::make_shared<const TlsHandshake>(timed);
    const QByteArray har = *writeHar(data, {});
    const JsValue entry = std::get<JsValue>(parseJson(QByteArrayView(har))).at(u"/log/entries/0");
    QCOMPARE(entry[u"timings"][u"ssl"].toNumber(), 0.2);
    QCOMPARE(entry[u"time"].toNumber(), 3.0); // a part of connecting
    const auto read = readHar(har);
    QVERIFY(read && read->exchanges.at(0).client.end.tls);
    QVERIFY(*read->exchanges.at(0).client.end.tls == handshake);
    QVERIFY(!read->exchanges.at(1).client.end.tls);
}

void HarTest::refusesWhatIsNoHar_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    QTest::addRow("no JSON") << QByteArray("<html>") << QStringLiteral("line 1, column 1");
    QTest::addRow("cut off") << QByteArray("{\"log\":\n {\"entries\": [")
                             << QStringLiteral("line 2");
    QTest::addRow("another JSON") << QByteArray("{\"cors\":{}}") << QStringLiteral("no list");
    QTest::addRow("entries without requests")
        << QByteArray("{\"log\":{\"entries\":[{},{\"request\":{}}]}}")
        << QStringLiteral("No entry");
}

void HarTest::refusesWhatIsNoHar()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, message);
    const auto data = readHar(text);
    QVERIFY(!data.has_value());
    QVERIFY2(data.error().message.contains(message), qPrintable(data.error().message));
}

void HarTest::readsArchivesOfOtherTools()
{
    const auto data = readHar("\xef\xbb\xbf{\"log\":{\"entries\":[{\"startedDateTime\":\"2024-05-"
                              "01T10:00:01.500+02:00\",\"request\":"
                              "{\"method\":\"OPTIONS\",\"url\":\"https://api.test/"
                              "x?y=1\",\"httpVersion\":\"h2\",\"headers\":["
                              "{\"name\":\":method\",\"value\":\"OPTIONS\"},{\"name\":\"origin\","
                              "\"value\":\"https://a.test\"},"
                              "{\"name\":\"access-control-request-method\",\"value\":\"PUT\"}]},"
                              "\"response\":{\"status\":204},"
                              "\"timings\":{\"connect\":null,\"wait\":4}}, {\"request\":null}]}}");
    QVERIFY(data.has_value());
    QCOMPARE(data->exchanges.size(), 1u);
    const ExchangeRecord &record = data->exchanges.at(0);
    QCOMPARE(record.kind, ExchangeRecord::Kind::Preflight);
    QCOMPARE(record.targetOrigin, QByteArray("https://api.test"));
    QCOMPARE(record.request().target, QByteArray("/x?y=1"));
    QCOMPARE(record.request().headers.size(), 2);
    QCOMPARE(record.request().version, (HttpVersion {2, 0}));
    QCOMPARE(record.startedAt,
             QDateTime::fromString(QStringLiteral("2024-05-01T08:00:01.500Z"), Qt::ISODateWithMs)
                 .toMSecsSinceEpoch());
}

void HarTest::quotesForTheShell()
{
    ExchangeRecord record = exchange(1, {"POST", "/api/echo?a=it's", {}, {{"X-Note", "don't"}}},
                                     "a\nb\xc3\xa9", {}, {});
    QCOMPARE(
        curlCommand(record, {true}),
        QByteArray(
            "curl -i -X 'POST' 'http://api.shop.test:8000/api/echo?a=it'\\''s' "
            "--connect-to 'api.shop.test:8000:127.0.0.1:8123' \\\n  -H 'X-Note: don'\\''t' \\\n"
            "  --data-raw $'a\\x0ab\\xc3\\xa9'\n"));
}

QTEST_GUILESS_MAIN(HarTest)
#include "tst_har.moc"
