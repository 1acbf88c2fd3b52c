// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/proxysettings.h"

#include "lab/labconfig.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;

using Gzip = ProxySettings::Gzip;

Q_DECLARE_METATYPE(rt::HeaderList)

namespace {

RequestHead requestWith(const HeaderList &headers, const QByteArray &method = "GET")
{
    return {method, "/api/data", {1, 1}, headers};
}

ResponseHead answerWith(const HeaderList &headers, int status = 200)
{
    return {status, "OK", {1, 1}, headers};
}

QByteArray lines(const HeaderList &headers)
{
    QByteArray text;
    for (const HeaderField &field : headers)
        text += field.name + ": " + field.value + '\n';
    return text;
}

} // namespace

class ProxySettingsTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsTheSettings();
    void sendsRequestsOn_data();
    void sendsRequestsOn();
    void sendsAnswersOn_data();
    void sendsAnswersOn();
    void decidesOnCompression_data();
    void decidesOnCompression();
    void changesTheFieldsOfCompressedAnswers_data();
    void changesTheFieldsOfCompressedAnswers();
    void namesFaults_data();
    void namesFaults();
};

void ProxySettingsTest::readsTheSettings()
{
    const ProxySettings defaults = ProxySettings::fromConfig(LabConfig::base());
    QCOMPARE(defaults.gzip, Gzip::Off);
    QCOMPARE(defaults.readTimeout, std::chrono::seconds(60));
    QVERIFY(defaults.websocket && !defaults.addCors && !defaults.buffering);
    QVERIFY(defaults.strip.isEmpty());
    const auto config = LabConfig::fromJson(
        R"({"proxy": {"gzip": "naive", "addCors": true, "readTimeout": 2, "websocket": false,
                      "buffering": true, "strip": ["Origin", "x-a"]}})");
    QVERIFY2(config.has_value(), config ? "" : qPrintable(config.error().message));
    const ProxySettings changed = ProxySettings::fromConfig(*config);
    QCOMPARE(changed.gzip, Gzip::Naive);
    QCOMPARE(changed.readTimeout, std::chrono::seconds(2));
    QVERIFY(!changed.websocket && changed.addCors && changed.buffering);
    QCOMPARE(changed.strip, (QByteArrayList {"origin", "x-a"}));
}

void ProxySettingsTest::sendsRequestsOn_data()
{
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<bool>("encrypted");
    QTest::addColumn<bool>("upgrade");
    QTest::addColumn<QByteArrayList>("strip");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray ours = "X-Forwarded-For: 127.0.0.9\nX-Forwarded-Host: shop.test:8080\n"
                            "X-Forwarded-Proto: http\nVia: 1.1 roundtrip\n";
    const HeaderField host {"Host", "shop.test:8080"};
    QTest::addRow("plain") << HeaderList {host, {"Accept", "*/*"}} << false << false
                           << QByteArrayList()
                           << "Host: shop.test:8080\nAccept: */*\n" + ours + "Connection: close\n";
    QTest::addRow("over TLS") << HeaderList {host} << true << false << QByteArrayList()
                              << QByteArray("Host: shop.test:8080\nX-Forwarded-For: 127.0.0.9\n"
                                            "X-Forwarded-Host: shop.test:8080\n"
                                            "X-Forwarded-Proto: https\nVia: 1.1 roundtrip\n"
                                            "Connection: close\n");
    QTest::addRow("what the client claims")
        << HeaderList {{"X-Forwarded-For", "1.2.3.4"},
                       {"X-Forwarded-Proto", "https"},
                       {"X-Forwarded-Host", "bank.test"},
                       {"Via", "1.0 fred"},
                       host}
        << false << false << QByteArrayList()
        << QByteArray("X-Forwarded-For: 1.2.3.4, 127.0.0.9\nX-Forwarded-Proto: http\n"
                      "X-Forwarded-Host: shop.test:8080\nVia: 1.0 fred, 1.1 roundtrip\n"
                      "Host: shop.test:8080\nConnection: close\n");
    QTest::addRow("fields of the first hop")
        << HeaderList {host,
                       {"Connection", "keep-alive, X-Hop"},
                       {"Keep-Alive", "timeout=5"},
                       {"X-Hop", "1"},
                       {"TE", "trailers"},
                       {"Transfer-Encoding", "chunked"},
                       {"Expect", "100-continue"}}
        << false << false << QByteArrayList()
        << "Host: shop.test:8080\n" + ours + "Transfer-Encoding: chunked\nConnection: close\n";
    const HeaderList handshake {host, {"Connection", "Upgrade"}, {"Upgrade", "websocket"}};
    QTest::addRow("upgrade passed on")
        << handshake << false << true << QByteArrayList()
        << "Host: shop.test:8080\n" + ours + "Upgrade: websocket\nConnection: Upgrade\n";
    QTest::addRow("upgrade dropped") << handshake << false << false << QByteArrayList()
                                     << "Host: shop.test:8080\n" + ours + "Connection: close\n";
    QTest::addRow("stripped") << HeaderList {host, {"Accept-Encoding", "gzip"}} << false << false
                              << QByteArrayList {"accept-encoding"}
                              << "Host: shop.test:8080\n" + ours + "Connection: close\n";
}

