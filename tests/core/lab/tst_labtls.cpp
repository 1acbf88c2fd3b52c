// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/lab.h"

#include "core/server/wirewatcher.h"
#include "lab/labsession.h"

#include <QDir>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;

namespace {

LabConfig configured(const QByteArray &json)
{
    const auto config = LabConfig::fromJson(json);
    return config ? *config : LabConfig();
}

/// A client that believes one authority and sends bytes as they are.
class TlsClient
{
public:
    TlsClient(quint16 port, const QByteArray &authorityPem,
              const QString &name = QStringLiteral("localhost"))
    {
        QSslConfiguration configuration = socket.sslConfiguration();
        configuration.setCaCertificates({QSslCertificate(authorityPem)});
        configuration.setAllowedNextProtocols({"http/1.1"});
        socket.setSslConfiguration(configuration);
        QObject::connect(&socket, &QSslSocket::readyRead, &socket,
                         [this] { received += socket.readAll(); });
        QObject::connect(&socket, &QSslSocket::sslErrors, &socket,
                         [this](const QList<QSslError> &all) { errors = all; });
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), port, name);
    }

    bool waitFor(const QByteArray &text, int count = 1)
    {
        return QTest::qWaitFor([&] { return received.count(text) >= count; });
    }

    QSslSocket socket;
    QByteArray received;
    QList<QSslError> errors;
};

quint16 portOf(const std::vector<ServerState::Listener> &listeners, const QByteArray &origin)
{
    for (const ServerState::Listener &listener : listeners) {
        if (listener.virtualOrigin == origin)
            return listener.port;
    }
    return 0;
}

/// The session's items, in order of arrival; the later of two with one id counts.
class Items
{
public:
    explicit Items(LabSession &session)
    {
        QObject::connect(&session, &LabSession::itemsArrived, &session,
                         [this](const std::vector<CaptureItem> &items) {
                             for (const CaptureItem &item : items)
                                 take(item);
                         });
    }
    std::optional<ExchangeRecord> exchange(ExchangeRecord::Via via) const
    {
        for (const auto &[id, record] : exchanges) {
            if (record.via == via)
                return record;
        }
        return std::nullopt;
    }

    std::map<quint64, ExchangeRecord> exchanges;
    std::map<quint64, CallRecord> calls;

private:
    void take(const CaptureItem &item)
    {
        if (const auto *exchange = std::get_if<ExchangeRecord>(&item))
            exchanges[exchange->id] = *exchange;
        else if (const auto *call = std::get_if<CallRecord>(&item))
            calls[call->id] = *call;
    }
};

/// Does one fetch and gives what came of it.
CallRecord called(LabSession &session, const Items &items, const FetchRequest &request)
{
    QSignalSpy finished(&session, &LabSession::callFinished);
    const quint64 call = session.fetch(request);
    const bool done = QTest::qWaitFor([&] {
        return finished.count() > 0 && items.calls.contains(call)
            && items.calls.at(call).outcome != CallRecord::Outcome::Pending;
    });
    return done ? items.calls.at(call) : CallRecord();
}

} // namespace

/// HTTPS of the whole lab, over real sockets and with foreign clients.
class LabTlsTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void speaksHttpsOnTheApiPortAsAPeerDoes();
    void keepsAndPipelinesOverTls();
    void answersAClientThatSaysItIsDone();
    void changesTheProtocolOfAPort();
    void servesTheApiOnAPortOfItsOwn();
    void curlBelievesTheAuthority_data();
    void curlBelievesTheAuthority();
    void isNotBelievedUnderAnotherName();
    void survivesWhatIsNoTls();
    void recordsTheHandshake();
    void hasTwinsWhileTlsIsOn();
    void theBuiltInBrowserBelievesTheLab();
    void refusesWhenTlsIsOff();
    void takesUpANewAuthority();
    void proxiesTheBuiltInBrowser();
    void tellsTheApplicationOfTlsBehindATrustedProxy_data();
    void tellsTheApplicationOfTlsBehindATrustedProxy();
};

