// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/annotation.h"
#include "capture/rules/provenance.h"
#include "core/capture/fixtures.h"
#include "lab/labconfig.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace rt;
using namespace rt::fixtures;
using Tone = Annotation::Tone;

namespace {

const QByteArray page = "http://app.shop.test:3000";

/// The annotation of a response header, or of its absence.
std::optional<Annotation> answerRow(const std::vector<Annotation> &rows, QByteArrayView header)
{
    for (const Annotation &row : rows) {
        if (!row.onRequest && equalsIgnoringCase(row.header, header))
            return row;
    }
    return std::nullopt;
}

std::optional<Annotation> requestRow(const std::vector<Annotation> &rows, QByteArrayView header)
{
    for (const Annotation &row : rows) {
        if (row.onRequest && equalsIgnoringCase(row.header, header))
            return row;
    }
    return std::nullopt;
}

CallRecord fetchCall(const QByteArray &credentials = "same-origin")
{
    CallRecord call;
    call.id = 1;
    call.page = page;
    call.method = "GET";
    call.mode = "cors";
    call.credentials = credentials;
    call.crossOrigin = true;
    return call;
}

ExchangeRecord answeredWith(const HeaderList &headers, const HeaderList &more = {})
{
    HeaderList asked {{"Host", "api.shop.test:8000"}, {"Origin", page}};
    for (const HeaderField &field : more)
        asked.append(field.name, field.value);
    return exchange(1, request("GET", "/api/items", asked), response(200, headers));
}

ExchangeRecord preflightOf(const QByteArray &method, const QByteArray &names,
                           const HeaderList &headers)
{
    HeaderList asked {{"Origin", page}, {"Access-Control-Request-Method", method}};
    if (!names.isEmpty())
        asked.append("Access-Control-Request-Headers", names);
    ExchangeRecord record
        = exchange(1, request("OPTIONS", "/api/user", asked), response(204, headers, "No Content"));
    record.kind = ExchangeRecord::Kind::Preflight;
    return record;
}

StageRecord stageThatSet(const QByteArray &name, const QByteArray &header, const QByteArray &value)
{
    StageRecord stage;
    stage.name = name;
    stage.headerChanges = {{HeaderChange::Kind::Added, header, {}, value}};
    return stage;
}

std::shared_ptr<const JsValue>
settings(std::initializer_list<std::pair<const char *, JsValue>> values)
{
    JsValue object = JsValue::object();
    for (const auto &[path, value] : values)
        object.insert(QString::fromLatin1(path), value);
    return std::make_shared<const JsValue>(object);
}

} // namespace

class AnnotatorTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void keepsTheOrderOfTheWire();
    void explainsEveryUsualHeader_data();
    void explainsEveryUsualHeader();
    void saysWhatAHeaderMeansHere_data();
    void saysWhatAHeaderMeansHere();
    void judgesAllowOrigin_data();
    void judgesAllowOrigin();
    void tellsWhatARefusedPreflightStops();
    void judgesPreflightAnswers_data();
    void judgesPreflightAnswers();
    void ignoresPreflightHeadersOnOtherAnswers();
    void marksAbsentHeadersThatDecided();
    void leavesSameOriginAnswersAlone();
    void namesTheStageAndOptionThatSetAHeader();
    void tellsDefaultFromChosenValues();
    void namesExpressNodeAndBrowser();
    void knowsTheOptionTables();
    void explainsARefusedMessage();
    void saysThatNoAnswerCame();
    void explainsStatusLines_data();
    void explainsStatusLines();
};

void AnnotatorTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void AnnotatorTest::keepsTheOrderOfTheWire()
{
    const auto rows
        = annotate(answeredWith({{"Vary", "Origin"}, {"ETag", "\"1\""}, {"X-Odd", "?"}}), nullptr);
    QByteArrayList names;
    for (const Annotation &row : rows)
        names.append(row.absent ? "(" + row.header + ")" : row.header);
    QCOMPARE(names,
             (QByteArrayList {"", "", "Host", "Origin", "Vary", "ETag", "X-Odd",
                              "(Access-Control-Allow-Origin)", "(Access-Control-Expose-Headers)"}));
    QVERIFY(rows[0].onRequest);
    QVERIFY(!rows[1].onRequest);
    QCOMPARE(rows[0].value, QByteArray("GET /api/items HTTP/1.1"));
    QCOMPARE(rows[1].value, QByteArray("HTTP/1.1 200 OK"));
    QVERIFY(answerRow(rows, "X-Odd")->meaning.isEmpty()); // nothing is better than a guess
}

