// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/annotation.h"
#include "core/capture/recordedexchange.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// Where every header of a real answer comes from: the stack is the lab's, the requests go through
/// it.
class ProvenanceTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void leavesNoHeaderUnexplained_data();
    void leavesNoHeaderUnexplained();
    void namesWhoDidIt_data();
    void namesWhoDidIt();
    void tellsEveryHandAHeaderWentThrough();
    void givesWhatWasTakenAwayARow();
    void namesTheOptionBehindAStatus_data();
    void namesTheOptionBehindAStatus();
    void namesWhoWroteEachRequestHeader_data();
    void namesWhoWroteEachRequestHeader();

private:
    static Annotation rowOf(const std::vector<Annotation> &rows, const QByteArray &header,
                            bool absent = false);
};

static const QByteArray everything = R"({"compression":{"enabled":true},
    "helmet":{"enabled":true},"cors":{"enabled":true,"options":{"origin":"http://a.test",
    "credentials":true,"exposedHeaders":["ETag"],"maxAge":600}},"hpp":{"enabled":true},
    "cookieParser":{"enabled":true},"headers":{"Cache-Control":"no-cache","Server":"lab"},
    "profile":"demo"})";

static QByteArray post(const QByteArray &target, const QByteArray &type, const QByteArray &body)
{
    return "POST " + target + " HTTP/1.1\r\nHost: h\r\nContent-Type: " + type
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

Annotation ProvenanceTest::rowOf(const std::vector<Annotation> &rows, const QByteArray &header,
                                 bool absent)
{
    for (const Annotation &row : rows) {
        if (!row.onRequest && row.absent == absent && equalsIgnoringCase(row.header, header))
            return row;
    }
    return {};
}

void ProvenanceTest::leavesNoHeaderUnexplained_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("config");
    QTest::addRow("text") << get("/ping") << everything;
    QTest::addRow("JSON") << get("/api/user") << everything;
    QTest::addRow("compressed") << get("/api/data?bytes=4000", "Accept-Encoding: gzip\r\n")
                                << everything;
    QTest::addRow("preflight") << QByteArray(
        "OPTIONS /api/user HTTP/1.1\r\nHost: h\r\nOrigin: http://a.test\r\n"
        "Access-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: x-a\r\n\r\n")
                               << everything;
    QTest::addRow("redirect") << get("/redirect?to=/ping") << everything;
    QTest::addRow("not found") << get("/nope") << everything;
    QTest::addRow("bad JSON") << post("/api/echo", "application/json", "{") << everything;
    QTest::addRow("created") << post("/api/user", "application/json", "{\"name\":\"Ada\"}")
                             << everything;
    QTest::addRow("not modified") << get("/ping",
                                         "If-None-Match: W/\"4-DlFKBmK8tp3IY5U9HOJuPUDoGoc\"\r\n")
                                  << everything;
    QTest::addRow("a cookie") << get("/cookies/set?name=theme&value=dark") << everything;
    QTest::addRow("a stream") << get("/stream?chunks=2") << everything;
    const QByteArray login
        = post("/login", "application/json", R"({"email":"test@example.com","password":"123456"})");
    const QByteArray cookieSession
        = R"({"auth":{"mode":"cookie-session","cookieSession":{"keys":["k1"]}}})";
    const QByteArray session = R"({"auth":{"mode":"session","session":{"secret":"s1"}}})";
    const QByteArray jwtCookie
        = R"({"cookieParser":{"enabled":true},"auth":{"mode":"jwt-cookie","jwt":{"secret":"s"}}})";
    QTest::addRow("login by cookie session") << login << cookieSession;
    QTest::addRow("a forged cookie session")
        << get("/me", "Cookie: session=e30=; session.sig=x\r\n") << cookieSession;
    QTest::addRow("login by session") << login << session;
    QTest::addRow("login by token in a cookie") << login << jwtCookie;
    QTest::addRow("no token") << get(
        "/me") << QByteArray(R"({"auth":{"mode":"jwt-header","jwt":{"secret":"s"}}})");
}

