// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/cookiesession.h"

#include "core/express/pipelineharness.h"
#include "lab/labconfigreader.h"
#include "testfolder.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 frozen = 1700000000000;
const QByteArray goodCookie
    = "Cookie: session=eyJhIjoxfQ==; session.sig=KR4uga1_pLIAxldU47Uk9zT8GyA\r\n";

JsValue parsed(const QByteArray &json)
{
    return std::get<JsValue>(parseJson(json));
}

std::shared_ptr<const Middleware> cookieSession(const JsValue &options)
{
    const auto made = CookieSession::create(options);
    return made ? *made : nullptr;
}

OrThrown<void> assign(CookieSessionRequest &request, const JsValue &source)
{
    return request.get().and_then(
        [&source](CookieSessionObject *object) { return object->assign(source); });
}

/// The actions of record/cookiesession.mjs.
OrThrown<void> act(CookieSessionRequest &request, const QString &action)
{
    if (action == u"read")
        return request.get().map([](auto *) {});
    if (action == u"write")
        return assign(request, parsed(R"({"b":{"c":[1,null]}})"));
    if (action == u"assign")
        return assign(request, parsed(R"({"10":1,"toString":2,
                                          "__proto__":{"isNew":false,"isChanged":true}})"));
    if (action == u"getter")
        return assign(request, parsed(R"({"d":1,"isNew":2})"));
    if (action == u"replace")
        return request.set(parsed(R"([1,"x"])"));
    if (action == u"scalar")
        return request.set(JsValue(u"text"_s));
    if (action == u"unset")
        return request.set(JsValue(nullptr));
    return {};
}

/// What the recording answers: what was thrown, and the session afterwards.
JsValue outcome(Exchange &exchange, const QString &action)
{
    CookieSessionRequest &request = *CookieSession::of(exchange);
    const auto done = act(request, action);
    JsValue result = JsValue::object();
    JsValue error(nullptr);
    if (!done) {
        error = JsValue::object();
        error.insert(u"name"_s, JsValue::latin1(done.error().name));
        error.insert(u"message"_s, JsValue(done.error().message));
    }
    result.insert(u"thrown"_s, error);
    JsValue session(nullptr);
    if (action != u"ignore") {
        const auto object = request.get();
        if (object && *object)
            session = (*object)->members;
    }
    result.insert(u"session"_s, session);
    return result;
}

QByteArrayList setCookies(const PipelineAnswer &answer)
{
    QByteArrayList lines;
    for (const QByteArray &line : answer.head().split('\n')) {
        if (line.startsWith("Set-Cookie: "))
            lines.append(line.mid(12).trimmed());
    }
    return lines;
}

QByteArrayList decisionsOf(const PipelineAnswer &answer)
{
    QByteArrayList ids;
    for (const StageRecord &record : answer.report.stages) {
        for (const Decision &decision : record.decisions) {
            ids.append(decision.id);
            if (decision.sentence.isEmpty())
                ids.append("without a sentence");
        }
    }
    return ids;
}

} // namespace

/// Held to a recording of npm cookie-session (tests/parity/express/record/cookiesession.mjs): every
/// option set with every cookie and every thing a handler can do.
class CookieSessionTest : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        pipelineClock().freeze(frozen);
    }
    void answersAsThePackage_data();
    void answersAsThePackage();
    void namesItsDecisions_data();
    void namesItsDecisions();
    void showsTheSessionInTheRecord();
    void refusesToStartWithoutKeys_data();
    void refusesToStartWithoutKeys();
    void failsEveryRequestWithAnEmptyKeyList();
    void takesOptionsPerRequest();
    void addsSecureBehindATrustedProxy();
};