void AnnotatorTest::explainsEveryUsualHeader_data()
{
    QTest::addColumn<bool>("onRequest");
    for (const char *name : {"Host",
                             "Connection",
                             "User-Agent",
                             "Accept",
                             "Accept-Encoding",
                             "Accept-Language",
                             "Origin",
                             "Referer",
                             "Cookie",
                             "Content-Type",
                             "Content-Length",
                             "If-None-Match",
                             "If-Modified-Since",
                             "Cache-Control",
                             "Pragma",
                             "Authorization",
                             "Access-Control-Request-Method",
                             "Access-Control-Request-Headers",
                             "Sec-Fetch-Site",
                             "Sec-Fetch-Mode",
                             "Sec-Fetch-Dest",
                             "Sec-Fetch-User",
                             "Upgrade",
                             "Upgrade-Insecure-Requests",
                             "Transfer-Encoding",
                             "Expect",
                             "sec-ch-ua"})
        QTest::addRow("request %s", name) << true;
    for (const char *name : {"Access-Control-Allow-Origin",
                             "Access-Control-Allow-Credentials",
                             "Access-Control-Allow-Methods",
                             "Access-Control-Allow-Headers",
                             "Access-Control-Expose-Headers",
                             "Access-Control-Max-Age",
                             "Vary",
                             "Content-Type",
                             "Content-Length",
                             "Content-Encoding",
                             "ETag",
                             "Last-Modified",
                             "Date",
                             "Connection",
                             "Keep-Alive",
                             "Transfer-Encoding",
                             "X-Powered-By",
                             "Location",
                             "Set-Cookie",
                             "Cache-Control",
                             "Content-Security-Policy",
                             "Content-Security-Policy-Report-Only",
                             "Cross-Origin-Opener-Policy",
                             "Cross-Origin-Embedder-Policy",
                             "Cross-Origin-Resource-Policy",
                             "Origin-Agent-Cluster",
                             "Referrer-Policy",
                             "Strict-Transport-Security",
                             "X-Content-Type-Options",
                             "X-DNS-Prefetch-Control",
                             "X-Download-Options",
                             "X-Frame-Options",
                             "X-Permitted-Cross-Domain-Policies",
                             "X-XSS-Protection",
                             "WWW-Authenticate",
                             "Allow",
                             "Upgrade"})
        QTest::addRow("response %s", name) << false;
}

void AnnotatorTest::explainsEveryUsualHeader()
{
    QFETCH(bool, onRequest);
    const QByteArray name = QByteArray(QTest::currentDataTag()).split(' ').last();
    for (const QByteArray &value :
         {QByteArray("x"), QByteArray(), QByteArray("a, b; c=1"), QByteArray("=,;")}) {
        const HeaderList headers {{name, value}};
        const auto rows = onRequest ? annotate(answeredWith({}, headers), nullptr)
                                    : annotate(answeredWith(headers), nullptr);
        const auto row = onRequest ? requestRow(rows, name) : answerRow(rows, name);
        QVERIFY(row);
        QVERIFY(!row->id.isEmpty());
        QVERIFY2(row->meaning.endsWith(u'.'), qPrintable(row->meaning));
        QVERIFY2(!row->meaning.contains(u'%'), qPrintable(row->meaning));
        QVERIFY(!row->reference.isEmpty());
        QVERIFY(row->referenceUrl.startsWith(QStringLiteral("https://")));
    }
}