void ProvenanceTest::leavesNoHeaderUnexplained()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, config);
    const auto rows = annotate(recorded(config, request), nullptr);
    for (const Annotation &row : rows) {
        if (row.onRequest || row.header.isEmpty())
            continue;
        QVERIFY2(!row.setBy.isEmpty() || row.absent, row.header.constData());
        QVERIFY2(!row.meaning.isEmpty(), row.header.constData());
        QVERIFY2(!row.option.isEmpty() || !row.how.isEmpty() || row.setBy == "routes" || row.absent,
                 (row.header + " by " + row.setBy).constData());
        QVERIFY2(!row.reference.isEmpty() || row.absent, row.header.constData());
    }
}

void ProvenanceTest::namesWhoDidIt_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("setBy");
    QTest::addColumn<QString>("how");
    const auto row
        = [](const char *name, const QByteArray &request, const QByteArray &header,
             const QByteArray &setBy, const QString &how, const QByteArray &config = everything) {
              QTest::addRow("%s", name) << config << request << header << setBy << how;
          };
    row("res.json's type", get("/api/user"), "Content-Type", "routes", u"res.json"_s);
    row("res.send's length", get("/ping"), "Content-Length", "routes", u"res.send"_s);
    row("type set before", get("/ping"), "Content-Type", "routes", u"res.type"_s);
    row("the ETag nobody asked for", get("/ping"), "ETag", "express", {});
    row("where a redirect goes", get("/redirect?to=/ping"), "Location", "routes",
        u"res.redirect"_s);
    row("where the new thing is", post("/api/user", "application/json", "{}"), "Location", "routes",
        u"res.location"_s);
    row("the error page's policy", get("/nope"), "Content-Security-Policy", "express",
        u"finalhandler"_s);
    row("helmet's policy", get("/ping"), "Content-Security-Policy", "helmet", {});
    row("methods of a path", "OPTIONS /ping HTTP/1.1\r\nHost: h\r\n\r\n", "Allow", "express",
        u"its own answer to OPTIONS"_s, "{}");
    row("the end of a preflight", "OPTIONS /ping HTTP/1.1\r\nHost: h\r\n\r\n", "Content-Length",
        "cors", u"ends the preflight"_s);
    row("Node's date", get("/ping"), "Date", "node", u"sendDate"_s);
    row("Node's chunks", get("/api/data?bytes=4000", "Accept-Encoding: gzip\r\n"),
        "Transfer-Encoding", "node", u"there was no Content-Length"_s);
    row("a handler's cookie", get("/cookies/set?name=theme&value=dark"), "Set-Cookie", "routes",
        u"res.cookie"_s);
    const QByteArray login
        = post("/login", "application/json", R"({"email":"test@example.com","password":"123456"})");
    row("the cookie session", login, "Set-Cookie", "cookieSession", {},
        R"({"auth":{"mode":"cookie-session","cookieSession":{"keys":["k1"]}}})");
    row("the session's id", login, "Set-Cookie", "session", {},
        R"({"auth":{"mode":"session","session":{"secret":"s1"}}})");
    row("how to log in", get("/me"), "WWW-Authenticate", "routes", u"res.set"_s,
        R"({"auth":{"mode":"jwt-header","jwt":{"secret":"s"}}})");
    row("a header of the lab", get("/ping"), "Server", "headers", {});
}

void ProvenanceTest::namesWhoDidIt()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, setBy);
    QFETCH(QString, how);
    const Annotation row = rowOf(annotate(recorded(config, request), nullptr), header);
    QCOMPARE(row.setBy, setBy);
    QCOMPARE(row.how, how);
}

void ProvenanceTest::tellsEveryHandAHeaderWentThrough()
{
    const auto rows = annotate(recorded(everything, get("/ping")), nullptr);
    using Kind = HeaderChange::Kind;
    QCOMPARE(rowOf(rows, "Vary").touches,
             (std::vector<HeaderTouch> {{"cors", Kind::Added, false},
                                        {"compression", Kind::Changed, true}}));
    const Annotation policy
        = rowOf(annotate(recorded(everything, get("/nope")), nullptr), "Content-Security-Policy");
    QCOMPARE(policy.touches.size(), size_t(2));
    QCOMPARE(policy.touches.front().stage, QByteArray("helmet"));
}