void ProxySettingsTest::sendsRequestsOn()
{
    QFETCH(HeaderList, headers);
    QFETCH(bool, encrypted);
    QFETCH(bool, upgrade);
    QFETCH(QByteArrayList, strip);
    ProxySettings settings;
    settings.strip = strip;
    const RequestHead forwarded = forwardedRequest(
        requestWith(headers), {"127.0.0.9", 4711, 8080, encrypted}, settings, upgrade);
    QCOMPARE(forwarded.target, "/api/data");
    QTEST(lines(forwarded.headers), "expected");
}

void ProxySettingsTest::sendsAnswersOn_data()
{
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<HeaderList>("asked");
    QTest::addColumn<bool>("addCors");
    QTest::addColumn<QByteArray>("expected");
    const HeaderField origin {"Origin", "http://app.shop.test:3000"};
    const HeaderField allowed {"Access-Control-Allow-Origin", "http://app.shop.test:3000"};
    QTest::addRow("plain") << HeaderList {{"Date", "x"},
                                          {"Connection", "close"},
                                          {"Transfer-Encoding", "chunked"},
                                          {"Set-Cookie", "a=1"},
                                          {"Set-Cookie", "b=2"}}
                           << HeaderList {} << false
                           << QByteArray("Date: x\nSet-Cookie: a=1\nSet-Cookie: b=2\n"
                                         "Via: 1.1 roundtrip\n");
    QTest::addRow("a second Allow-Origin")
        << HeaderList {allowed} << HeaderList {origin} << true
        << QByteArray("Access-Control-Allow-Origin: http://app.shop.test:3000\n"
                      "Via: 1.1 roundtrip\n"
                      "Access-Control-Allow-Origin: http://app.shop.test:3000\n");
    QTest::addRow("without Origin")
        << HeaderList {} << HeaderList {} << true
        << QByteArray("Via: 1.1 roundtrip\nAccess-Control-Allow-Origin: *\n");
}

void ProxySettingsTest::sendsAnswersOn()
{
    QFETCH(HeaderList, headers);
    QFETCH(HeaderList, asked);
    QFETCH(bool, addCors);
    ProxySettings settings;
    settings.addCors = addCors;
    QTEST(lines(forwardedResponse(answerWith(headers), requestWith(asked), settings)), "expected");
}