void AnnotatorTest::saysWhatAHeaderMeansHere_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *title, const char *name, const char *value, const char *part) {
        QTest::addRow("%s", title)
            << QByteArray(name) << QByteArray(value) << QString::fromUtf8(part);
    };
    row("JSON", "Content-Type", "application/json; charset=utf-8", "res.json()");
    row("a suffix is JSON too", "Content-Type", "application/problem+json", "JSON");
    row("text without charset", "Content-Type", "text/plain", "guesses");
    row("weak fingerprint", "ETag", "W/\"2a\"", "Weak");
    row("strong fingerprint", "ETag", "\"2a\"", "byte for byte");
    row("one copy per origin", "Vary", "Origin", "one copy per origin");
    row("two reasons to vary", "Vary", "Origin, Accept-Encoding", "Origin and Accept-Encoding");
    row("ten minutes of freshness", "Cache-Control", "public, max-age=600", "10 minutes");
    row("no cache at all", "Cache-Control", "no-store", "No cache may keep");
    row("keep-alive", "Keep-Alive", "timeout=5", "silent for 5 seconds");
    row("hsts over http", "Strict-Transport-Security", "max-age=31536000", "plain http");
    row("unknown frame option", "X-Frame-Options", "ALLOW-FROM http://x", "ignored");
    row("inline script", "Content-Security-Policy", "script-src 'self' 'unsafe-inline'",
        "injected script");
    row("the safest value", "X-XSS-Protection", "0", "safest");
    row("the filter switched on", "X-XSS-Protection", "1; mode=block", "0 is safer");
    row("cookie that script can read", "Set-Cookie", "sid=1; Path=/",
        "script on the page can read it");
    row("cookie that script cannot read", "Set-Cookie", "sid=1; httponly; max-age=60",
        "script cannot read it");
    row("length", "Content-Length", "4", "exactly 4 bytes");
    row("no length", "Content-Length", "four", "no length");
    row("credentials in capitals", "Access-Control-Allow-Credentials", "True", "exact word true");
}

void AnnotatorTest::saysWhatAHeaderMeansHere()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QString, part);
    const auto row = answerRow(annotate(answeredWith({{name, value}}), nullptr), name);
    QVERIFY(row);
    QVERIFY2(row->meaning.contains(part), qPrintable(row->meaning));
}

void AnnotatorTest::judgesAllowOrigin_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("credentials");
    QTest::addColumn<Tone>("tone");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *title, const char *value, const char *credentials, Tone tone,
                        const char *part) {
        QTest::addRow("%s", title)
            << QByteArray(value) << QByteArray(credentials) << tone << QString::fromUtf8(part);
    };
    row("equal", page.constData(), "same-origin", Tone::Good, "passed");
    row("equal with credentials", page.constData(), "include", Tone::Good, "passed");
    row("star", "*", "same-origin", Tone::Good, "any origin");
    row("star with credentials", "*", "include", Tone::Bad, "credentials");
    row("another port", "http://app.shop.test:3001", "omit", Tone::Bad,
        "the port differs (3001 and 3000)");
    row("another scheme", "https://app.shop.test:3000", "omit", Tone::Bad, "the scheme differs");
    row("another host", "http://shop.test:3000", "omit", Tone::Bad, "the host differs");
    row("a slash at the end", "http://app.shop.test:3000/", "omit", Tone::Bad, "without a slash");
    row("with a path", "http://app.shop.test:3000/x", "omit", Tone::Bad,
        "only scheme, host and port");
    row("other case", "HTTP://app.shop.test:3000", "omit", Tone::Bad, "letter for letter");
    row("null", "null", "omit", Tone::Bad, "no origin in particular");
    row("list", "http://a.test, http://b.test", "omit", Tone::Bad, "several values");
    row("no origin", "app.shop.test", "omit", Tone::Bad, "is no origin");
    row("empty", "", "omit", Tone::Bad, "is no origin");
}

void AnnotatorTest::judgesAllowOrigin()
{
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, credentials);
    QFETCH(Tone, tone);
    QFETCH(QString, part);
    const CallRecord call = fetchCall(credentials);
    const auto rows = annotate(answeredWith({{"Access-Control-Allow-Origin", value}}), &call);
    const auto row = answerRow(rows, "Access-Control-Allow-Origin");
    QCOMPARE(row->id, QByteArray("cors.allowOrigin"));
    QVERIFY2(row->meaning.contains(part), qPrintable(row->meaning));
    QCOMPARE(row->tone, tone);
}

void AnnotatorTest::tellsWhatARefusedPreflightStops()
{
    const HeaderList other {{"Access-Control-Allow-Origin", "http://b.test"}};
    const CallRecord call = fetchCall();
    const auto preflight
        = answerRow(annotate(preflightOf("PUT", {}, other), &call), "Access-Control-Allow-Origin");
    QVERIFY(preflight->meaning.endsWith(QStringLiteral("The browser does not send the request.")));
    const auto actual
        = answerRow(annotate(answeredWith(other), &call), "Access-Control-Allow-Origin");
    QVERIFY(actual->meaning.endsWith(QStringLiteral("The browser hides the answer.")));
}