void LabTlsTest::speaksHttpsOnTheApiPortAsAPeerDoes()
{
    Lab lab;
    QVERIFY(lab.setConfig(configured(R"({"tls": true})")));
    QVERIFY(lab.listen({.api = 0, .withSite = false}));
    QVERIFY(lab.speaksTls());
    TlsClient client(lab.apiPort(), lab.authorityPem());
    client.socket.write("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(client.waitFor("pong"));
    QCOMPARE(client.socket.sessionProtocol(), QSsl::TlsV1_3);
    QCOMPARE(client.socket.sslConfiguration().nextNegotiatedProtocol(), "http/1.1");
    QCOMPARE(client.socket.peerCertificateChain().size(), 2);
}

void LabTlsTest::keepsAndPipelinesOverTls()
{
    Lab lab;
    QVERIFY(lab.setConfig(configured(R"({"tls": true})")));
    QVERIFY(lab.listen({.api = 0, .withSite = false}));
    TlsClient client(lab.apiPort(), lab.authorityPem());
    client.socket.write("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(client.waitFor("pong"));
    const QByteArray two = "GET /api/data?bytes=100000 HTTP/1.1\r\nHost: x\r\n\r\n"
                           "GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    client.socket.write(two);
    QVERIFY(client.waitFor("pong", 2));
    QVERIFY(client.received.size() > 100000);
    QTRY_COMPARE(client.socket.state(), QAbstractSocket::UnconnectedState);
}

void LabTlsTest::answersAClientThatSaysItIsDone()
{
    Lab lab;
    QVERIFY(lab.setConfig(configured(R"({"tls": true})")));
    QVERIFY(lab.listen({.api = 0, .withSite = false}));
    // `openssl s_client` sends close_notify at the end of its input and goes on reading.
    QProcess process;
    process.start(QStringLiteral("openssl"),
                  QStringLiteral("s_client -quiet -ign_eof -connect 127.0.0.1:%1")
                      .arg(lab.apiPort())
                      .split(u' '));
    process.write("GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    process.closeWriteChannel();
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
    QVERIFY(process.readAllStandardOutput().contains("pong"));
}

void LabTlsTest::changesTheProtocolOfAPort()
{
    Lab lab;
    QVERIFY(lab.listen({.api = 0, .withSite = false}));
    QVERIFY(lab.authorityPem().isEmpty());
    QVERIFY(lab.setConfig(configured(R"({"tls": true})")));
    TlsClient secure(lab.apiPort(), lab.authorityPem());
    secure.socket.write("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(secure.waitFor("pong"));
    QVERIFY(lab.setConfig(configured("{}")));
    QTcpSocket plain;
    plain.connectToHost(QHostAddress::LocalHost, lab.apiPort());
    plain.write("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_VERIFY(plain.peek(1000).contains("pong"));
}

void LabTlsTest::servesTheApiOnAPortOfItsOwn()
{
    Lab lab;
    QVERIFY(lab.listen({.api = 0, .withSite = false, .apiTls = quint16(0)}));
    QVERIFY(!lab.speaksTls());
    const quint16 port = portOf(lab.listeners(), "https://api.shop.test:8443");
    QVERIFY(port != 0 && port != lab.apiPort());
    TlsClient client(port, lab.authorityPem());
    client.socket.write("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(client.waitFor("pong"));
}

void LabTlsTest::curlBelievesTheAuthority_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"localhost", "127.0.0.1", "api.shop.test", "evil.test"})
        QTest::addRow("%s", name) << QString::fromLatin1(name);
}

void LabTlsTest::curlBelievesTheAuthority()
{
    QFETCH(QString, name);
    const QTemporaryDir folder;
    Lab lab;
    lab.setTlsFolder(folder.path());
    QVERIFY(lab.setConfig(configured(R"({"tls": true})")));
    QVERIFY(lab.listen({.api = 0, .withSite = false}));
    QProcess curl;
    const QString port = QString::number(lab.apiPort());
    curl.start(QStringLiteral("curl"),
               QStringLiteral("-sS --tlsv1.3 --cacert %1 --resolve %2:%3:127.0.0.1 -w "
                              "|%{ssl_verify_result}|%{http_version} https://%2:%3/ping")
                   .arg(folder.filePath(QStringLiteral("authority.pem")), name, port)
                   .split(u' '));
    QTRY_COMPARE(curl.state(), QProcess::NotRunning);
    QCOMPARE(curl.readAllStandardError(), QByteArray());
    QCOMPARE(curl.readAllStandardOutput(), "pong|0|1.1");
}

void LabTlsTest::isNotBelievedUnderAnotherName()
{
    Lab lab;
    QVERIFY(lab.listen({.api = 0, .withSite = false, .apiTls = quint16(0)}));
    const quint16 port = portOf(lab.listeners(), "https://api.shop.test:8443");
    TlsClient client(port, lab.authorityPem(), QStringLiteral("www.example.org"));
    QTRY_VERIFY(!client.errors.isEmpty());
    QCOMPARE(client.errors.first().error(), QSslError::HostNameMismatch);
}

void LabTlsTest::survivesWhatIsNoTls()
{
    Lab lab;
    QVERIFY(lab.setConfig(configured(R"({"tls": true})")));
    QVERIFY(lab.listen({.api = 0, .withSite = false}));
    QTcpSocket plain;
    plain.connectToHost(QHostAddress::LocalHost, lab.apiPort());
    plain.write("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
    QTRY_COMPARE(plain.state(), QAbstractSocket::UnconnectedState);
    QVERIFY(!plain.readAll().contains("HTTP/1.1"));
    TlsClient client(lab.apiPort(), lab.authorityPem());
    client.socket.write("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(client.waitFor("pong"));
}

void LabTlsTest::recordsTheHandshake()
{
    Watcher watcher;
    Lab lab;
    lab.setObserver(&watcher);
    QVERIFY(lab.setConfig(configured(R"({"tls": true})")));
    QVERIFY(lab.listen({.api = 0, .withSite = false}));
    TlsClient client(lab.apiPort(), lab.authorityPem());
    client.socket.write("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n");
    QVERIFY(client.waitFor("pong"));
    QTRY_COMPARE(watcher.reports.size(), size_t(1));
    const EndReport &end = watcher.reports[0].end;
    QVERIFY(end.tls);
    QCOMPARE(end.tls->version, "TLSv1.3");
    QVERIFY(end.tls->cipher.startsWith("TLS_"));
    QCOMPARE(end.tls->alpn, "http/1.1");
    QCOMPARE(end.tls->chain.size(), size_t(2));
    QCOMPARE(end.tls->chain[0].issuer, end.tls->chain[1].subject);
    QVERIFY(end.tls->chain[0].names.contains("api.shop.test"));
    QVERIFY(end.tls->finishedNs > end.tls->startedNs);
    QCOMPARE(end.startedNs, end.tls->finishedNs);
    lab.setObserver(nullptr);
}

void LabTlsTest::hasTwinsWhileTlsIsOn()
{
    LabSession session({.apiPort = 0, .sitePort = 0});
    QVERIFY(session.start());
    const auto before = session.servers().listeners.size();
    const auto on = session.config().withSetting("server.tls", JsValue(true));
    session.setConfig(*on);
    QTRY_COMPARE(session.servers().listeners.size(), before + 5);
    for (const char *origin :
         {"https://api.shop.test:8443", "https://app.shop.test:3443",
          "https://rogue.shop.test:6662", "https://evil.test:6663", "https://www.shop.test"})
        QVERIFY2(portOf(session.servers().listeners, origin) != 0, origin);
    session.setConfig(*on->withSetting("server.proxy.enabled", JsValue(true)));
    QTRY_COMPARE(session.servers().listeners.size(), before + 7);
    session.setConfig(*on->withSetting("server.tls", JsValue(false)));
    QTRY_COMPARE(session.servers().listeners.size(), before);
}

void LabTlsTest::theBuiltInBrowserBelievesTheLab()
{
    LabSession session({.apiPort = 0, .sitePort = 0});
    const Items items(session);
    QVERIFY(session.start());
    session.setConfig(*session.config().withSetting("server.tls", JsValue(true)));
    const CallRecord call
        = called(session, items,
                 {.page = "https://api.shop.test:8443", .url = "https://api.shop.test:8443/ping"});
    QCOMPARE(call.outcome, CallRecord::Outcome::Ok);
    QCOMPARE(call.body, "pong");
    QTRY_VERIFY(!items.exchanges.empty());
    const ExchangeRecord &exchange = items.exchanges.begin()->second;
    const auto &client = exchange.client.end.tls;
    const auto &server = exchange.server.end.tls;
    QVERIFY(client && server);
    QCOMPARE(client->serverName, "api.shop.test");
    QCOMPARE(client->version, "TLSv1.3");
    QVERIFY(client->chain == server->chain);
    QVERIFY(client->finishedNs > client->startedNs);
    QVERIFY(exchange.client.end.connectNs >= client->finishedNs - client->startedNs);
}

void LabTlsTest::refusesWhenTlsIsOff()
{
    LabSession session({.apiPort = 0, .sitePort = 0});
    const Items items(session);
    QVERIFY(session.start());
    const CallRecord call
        = called(session, items,
                 {.page = "https://api.shop.test:8443", .url = "https://api.shop.test:8443/ping"});
    QCOMPARE(call.outcome, CallRecord::Outcome::Failed);
    QCOMPARE(call.reason, "net.Refused");
}

void LabTlsTest::takesUpANewAuthority()
{
    const QTemporaryDir folder;
    LabSession session({.apiPort = 0, .sitePort = 0, .tlsFolder = folder.path()});
    const Items items(session);
    QVERIFY(session.start());
    session.setConfig(*session.config().withSetting("server.tls", JsValue(true)));
    const FetchRequest ping {.page = "https://api.shop.test:8443",
                             .url = "https://api.shop.test:8443/ping"};
    QCOMPARE(called(session, items, ping).outcome, CallRecord::Outcome::Ok);
    QVERIFY(TlsIdentityStore(folder.path(), {}).remove());
    session.reloadTls();
    QCOMPARE(called(session, items, ping).outcome, CallRecord::Outcome::Ok);
    QTRY_COMPARE(items.exchanges.size(), size_t(2));
    QVERIFY(items.exchanges.begin()->second.client.end.tls->chain.back().fingerprint
            != items.exchanges.rbegin()->second.client.end.tls->chain.back().fingerprint);
}

void LabTlsTest::proxiesTheBuiltInBrowser()
{
    LabSession session(
        {.config = *LabConfig::base().withSetting("server.proxy.enabled", JsValue(true)),
         .apiPort = 0,
         .sitePort = 0});
    const Items items(session);
    QVERIFY(session.start());
    const CallRecord call = called(
        session, items, {.page = "http://shop.test:8080", .url = "http://shop.test:8080/api/echo"});
    QCOMPARE(call.outcome, CallRecord::Outcome::Ok);
    QVERIFY(call.executed);
    QCOMPARE(call.exchanges.size(), size_t(1));
    QTRY_COMPARE(items.exchanges.size(), size_t(2));
    const auto proxy = items.exchange(ExchangeRecord::Via::Proxy);
    const auto upstream = items.exchange(ExchangeRecord::Via::Upstream);
    QVERIFY(proxy && upstream);
    QCOMPARE(proxy->targetOrigin, "http://shop.test:8080");
    QCOMPARE(upstream->targetOrigin, "http://api.shop.test:8000");
    QCOMPARE(upstream->call, proxy->call);
    QCOMPARE(upstream->kind, proxy->kind);
    QVERIFY(!upstream->external && upstream->hasClient && upstream->hasServer);
    QVERIFY(upstream->id > proxy->id);
    QCOMPARE(proxy->server.endedBy, "proxy");
    QCOMPARE(upstream->server.endedBy, "routes");
    QCOMPARE(upstream->request().headers.get("X-Forwarded-Host"), "shop.test:8080");
}

void LabTlsTest::tellsTheApplicationOfTlsBehindATrustedProxy_data()
{
    QTest::addColumn<JsValue>("trustProxy");
    QTest::addColumn<QByteArray>("protocol");
    QTest::addRow("untrusted") << JsValue(false) << QByteArray("\"protocol\":\"http\"");
    QTest::addRow("one hop") << JsValue(1) << QByteArray("\"protocol\":\"https\"");
}

/// What makes `secure` cookies possible there, or not.
void LabTlsTest::tellsTheApplicationOfTlsBehindATrustedProxy()
{
    QFETCH(JsValue, trustProxy);
    QFETCH(QByteArray, protocol);
    LabConfig config = LabConfig::base();
    for (const auto &[path, value] :
         {std::pair("server.tls", JsValue(true)), std::pair("server.proxy.enabled", JsValue(true)),
          std::pair("server.trustProxy", trustProxy)})
        config = *config.withSetting(path, value);
    LabSession session({.config = config, .apiPort = 0, .sitePort = 0});
    const Items items(session);
    QVERIFY(session.start());
    const CallRecord call
        = called(session, items,
                 {.page = "https://shop.test:8444", .url = "https://shop.test:8444/lab/request"});
    QCOMPARE(call.status, 200);
    QVERIFY2(call.body.contains(protocol), call.body.constData());
    QTRY_COMPARE(items.exchanges.size(), size_t(2));
    const auto proxy = items.exchange(ExchangeRecord::Via::Proxy);
    const auto upstream = items.exchange(ExchangeRecord::Via::Upstream);
    QVERIFY(proxy && upstream);
    QVERIFY(proxy->client.end.tls && !upstream->client.end.tls);
    QCOMPARE(upstream->request().headers.get("X-Forwarded-Proto"), "https");
}

QTEST_GUILESS_MAIN(LabTlsTest)
#include "tst_labtls.moc"