void ProxySettingsTest::decidesOnCompression_data()
{
    QTest::addColumn<ProxySettings::Gzip>("gzip");
    QTest::addColumn<QByteArray>("accepted");
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<QByteArray>("expected");
    const HeaderField json {"Content-Type", "application/json"};
    const HeaderField gzipped {"Content-Encoding", "gzip"};
    const auto row = [](const char *title, Gzip gzip, const char *accepted,
                        const HeaderList &headers, const char *expected) {
        QTest::addRow("%s", title)
            << gzip << QByteArray(accepted) << headers << QByteArray(expected);
    };
    row("off", Gzip::Off, "gzip", {json}, "proxy.CompressionOff");
    row("on", Gzip::On, "gzip, br", {json}, "proxy.Compressed");
    row("on, by a weight", Gzip::On, "gzip;q=0", {json}, "proxy.NotAcceptable");
    row("on, nothing asked for", Gzip::On, "", {json}, "proxy.NotAcceptable");
    row("on, compressed before", Gzip::On, "gzip", {json, gzipped}, "proxy.AlreadyEncoded");
    row("on, identity", Gzip::On, "gzip", {json, {"Content-Encoding", "identity"}},
        "proxy.Compressed");
    row("on, a picture", Gzip::On, "gzip", {{"Content-Type", "image/png"}}, "proxy.FilteredType");
    row("on, no-transform", Gzip::On, "gzip", {json, {"Cache-Control", "public, no-transform"}},
        "proxy.NoTransform");
    row("on, 19 bytes", Gzip::On, "gzip", {json, {"Content-Length", "19"}}, "proxy.TooShort");
    row("on, 20 bytes", Gzip::On, "gzip", {json, {"Content-Length", "20"}}, "proxy.Compressed");
    row("on, nothing", Gzip::On, "gzip", {json, {"Content-Length", "0"}}, "proxy.NoContent");
    row("naive", Gzip::Naive, "gzip", {json}, "proxy.Compressed");
    row("naive, compressed before", Gzip::Naive, "gzip", {json, gzipped}, "proxy.CompressedAgain");
    row("naive, no-transform", Gzip::Naive, "gzip", {json, {"Cache-Control", "no-transform"}},
        "proxy.Compressed");
    row("naive, nothing asked for", Gzip::Naive, "", {json, gzipped}, "proxy.NotAcceptable");
}

void ProxySettingsTest::decidesOnCompression()
{
    QFETCH(ProxySettings::Gzip, gzip);
    QFETCH(QByteArray, accepted);
    QFETCH(HeaderList, headers);
    ProxySettings settings;
    settings.gzip = gzip;
    const RequestHead request = requestWith({{"Accept-Encoding", accepted}});
    const ResponseHead answer = answerWith(headers);
    const ProxyCoding coding = decideProxyCoding(request, answer, settings);
    QTEST(describe(coding, answer).id, "expected");
    QVERIFY(!describe(coding, answer).sentence.isEmpty());
    if (settings.gzip == Gzip::Off)
        return;
    QCOMPARE(
        decideProxyCoding(requestWith({{"Accept-Encoding", "gzip"}}, "HEAD"), answer, settings),
        ProxyCoding::NoContent);
    for (const int status : {204, 304})
        QCOMPARE(decideProxyCoding(request, answerWith(headers, status), settings),
                 ProxyCoding::NoContent);
}

void ProxySettingsTest::changesTheFieldsOfCompressedAnswers_data()
{
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("fresh") << HeaderList {{"Content-Length", "90"},
                                          {"ETag", "\"1\""},
                                          {"Accept-Ranges", "bytes"}}
                           << QByteArray("ETag: W/\"1\"\nContent-Encoding: gzip\n"
                                         "Vary: Accept-Encoding\n");
    QTest::addRow("one Content-Encoding stays")
        << HeaderList {{"Content-Encoding", "br"}, {"Vary", "Origin"}, {"ETag", "W/\"1\""}}
        << QByteArray("Content-Encoding: gzip\nVary: Origin, Accept-Encoding\nETag: W/\"1\"\n");
    QTest::addRow("Vary said it") << HeaderList {{"Vary", "accept-encoding"}}
                                  << QByteArray("Vary: accept-encoding\nContent-Encoding: gzip\n");
}

void ProxySettingsTest::changesTheFieldsOfCompressedAnswers()
{
    QFETCH(HeaderList, headers);
    markCompressed(headers);
    QTEST(lines(headers), "expected");
}

void ProxySettingsTest::namesFaults_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("status");
    const auto row = [](ProxyFault fault, const char *id, int status) {
        QTest::addRow("%s", id) << static_cast<int>(fault) << QByteArray(id) << status;
    };
    row(ProxyFault::UpstreamRefused, "proxy.UpstreamRefused", 502);
    row(ProxyFault::UpstreamClosed, "proxy.UpstreamClosed", 502);
    row(ProxyFault::BadResponse, "proxy.BadResponse", 502);
    row(ProxyFault::TlsFailed, "proxy.TlsFailed", 502);
    row(ProxyFault::ReadTimeout, "proxy.ReadTimeout", 504);
}

void ProxySettingsTest::namesFaults()
{
    QFETCH(int, fault);
    const auto named = static_cast<ProxyFault>(fault);
    QTEST(describe(named, {}).id, "id");
    QTEST(statusOf(named), "status");
}

QTEST_GUILESS_MAIN(ProxySettingsTest)
#include "tst_proxysettings.moc"