void AnnotatorTest::judgesPreflightAnswers_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("credentials");
    QTest::addColumn<Tone>("tone");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *title, const char *name, const char *value,
                        const char *credentials, Tone tone, const char *part) {
        QTest::addRow("%s", title) << QByteArray(name) << QByteArray(value)
                                   << QByteArray(credentials) << tone << QString::fromUtf8(part);
    };
    const char *methods = "Access-Control-Allow-Methods";
    const char *headers = "Access-Control-Allow-Headers";
    const char *age = "Access-Control-Max-Age";
    row("method listed", methods, "GET,PUT", "omit", Tone::Good,
        "PUT, which was asked for, is allowed");
    row("method missing", methods, "GET,POST", "omit", Tone::Bad,
        "PUT, which was asked for, is missing");
    row("method in small letters", methods, "put", "omit", Tone::Bad, "letter for letter");
    row("any method", methods, "*", "omit", Tone::Good, "passed");
    row("any method, credentials", methods, "*", "include", Tone::Bad, "missing");
    row("headers listed in other case", headers, "X-Trace, AUTHORIZATION", "omit", Tone::Good,
        "all headers that were asked for");
    row("header missing", headers, "x-trace", "omit", Tone::Bad, "but not authorization");
    row("star does not cover Authorization", headers, "*", "omit", Tone::Bad,
        "but not authorization");
    row("star is a name with credentials", headers, "*", "include", Tone::Bad,
        "authorization and x-trace");
    row("ten minutes", age, "600", "omit", Tone::Neutral, "10 minutes");
    row("a day", age, "86400", "omit", Tone::Caution, "Chromium stops");
    row("nothing kept", age, "0", "omit", Tone::Neutral, "keeps no permission");
    row("below zero", age, "-1", "omit", Tone::Neutral, "keeps no permission");
    row("no number", age, "10m", "omit", Tone::Caution, "five seconds");
}

void AnnotatorTest::judgesPreflightAnswers()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, credentials);
    QFETCH(Tone, tone);
    QFETCH(QString, part);
    const CallRecord call = fetchCall(credentials);
    const ExchangeRecord record = preflightOf("PUT", "authorization,x-trace", {{name, value}});
    const auto row = answerRow(annotate(record, &call), name);
    QVERIFY2(row->meaning.contains(part), qPrintable(row->meaning));
    QCOMPARE(row->tone, tone);
}

void AnnotatorTest::ignoresPreflightHeadersOnOtherAnswers()
{
    const CallRecord call = fetchCall();
    const auto rows = annotate(answeredWith({{"Access-Control-Max-Age", "600"}}), &call);
    QVERIFY(answerRow(rows, "Access-Control-Max-Age")->meaning.contains(QStringLiteral("ignores")));
}

void AnnotatorTest::marksAbsentHeadersThatDecided()
{
    CallRecord call = fetchCall();
    auto row = answerRow(annotate(answeredWith({}), &call), "Access-Control-Allow-Origin");
    QVERIFY(row && row->absent);
    QCOMPARE(row->tone, Tone::Bad);
    QCOMPARE(row->option, QByteArray("cors.origin"));

    const HeaderList allowed {{"Access-Control-Allow-Origin", page}, {"Vary", "Origin"}};
    row = answerRow(annotate(answeredWith(allowed), &call), "Access-Control-Allow-Credentials");
    QVERIFY(row && row->absent);
    QCOMPARE(row->tone, Tone::Caution);
    QVERIFY(row->meaning.contains(QStringLiteral("CredentialsNotAllowed")));
    QCOMPARE(row->option, QByteArray("cors.credentials"));

    call.credentials = "include";
    row = answerRow(annotate(answeredWith(allowed), &call), "Access-Control-Allow-Credentials");
    QCOMPARE(row->tone, Tone::Bad);

    const auto preflight = annotate(preflightOf("DELETE", "x-trace", allowed), &call);
    for (const char *name : {"Access-Control-Allow-Methods", "Access-Control-Allow-Headers",
                             "Access-Control-Max-Age"}) {
        QVERIFY2(answerRow(preflight, name) && answerRow(preflight, name)->absent, name);
        QVERIFY(!answerRow(preflight, name)->reference.isEmpty());
    }
    row = answerRow(annotate(answeredWith({{"Access-Control-Allow-Origin", page}}), &call), "Vary");
    QVERIFY(row && row->absent);
}