void CookieSessionTest::answersAsThePackage_data()
{
    QTest::addColumn<JsValue>("row");
    QFile file(testFolder() + u"/core/middleware/data/cookiesession.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const JsValue rows = parsed(file.readAll());
    QVERIFY(rows.size() > 1000);
    for (const JsValue &row : rows.items())
        QTest::addRow("%s %s %s", qPrintable(stringifyJson(row[u"options"])),
                      qPrintable(row[u"cookie"].toString()), qPrintable(row[u"action"].toString()))
            << row;
}

void CookieSessionTest::answersAsThePackage()
{
    QFETCH(JsValue, row);
    JsValue seen;
    const auto pipeline = makePipeline(
        {stage(
             "headers",
             [](const std::shared_ptr<Exchange> &exchange, const Next &next) {
                 exchange->setHeader("Set-Cookie", QByteArrayList {"session=old", "session2=kept"});
                 next();
             }),
         {"cookieSession", {}, cookieSession(reviveValue(row[u"options"])), true},
         stage("routes", [&](const std::shared_ptr<Exchange> &exchange, const Next &) {
             seen = outcome(*exchange, row[u"action"].toString());
             exchange->end("done");
         })});
    const QByteArray cookie = row.contains(u"cookie")
        ? "Cookie: " + row[u"cookie"].toString().toLatin1() + "\r\n"
        : QByteArray();
    const PipelineAnswer answer = runPipeline(pipeline, get("/", cookie));

    QCOMPARE(answer.status(), 200);
    QCOMPARE(stringifyJson(seen[u"thrown"]), stringifyJson(row[u"thrown"]));
    QCOMPARE(stringifyJson(seen[u"session"]), stringifyJson(row[u"session"]));
    QByteArrayList expected;
    for (const JsValue &line : row[u"setCookie"].items())
        expected.append(line.toString().toLatin1());
    QCOMPARE(setCookies(answer), expected);
}

void CookieSessionTest::namesItsDecisions_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QByteArray>("cookie");
    QTest::addColumn<QString>("action");
    QTest::addColumn<QByteArrayList>("expected");
    const auto row = [](const char *name, const char *options, const QByteArray &cookie,
                        const QString &action, const QByteArrayList &expected) {
        QTest::addRow("%s", name) << QByteArray(options) << cookie << action << expected;
    };
    const char *keys = R"({"keys":["k1"]})";
    row("not touched", keys, goodCookie, u"ignore"_s, {});
    row("no cookie", keys, {}, u"read"_s, {"cookieSession.New", "cookieSession.NotSavedEmpty"});
    row("first key", keys, goodCookie, u"read"_s,
        {"cookieSession.Verified", "cookieSession.Unchanged"});
    row("older key", R"({"keys":["new","k1"]})", goodCookie, u"read"_s,
        {"cookieSession.Resigned", "cookieSession.Unchanged"});
    row("no signature", keys, "Cookie: session=eyJhIjoxfQ==\r\n", u"read"_s,
        {"cookieSession.NoSignature", "cookieSession.NotSavedEmpty"});
    row("changed cookie", keys, QByteArray(goodCookie).replace("eyJ", "eyK"), u"read"_s,
        {"cookieSession.BadSignature", "cookieSession.NotSavedEmpty"});
    row("signing off", R"({"signed":false})", goodCookie, u"read"_s,
        {"cookieSession.Unsigned", "cookieSession.Unchanged"});
    row("no JSON", R"({"signed":false})", "Cookie: session=bm9wZQ==\r\n", u"read"_s,
        {"cookieSession.Unsigned", "cookieSession.Unreadable", "cookieSession.NotSavedEmpty"});
    row("written", keys, {}, u"write"_s, {"cookieSession.New", "cookieSession.Saved"});
    row("unset", keys, goodCookie, u"unset"_s, {"cookieSession.Removed"});
    row("secure without HTTPS", R"({"keys":["k1"],"secure":true})", {}, u"write"_s,
        {"cookieSession.New", "cookieSession.NotSavedInsecure"});
    row("invalid attribute", R"({"keys":["k1"],"priority":"urgent"})", {}, u"write"_s,
        {"cookieSession.New", "cookieSession.NotSaved"});
}