void ProvenanceTest::givesWhatWasTakenAwayARow()
{
    const auto rows = annotate(
        recorded(everything, get("/api/data?bytes=4000", "Accept-Encoding: gzip\r\n")), nullptr);
    const Annotation length = rowOf(rows, "Content-Length", true);
    QCOMPARE(length.setBy, QByteArray("compression"));
    QCOMPARE(length.value, QByteArray("4000"));
    QCOMPARE(length.touches.back().kind, HeaderChange::Kind::Removed);
    const Annotation powered = rowOf(rows, "X-Powered-By", true);
    QCOMPARE(powered.option, QByteArray("helmet.xPoweredBy"));
    QVERIFY(powered.optionIsDefault);
}

void ProvenanceTest::namesTheOptionBehindAStatus_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("setBy");
    QTest::addColumn<QByteArray>("option");
    QTest::addRow("too large") << "POST /api/echo HTTP/1.1\r\nHost: h\r\nContent-Type: "
                                  "application/json\r\nContent-Length: 102401\r\n\r\n"
            + QByteArray(102401, ' ')
                               << QByteArray("json") << QByteArray("json.limit");
    QTest::addRow("preflight") << QByteArray("OPTIONS /ping HTTP/1.1\r\nHost: h\r\n\r\n")
                               << QByteArray("cors") << QByteArray("cors.optionsSuccessStatus");
    QTest::addRow("not found") << get("/nope") << QByteArray("express") << QByteArray();
    QTest::addRow("by the route") << get("/ping") << QByteArray("routes") << QByteArray();
}

void ProvenanceTest::namesTheOptionBehindAStatus()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, setBy);
    QFETCH(QByteArray, option);
    const auto rows = annotate(recorded(everything, request), nullptr);
    QVERIFY(rows.at(1).header.isEmpty() && !rows.at(1).onRequest);
    QCOMPARE(rows.at(1).setBy, setBy);
    QCOMPARE(rows.at(1).option, option);
}

void ProvenanceTest::namesWhoWroteEachRequestHeader_data()
{
    QTest::addColumn<QByteArray>("api");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("setBy");
    QTest::addColumn<QString>("how");
    const auto row = [](const char *name, const char *api, const char *header, const char *setBy,
                        const QString &how) {
        QTest::addRow("%s", name) << QByteArray(api) << QByteArray(header) << QByteArray(setBy)
                                  << how;
    };
    row("the page's own", "fetch", "X-Own", "script", {});
    row("forbidden to script", "fetch", "Origin", "browser", u"script may not set it"_s);
    row("metadata", "fetch", "Sec-Fetch-Site", "browser", u"script may not set it"_s);
    row("from the address", "fetch", "Host", "browser", u"taken from the address"_s);
    row("the jar", "fetch", "Cookie", "jar", u"credentials: include"_s);
    row("the body's kind", "fetch", "Content-Type", "browser", u"from the kind of body"_s);
    row("typed into the raw tool", "raw", "X-Own", "client", {});
    row("added by the raw tool", "raw", "Host", "client", u"taken from the address"_s);
}

void ProvenanceTest::namesWhoWroteEachRequestHeader()
{
    QFETCH(QByteArray, api);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, setBy);
    QFETCH(QString, how);
    const ExchangeRecord record
        = recorded("{}",
                   get("/ping",
                       "X-Own: 1\r\nOrigin: http://a.test\r\nSec-Fetch-Site: cross-site\r\n"
                       "Cookie: a=1\r\nContent-Type: text/plain\r\n"));
    ExchangeRecord seen = record;
    seen.client.end = record.server.end;
    seen.hasClient = true;
    CallRecord call;
    call.api = api;
    call.credentials = "include";
    call.headers = {{"x-own", "1"}};
    for (const Annotation &row : annotate(seen, &call)) {
        if (!row.onRequest || !equalsIgnoringCase(row.header, header))
            continue;
        QCOMPARE(row.setBy, setBy);
        QCOMPARE(row.how, how);
        return;
    }
    QFAIL("no such header");
}

QTEST_GUILESS_MAIN(ProvenanceTest)
#include "tst_provenance.moc"