void AnnotatorTest::leavesSameOriginAnswersAlone()
{
    ExchangeRecord record = answeredWith({});
    record.targetOrigin = page; // GET of the own origin: Origin equals the server's
    for (const Annotation &row : annotate(record, nullptr))
        QVERIFY2(!row.absent, row.header.constData());
    record = answeredWith({});
    CallRecord call = fetchCall();
    call.mode = "no-cors";
    for (const Annotation &row : annotate(record, &call))
        QVERIFY2(!row.absent, row.header.constData());
    call = fetchCall();
    call.api = "raw";
    for (const Annotation &row : annotate(record, &call))
        QVERIFY2(!row.absent, row.header.constData());
}

void AnnotatorTest::namesTheStageAndOptionThatSetAHeader()
{
    ExchangeRecord record = answeredWith({{"Vary", "Origin, Accept-Encoding"},
                                          {"Access-Control-Max-Age", "600"},
                                          {"X-Frame-Options", "DENY"},
                                          {"X-Own", "1"}});
    StageRecord compression;
    compression.name = "compression";
    compression.lateHeaderChanges
        = {{HeaderChange::Kind::Changed, "Vary", "Origin", "Origin, Accept-Encoding"}};
    record.server.stages = {stageThatSet("headers", "X-Own", "1"), compression,
                            stageThatSet("cors", "Access-Control-Max-Age", "600"),
                            stageThatSet("helmet", "X-Frame-Options", "SAMEORIGIN"),
                            stageThatSet("routes", "X-Frame-Options", "DENY")};
    record.server.stages[2].headerChanges.push_back(
        {HeaderChange::Kind::Added, "Vary", {}, "Origin"});
    const auto rows = annotate(record, nullptr);
    QCOMPARE(answerRow(rows, "Access-Control-Max-Age")->setBy, QByteArray("cors"));
    QCOMPARE(answerRow(rows, "Access-Control-Max-Age")->option, QByteArray("cors.maxAge"));
    QCOMPARE(answerRow(rows, "Vary")->setBy, QByteArray("compression")); // its callback ran last
    QCOMPARE(answerRow(rows, "X-Frame-Options")->setBy, QByteArray("routes"));
    QCOMPARE(answerRow(rows, "X-Frame-Options")->option, QByteArray());
    QCOMPARE(answerRow(rows, "X-Own")->option, QByteArray("headers.X-Own"));
}