void CookieSessionTest::namesItsDecisions()
{
    QFETCH(QByteArray, options);
    QFETCH(QByteArray, cookie);
    QFETCH(QString, action);
    QFETCH(QByteArrayList, expected);
    const auto pipeline = makePipeline(
        {{"cookieSession", {}, cookieSession(parsed(options)), true},
         stage("routes", [&](const std::shared_ptr<Exchange> &exchange, const Next &) {
             (void)act(*CookieSession::of(*exchange), action);
             exchange->end();
         })});
    QByteArrayList ids = decisionsOf(runPipeline(pipeline, get("/", cookie), true));
    // The stage records come in stack order: writing stands before what the route had read.
    std::sort(ids.begin(), ids.end());
    std::sort(expected.begin(), expected.end());
    QCOMPARE(ids, expected);
}

void CookieSessionTest::showsTheSessionInTheRecord()
{
    const auto pipeline = makePipeline(
        {{"cookieSession", {}, cookieSession(parsed(R"({"keys":["k1"]})")), true},
         stage("routes", [](const std::shared_ptr<Exchange> &exchange, const Next &) {
             exchange->requestSession->assign(u"b"_s, JsValue(2));
             exchange->end();
         })});
    const PipelineAnswer answer = runPipeline(pipeline, get("/", goodCookie), true);
    QCOMPARE(stringifyJson(answer.report.handler[u"session"]), u"{\"a\":1,\"b\":2}"_s);
}

void CookieSessionTest::refusesToStartWithoutKeys_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addRow("nothing") << QByteArray("{}");
    QTest::addRow("empty secret") << QByteArray(R"({"secret":""})");
    QTest::addRow("null keys") << QByteArray(R"({"keys":null,"signed":null})");
}

void CookieSessionTest::refusesToStartWithoutKeys()
{
    QFETCH(QByteArray, options);
    const auto made = CookieSession::create(parsed(options));
    QVERIFY(!made);
    QCOMPARE(made.error().message, u".keys required."_s);
}

void CookieSessionTest::failsEveryRequestWithAnEmptyKeyList()
{
    const auto pipeline
        = makePipeline({{"cookieSession", {}, cookieSession(parsed(R"({"keys":[]})")), true}});
    const PipelineAnswer answer = runPipeline(pipeline, get("/"), true);
    QCOMPARE(answer.status(), 500);
    QCOMPARE(answer.report.handler[u"error"].toString(), u"Keys must be provided."_s);
}

void CookieSessionTest::takesOptionsPerRequest()
{
    const auto pipeline = makePipeline(
        {{"cookieSession", {}, cookieSession(parsed(R"({"keys":["k1"],"maxAge":1000})")), true},
         stage("routes", [](const std::shared_ptr<Exchange> &exchange, const Next &) {
             CookieSessionRequest &request = *CookieSession::of(*exchange);
             request.assignOptions(parsed(R"({"maxAge":null,"signed":false,"path":"/x"})"));
             (void)act(request, u"write"_s);
             exchange->end();
         })});
    QCOMPARE(setCookies(runPipeline(pipeline, get("/"))),
             QByteArrayList {"session=eyJiIjp7ImMiOlsxLG51bGxdfX0=; path=/x; httponly"});
}

void CookieSessionTest::addsSecureBehindATrustedProxy()
{
    JsValue settings = JsValue::object();
    settings.insert(u"trustProxy"_s, JsValue(true));
    const auto pipeline
        = makePipeline({{"cookieSession", {}, cookieSession(parsed(R"({"keys":["k1"]})")), true},
                        stage("routes",
                              [](const std::shared_ptr<Exchange> &exchange, const Next &) {
                                  (void)act(*CookieSession::of(*exchange), u"unset"_s);
                                  exchange->end();
                              })},
                       *ExpressSettings::fromValue(settings));
    const PipelineAnswer answer = runPipeline(pipeline, get("/", "X-Forwarded-Proto: https\r\n"));
    for (const QByteArray &line : setCookies(answer))
        QVERIFY2(line.endsWith("; secure; httponly"), line);
    QCOMPARE(setCookies(answer).size(), 2);
}

QTEST_GUILESS_MAIN(CookieSessionTest)
#include "tst_cookiesession.moc"