void AnnotatorTest::tellsDefaultFromChosenValues()
{
    ExchangeRecord record
        = answeredWith({{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Max-Age", "600"}});
    record.server.stages = {stageThatSet("cors", "Access-Control-Allow-Origin", "*"),
                            stageThatSet("cors", "Access-Control-Max-Age", "600")};
    record.server.settings
        = settings({{"cors.origin", JsValue(QStringLiteral("*"))}, {"cors.maxAge", JsValue(600)}});
    const auto rows = annotate(record, nullptr);
    QVERIFY(answerRow(rows, "Access-Control-Allow-Origin")->optionIsDefault);
    QVERIFY(!answerRow(rows, "Access-Control-Max-Age")->optionIsDefault);
    QVERIFY(
        answerRow(rows, "Access-Control-Allow-Credentials")->optionIsDefault); // absent, not set
}

void AnnotatorTest::namesExpressNodeAndBrowser()
{
    ExchangeRecord record
        = answeredWith({{"X-Powered-By", "Express"}, {"ETag", "W/\"1\""}, {"Date", "now"}},
                       {{"X-Trace", "1"}, {"Accept", "*/*"}});
    record.server.stages = {stageThatSet("routes", "ETag", "W/\"1\"")};
    record.server.settings = settings({{"express.etag", JsValue(QStringLiteral("weak"))}});
    CallRecord call = fetchCall();
    call.headers = {{"x-trace", "1"}};
    const auto rows = annotate(record, &call);
    QCOMPARE(answerRow(rows, "X-Powered-By")->setBy, QByteArray("express"));
    QCOMPARE(answerRow(rows, "X-Powered-By")->option, QByteArray("express.xPoweredBy"));
    QCOMPARE(answerRow(rows, "ETag")->setBy, QByteArray("express"));
    QVERIFY(answerRow(rows, "ETag")->optionIsDefault);
    QCOMPARE(answerRow(rows, "Date")->setBy, QByteArray("node"));
    QCOMPARE(requestRow(rows, "X-Trace")->setBy, QByteArray("script"));
    QCOMPARE(requestRow(rows, "Accept")->setBy, QByteArray("browser"));

    record.hasServer = false;
    QCOMPARE(answerRow(annotate(record, &call), "Date")->setBy, QByteArray());
}

void AnnotatorTest::knowsTheOptionTables()
{
    for (const HeaderSource &source : headerSources()) {
        QVERIFY2(LabConfig::isKnownPath("server." + source.option), source.option.constData());
        if (source.stage == "express")
            continue;
        const MiddlewareInfo *info = middlewareInfo(source.stage);
        QVERIFY2(info, source.stage.constData());
        const OptionSpec *spec = info->options.find(source.option.sliced(source.stage.size() + 1));
        QVERIFY2(spec, source.option.constData());
        QVERIFY2(spec->headers.contains(source.header),
                 (source.option + ' ' + source.header).constData());
        QVERIFY2(spec->defaultValue == source.defaultValue, source.option.constData());
    }
}

void AnnotatorTest::explainsARefusedMessage()
{
    ExchangeRecord record
        = exchange(1, {}, response(400, {{"Connection", "close"}}, "Bad Request"));
    record.hasClient = false;
    record.external = true;
    record.server.end.requestBytes = "GET / HTTP/1.1\nHost: x\n\n";
    record.server.endedBy.clear();
    record.server.decisions = {{"http.BareLf", QStringLiteral("A line ends with LF alone.")}};
    const auto rows = annotate(record, nullptr);
    QCOMPARE(rows[0].value, QByteArray("GET / HTTP/1.1"));
    QCOMPARE(rows[0].id, QByteArray("http.BareLf"));
    QCOMPARE(rows[0].meaning, QStringLiteral("A line ends with LF alone."));
    QCOMPARE(rows[0].tone, Tone::Bad);
    QVERIFY(rows[1].meaning.contains(QStringLiteral("A line ends with LF alone.")));
    QCOMPARE(rows[1].setBy, QByteArray("node"));
}

void AnnotatorTest::saysThatNoAnswerCame()
{
    const auto rows = annotate(exchange(1, request("GET", "/"), {}), nullptr);
    QCOMPARE(rows.at(1).meaning, QStringLiteral("No answer arrived."));
    QCOMPARE(rows.at(1).tone, Tone::Bad);
}

void AnnotatorTest::explainsStatusLines_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<Tone>("tone");
    QTest::addColumn<QString>("part");
    QTest::addRow("ok") << 200 << Tone::Good << QStringLiteral("did what was asked");
    QTest::addRow("created") << 201 << Tone::Good << QStringLiteral("Location");
    QTest::addRow("not modified") << 304 << Tone::Neutral << QStringLiteral("still good");
    QTest::addRow("not found") << 404 << Tone::Caution << QStringLiteral("never 405");
    QTest::addRow("unknown 4xx") << 499 << Tone::Caution << QStringLiteral("request is at fault");
    QTest::addRow("unknown 5xx") << 599 << Tone::Bad << QStringLiteral("at fault itself");
    QTest::addRow("unknown 2xx") << 299 << Tone::Good << QStringLiteral("did what was asked");
}

void AnnotatorTest::explainsStatusLines()
{
    QFETCH(int, status);
    QFETCH(Tone, tone);
    QFETCH(QString, part);
    ExchangeRecord record = exchange(1, request("PUT", "/ping?x=1"), response(status));
    record.server.endedBy = status == 404 ? "notFound" : "routes";
    const Annotation row = annotate(record, nullptr).at(1);
    QCOMPARE(row.tone, tone);
    QVERIFY2(row.meaning.contains(part), qPrintable(row.meaning));
    QCOMPARE(row.setBy, record.server.endedBy);
}

QTEST_GUILESS_MAIN(AnnotatorTest)
#include "tst_annotator.moc"
