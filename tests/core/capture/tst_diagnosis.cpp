// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/annotation.h"
#include "core/capture/fixtures.h"
#include "lab/labconfig.h"
#include "middleware/cors.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace rt::fixtures;
using Tone = Annotation::Tone;
using Outcome = CallRecord::Outcome;

namespace {

const QByteArray page = "http://app.shop.test:3000";

CallRecord blockedCall(const QByteArray &reason, const QByteArray &method = "GET",
                       const QByteArray &credentials = "same-origin")
{
    CallRecord call;
    call.id = 1;
    call.page = page;
    call.url = "http://api.shop.test:8000/api/user";
    call.method = method;
    call.mode = "cors";
    call.credentials = credentials;
    call.crossOrigin = true;
    call.outcome = Outcome::Blocked;
    call.reason = reason;
    return call;
}

CallRecord okCall(const QByteArray &method = "GET")
{
    CallRecord call = blockedCall({}, method);
    call.outcome = Outcome::Ok;
    call.type = "cors";
    call.status = 200;
    call.readable = true;
    return call;
}

std::shared_ptr<const JsValue> settingsOf(const LabConfig &config)
{
    return std::make_shared<const JsValue>(config.flattened());
}

LabConfig configured(std::initializer_list<std::pair<const char *, JsValue>> settings)
{
    LabConfig config = *LabConfig::base().withSetting("server.cors.enabled", JsValue(true));
    for (const auto &[path, value] : settings) {
        const auto changed = config.withSetting(path, value);
        Q_ASSERT(changed);
        config = *changed;
    }
    return config;
}

/// What the lab's own cors middleware answers to this request under `config`.
ExchangeRecord askCors(const LabConfig &config, const QByteArray &method, const HeaderList &headers)
{
    ExchangeRecord record = exchange(1, request(method, "/api/user", headers), response(200));
    const StackEntry *cors = config.entry("cors");
    StageRecord stage;
    stage.name = "cors";
    if (cors && cors->enabled) {
        const CorsAnswer answer = CorsPolicy::compile(cors->options)->answer(method, headers);
        ResponseHead head = response(answer.status.value_or(200));
        for (const HeaderField &field : answer.headers)
            head.headers.append(field.name, field.value);
        record.client.end.response = record.server.end.response = head;
        stage.decisions = answer.decisions;
        record.server.endedBy = answer.status ? "cors" : "routes";
        record.server.stages = {stage};
    }
    record.server.settings = settingsOf(config);
    if (method == "OPTIONS")
        record.kind = ExchangeRecord::Kind::Preflight;
    return record;
}

QString wording(const Diagnosis &diagnosis)
{
    return QStringList {diagnosis.story, diagnosis.cause, diagnosis.remedy}.join(u' ');
}

} // namespace

class DiagnosisTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void explainsEveryReason_data();
    void explainsEveryReason();
    void mendsWhatItDiagnoses_data();
    void mendsWhatItDiagnoses();
    void keepsWhoWasAllowedBefore_data();
    void keepsWhoWasAllowedBefore();
    void putsCorsBeforeTheStageThatAnswered();
    void offersNoFixForAnUnnamedOrigin();
    void asksForCapitalLettersInsteadOfAFix();
    void looksAtTheExchangeThatFailed();
    void usesTheStepsWordsForOtherReasons();
    void saysThatTheServerDidTheWorkAllTheSame();
    void judgesExchangesWithoutACall_data();
    void judgesExchangesWithoutACall();
    void speaksOfABrowserOnlyWhenThereIsOne();
    void explainsARefusedMessage();
    void tellsTheStory_data();
    void tellsTheStory();
    void tellsHowLongAPermissionHolds();
    void explainsAnErrorStatus();
};

void DiagnosisTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void DiagnosisTest::explainsEveryReason_data()
{
    QTest::addColumn<bool>("withExchange");
    for (const char *reason : {"cors.NoAllowOrigin",
                               "cors.OriginMismatch",
                               "cors.MultipleAllowOrigin",
                               "cors.InvalidAllowOrigin",
                               "cors.WildcardWithCredentials",
                               "cors.CredentialsNotAllowed",
                               "cors.PreflightStatus",
                               "cors.PreflightRedirect",
                               "cors.MethodNotAllowed",
                               "cors.HeaderNotAllowed",
                               "cors.InvalidAllowMethods",
                               "cors.InvalidAllowHeaders",
                               "cors.RedirectContainsCredentials",
                               "cors.DisabledScheme",
                               "csp.Blocked",
                               "mixed.Blocked",
                               "frame.Refused",
                               "nosniff.Blocked",
                               "corp.Blocked",
                               "coep.Blocked",
                               "body.DecodeError",
                               "net.Refused",
                               "net.Timeout",
                               "net.Reset",
                               "net.Closed",
                               "net.EmptyResponse",
                               "net.NameNotResolved",
                               "net.UnsafePort",
                               "net.CertificateInvalid",
                               "net.TlsFailed",
                               "net.BadResponse",
                               "ws.UpgradeRefused"}) {
        QTest::addRow("%s", reason) << true;
        QTest::addRow("%s nothing sent", reason) << false;
    }
}

void DiagnosisTest::explainsEveryReason()
{
    QFETCH(bool, withExchange);
    const QByteArray reason = QByteArray(QTest::currentDataTag()).split(' ').first();
    const CallRecord call = blockedCall(reason, "PUT");
    std::vector<ExchangeRecord> exchanges;
    if (withExchange)
        exchanges.push_back(askCors(configured({}), "PUT", {{"Origin", page}}));
    const Diagnosis diagnosis = diagnose(call, exchanges);
    QCOMPARE(diagnosis.reason, reason);
    QCOMPARE(diagnosis.tone, Tone::Bad);
    for (const QString &text : {diagnosis.story, diagnosis.cause, diagnosis.remedy}) {
        QVERIFY2(text.endsWith(u'.'), qPrintable(text));
        QVERIFY2(!text.contains(u'%') && !text.contains(u'!')
                     && !text.contains(QStringLiteral("Oops")),
                 qPrintable(text));
        QVERIFY2(!text.contains(QStringLiteral("  ")), qPrintable(text));
    }
    QVERIFY2(!diagnosis.story.contains(QStringLiteral(". ")),
             qPrintable(diagnosis.story)); // one sentence
    for (const Fix &fix : diagnosis.fixes) {
        QVERIFY2(LabConfig::isKnownPath(fix.path), fix.path.constData());
        QVERIFY(LabConfig::base().withSetting(fix.path, fix.value));
        QVERIFY(!fix.label.isEmpty());
    }
}

void DiagnosisTest::mendsWhatItDiagnoses_data()
{
    QTest::addColumn<LabConfig>("config");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QByteArray>("credentials");
    QTest::addColumn<QByteArray>("reason");
    const auto text = [](const char *value) { return JsValue(QString::fromLatin1(value)); };
    const auto row = [](const char *title, const LabConfig &config, const char *method,
                        const char *names, const char *credentials, const char *reason) {
        QTest::addRow("%s", title) << config << QByteArray(method) << QByteArray(names)
                                   << QByteArray(credentials) << QByteArray(reason);
    };
    const LabConfig off = *LabConfig::base().withSetting("server.cors.enabled", JsValue(false));
    row("cors is off", off, "GET", "", "omit", "cors.NoAllowOrigin");
    row("cors is off, with a wrong origin",
        *off.withSetting("server.cors.origin", text("http://b.test")), "GET", "", "omit",
        "cors.NoAllowOrigin");
    row("not in the list",
        configured(
            {{"server.cors.origin", JsValue::stringArray({QStringLiteral("http://b.test")})}}),
        "GET", "", "omit", "cors.NoAllowOrigin");
    row("origin false", configured({{"server.cors.origin", JsValue(false)}}), "GET", "", "omit",
        "cors.NoAllowOrigin");
    row("another origin", configured({{"server.cors.origin", text("http://b.test")}}), "GET", "",
        "omit", "cors.OriginMismatch");
    row("a slash too much",
        configured({{"server.cors.origin", text("http://app.shop.test:3000/")}}), "GET", "", "omit",
        "cors.OriginMismatch");
    row("no scheme", configured({{"server.cors.origin", text("app.shop.test")}}), "GET", "", "omit",
        "cors.InvalidAllowOrigin");
    row("two in one text",
        configured({{"server.cors.origin", text("http://b.test, http://app.shop.test:3000")}}),
        "GET", "", "omit", "cors.MultipleAllowOrigin");
    row("star with credentials", configured({}), "GET", "", "include",
        "cors.WildcardWithCredentials");
    row("credentials not allowed",
        configured({{"server.cors.origin", text("http://app.shop.test:3000")}}), "GET", "",
        "include", "cors.CredentialsNotAllowed");
    row("method not listed", configured({{"server.cors.methods", text("GET,POST")}}), "DELETE", "",
        "omit", "cors.MethodNotAllowed");
    row("no method listed", configured({{"server.cors.methods", JsValue::array()}}), "DELETE", "",
        "omit", "cors.MethodNotAllowed");
    row("methods unreadable", configured({{"server.cors.methods", text("GET DELETE;PUT")}}),
        "DELETE", "", "omit", "cors.InvalidAllowMethods");
    row("header not listed", configured({{"server.cors.allowedHeaders", text("X-Other")}}), "GET",
        "x-trace", "omit", "cors.HeaderNotAllowed");
    row("star does not cover Authorization",
        configured({{"server.cors.allowedHeaders", text("*")}}), "GET", "authorization", "omit",
        "cors.HeaderNotAllowed");
    row("headers unreadable", configured({{"server.cors.allowedHeaders", text("X-Trace;X-Other")}}),
        "GET", "x-trace", "omit", "cors.InvalidAllowHeaders");
    row("odd preflight status", configured({{"server.cors.optionsSuccessStatus", JsValue(404)}}),
        "PUT", "", "omit", "cors.PreflightStatus");
}

void DiagnosisTest::mendsWhatItDiagnoses()
{
    QFETCH(LabConfig, config);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, names);
    QFETCH(QByteArray, credentials);
    QFETCH(QByteArray, reason);
    const bool preflighted = method != "GET" || !names.isEmpty();
    HeaderList headers {{"Origin", page}};
    if (preflighted)
        headers.append("Access-Control-Request-Method", method);
    if (!names.isEmpty())
        headers.append("Access-Control-Request-Headers", names);
    const QByteArray sent = preflighted ? "OPTIONS" : method;

    CallRecord call = blockedCall(reason, method, credentials);
    const Diagnosis diagnosis = diagnose(call, {askCors(config, sent, headers)});
    QVERIFY2(!diagnosis.fixes.empty(), qPrintable(wording(diagnosis)));
    for (const Fix &fix : diagnosis.fixes) {
        const auto changed = config.withSetting(fix.path, fix.value);
        QVERIFY2(changed, fix.path.constData());
        config = *changed;
    }
    // The mended answer has nothing left to complain of, with credentials as the call had them.
    const ExchangeRecord mended = askCors(config, sent, headers);
    for (const Annotation &row : annotate(mended, &call))
        QVERIFY2(row.tone != Tone::Bad, qPrintable(QString::fromLatin1(row.header) + row.meaning));
}

void DiagnosisTest::keepsWhoWasAllowedBefore_data()
{
    QTest::addColumn<JsValue>("before");
    QTest::addColumn<JsValue>("after");
    const JsValue mine = QString::fromLatin1(page);
    const JsValue other = QStringLiteral("http://partner.test");
    QTest::addRow("another host") << other << JsValue::array({other, mine});
    QTest::addRow("another port of the host")
        << JsValue(QStringLiteral("http://app.shop.test:1")) << mine;
    QTest::addRow("a spelling mistake") << JsValue(QStringLiteral("http://partner.test/")) << mine;
    QTest::addRow("list") << JsValue::array({other}) << JsValue::array({other, mine});
    QTest::addRow("pattern") << JsValue(JsRegExp {QStringLiteral("x"), {}}) << mine;
}

void DiagnosisTest::keepsWhoWasAllowedBefore()
{
    QFETCH(JsValue, before);
    QFETCH(JsValue, after);
    const LabConfig config = configured({{"server.cors.origin", before}});
    const Diagnosis diagnosis = diagnose(blockedCall("cors.OriginMismatch"),
                                         {askCors(config, "GET", {{"Origin", page}})});
    QCOMPARE(diagnosis.fixes.size(), size_t(1));
    QCOMPARE(diagnosis.fixes[0].path, QByteArray("server.cors.origin"));
    QVERIFY2(diagnosis.fixes[0].value == after, qPrintable(diagnosis.fixes[0].label));
}

void DiagnosisTest::putsCorsBeforeTheStageThatAnswered()
{
    LabConfig config = configured({});
    QByteArrayList order = QByteArray("auth,cors,json,routes,notFound,errors").split(',');
    config = config.withOrder(order);
    ExchangeRecord record = exchange(
        1, request("OPTIONS", "/me", {{"Origin", page}, {"Access-Control-Request-Method", "PUT"}}),
        response(401));
    record.kind = ExchangeRecord::Kind::Preflight;
    record.server.endedBy = "auth";
    record.server.settings = settingsOf(config);
    for (const char *reason : {"cors.NoAllowOrigin", "cors.PreflightStatus"}) {
        const Diagnosis diagnosis = diagnose(blockedCall(reason, "PUT"), {record});
        QCOMPARE(diagnosis.fixes.size(), size_t(1));
        QCOMPARE(diagnosis.fixes[0].path, QByteArray("server.order"));
        QCOMPARE(diagnosis.fixes[0].value.items().at(0), JsValue(QStringLiteral("cors")));
        QCOMPARE(diagnosis.fixes[0].value.items().at(1), JsValue(QStringLiteral("auth")));
        QVERIFY(diagnosis.cause.contains(QStringLiteral("auth")));
    }
}

void DiagnosisTest::offersNoFixForAnUnnamedOrigin()
{
    const Diagnosis diagnosis = diagnose(
        blockedCall("cors.OriginMismatch"),
        {askCors(configured({{"server.cors.origin", JsValue(QString::fromLatin1(page))}}), "GET",
                 {{"Origin", "null"}})});
    QVERIFY(diagnosis.fixes.empty());
    QVERIFY(diagnosis.remedy.contains(QStringLiteral("redirect")));
}

void DiagnosisTest::asksForCapitalLettersInsteadOfAFix()
{
    const HeaderList headers {{"Origin", page}, {"Access-Control-Request-Method", "patch"}};
    const Diagnosis diagnosis = diagnose(blockedCall("cors.MethodNotAllowed", "patch"),
                                         {askCors(configured({}), "OPTIONS", headers)});
    QVERIFY(diagnosis.fixes.empty());
    QVERIFY(diagnosis.remedy.contains(QStringLiteral("PATCH")));
}

void DiagnosisTest::looksAtTheExchangeThatFailed()
{
    CallRecord call = blockedCall("cors.OriginMismatch");
    AlgorithmStep failed;
    failed.id = call.reason;
    failed.outcome = AlgorithmStep::Outcome::Failed;
    failed.exchange = 1;
    call.steps = {failed};
    ExchangeRecord wrong
        = askCors(configured({{"server.cors.origin", JsValue(QStringLiteral("http://b.test"))}}),
                  "GET", {{"Origin", page}});
    ExchangeRecord right = exchange(2, request("GET", "/", {{"Origin", page}}), response(200));
    QVERIFY(diagnose(call, {wrong, right}).cause.contains(QStringLiteral("http://b.test")));
}

void DiagnosisTest::usesTheStepsWordsForOtherReasons()
{
    CallRecord call = blockedCall("request.NotAToken");
    call.outcome = Outcome::Failed;
    AlgorithmStep failed;
    failed.outcome = AlgorithmStep::Outcome::Failed;
    failed.sentence = QStringLiteral("The method is no token.");
    call.steps = {failed};
    QCOMPARE(diagnose(call, {}).story, failed.sentence);
}

void DiagnosisTest::saysThatTheServerDidTheWorkAllTheSame()
{
    ExchangeRecord record
        = askCors(*LabConfig::base().withSetting("server.cors.enabled", JsValue(false)), "POST",
                  {{"Origin", page}});
    record.server.executed = true;
    QVERIFY(diagnose(blockedCall("cors.NoAllowOrigin", "POST"), {record})
                .cause.contains(QStringLiteral("did carry out")));
    record.server.executed = false;
    QVERIFY(!diagnose(blockedCall("cors.NoAllowOrigin", "POST"), {record})
                 .cause.contains(QStringLiteral("did carry out")));
}

void DiagnosisTest::judgesExchangesWithoutACall_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<HeaderList>("answer");
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("reason");
    const HeaderField allowed {"Access-Control-Allow-Origin", page};
    const auto row = [](const char *title, int status, const HeaderList &answer, const char *asked,
                        const char *reason) {
        QTest::addRow("%s", title) << status << answer << QByteArray(asked) << QByteArray(reason);
    };
    row("passed", 200, {allowed}, "", "");
    row("star", 200, {{"Access-Control-Allow-Origin", "*"}}, "", "");
    row("nothing allowed", 200, {}, "", "cors.NoAllowOrigin");
    row("other origin", 200, {{"Access-Control-Allow-Origin", "http://b.test"}}, "",
        "cors.OriginMismatch");
    row("twice", 200, {allowed, allowed}, "", "cors.MultipleAllowOrigin");
    row("nonsense", 200, {{"Access-Control-Allow-Origin", "yes"}}, "", "cors.InvalidAllowOrigin");
    row("preflight passed", 204, {allowed, {"Access-Control-Allow-Methods", "PUT"}}, "PUT", "");
    row("preflight of a safelisted method", 204, {allowed}, "POST", "");
    row("preflight status", 404, {allowed}, "PUT", "cors.PreflightStatus");
    row("preflight redirect", 301, {{"Location", "/x"}}, "PUT", "cors.PreflightRedirect");
    row("preflight 301 without Location", 301, {allowed}, "PUT", "cors.PreflightStatus");
    row("preflight method", 204, {allowed, {"Access-Control-Allow-Methods", "put"}}, "PUT",
        "cors.MethodNotAllowed");
    row("preflight methods unreadable", 204,
        {allowed, {"Access-Control-Allow-Methods", "PUT DELETE"}}, "PUT",
        "cors.InvalidAllowMethods");
    row("preflight headers unreadable", 204,
        {allowed, {"Access-Control-Allow-Methods", "PUT"}, {"Access-Control-Allow-Headers", "a b"}},
        "PUT", "cors.InvalidAllowHeaders");
}

void DiagnosisTest::judgesExchangesWithoutACall()
{
    QFETCH(int, status);
    QFETCH(HeaderList, answer);
    QFETCH(QByteArray, asked);
    QFETCH(QByteArray, reason);
    HeaderList headers {{"Origin", page}};
    if (!asked.isEmpty())
        headers.append("Access-Control-Request-Method", asked);
    const ExchangeRecord record = exchange(
        1, request(asked.isEmpty() ? "GET" : "OPTIONS", "/x", headers), response(status, answer));
    const Diagnosis diagnosis = diagnose(record);
    QCOMPARE(diagnosis.reason, reason);
    QVERIFY(!diagnosis.story.isEmpty());
    QCOMPARE(diagnosis.tone == Tone::Bad, !reason.isEmpty());
}

void DiagnosisTest::speaksOfABrowserOnlyWhenThereIsOne()
{
    const auto asked = [](const QByteArray &userAgent) {
        return diagnose(exchange(1,
                                 request("GET", "/", {{"Origin", page}, {"User-Agent", userAgent}}),
                                 response(200)))
            .story;
    };
    QVERIFY(asked("curl/8.0").startsWith(QStringLiteral("A browser would hide")));
    QVERIFY(asked("Mozilla/5.0 (X11)").startsWith(QStringLiteral("The browser hid")));
}

void DiagnosisTest::explainsARefusedMessage()
{
    ExchangeRecord record = exchange(1, {}, response(400));
    record.server.decisions = {{"http.BareLf", QStringLiteral("A line ends with LF alone.")}};
    const Diagnosis diagnosis = diagnose(record);
    QCOMPARE(diagnosis.reason, QByteArray("http.BareLf"));
    QCOMPARE(diagnosis.cause, QStringLiteral("A line ends with LF alone."));
}

void DiagnosisTest::tellsTheStory_data()
{
    QTest::addColumn<CallRecord>("call");
    QTest::addColumn<QString>("story");
    CallRecord call = okCall();
    QTest::addRow("simple cross-origin")
        << call
        << QStringLiteral(
               "The browser sent the GET without asking; the server lets this page read the "
               "answer: 200 OK.");
    call.preflight = CallRecord::Preflight::Sent;
    QTest::addRow("after a preflight")
        << call
        << QStringLiteral(
               "The browser asked first, the server allowed GET from this page, and script may "
               "read the answer: 200 OK.");
    call = okCall();
    call.crossOrigin = false;
    QTest::addRow("same origin")
        << call
        << QStringLiteral("The page asked its own origin, where no CORS check is needed. "
                          "The server answered 200 OK.");
    call = okCall();
    call.type = "opaque";
    QTest::addRow("opaque")
        << call
        << QStringLiteral("The answer arrived, but in mode no-cors script sees nothing of it.");
    call = okCall();
    call.api = "raw";
    QTest::addRow("raw")
        << call
        << QStringLiteral("The raw tool sent GET and the server answered 200 OK. No browser rule "
                          "stands in between.");
    call = okCall();
    call.outcome = Outcome::Pending;
    QTest::addRow("pending") << call << QStringLiteral("The GET is on its way; no answer yet.");
    call.outcome = Outcome::Aborted;
    QTest::addRow("cancelled") << call
                               << QStringLiteral(
                                      "The request was cancelled before the answer was complete.");
    QTest::addRow("blocked") << blockedCall("net.Refused")
                             << QStringLiteral("Nobody answers at api.shop.test:8000.");
}

void DiagnosisTest::tellsTheStory()
{
    QFETCH(CallRecord, call);
    QFETCH(QString, story);
    const ExchangeRecord record
        = exchange(1, request("GET", "/api/user", {{"Origin", page}}), response(200));
    QCOMPARE(storyOf(call, {record}), story);
    QCOMPARE(diagnose(call, {record}).story, story);
}

void DiagnosisTest::tellsHowLongAPermissionHolds()
{
    CallRecord call = okCall("PUT");
    call.preflight = CallRecord::Preflight::Cached;
    call.cacheSecondsLeft = 587.5;
    QCOMPARE(storyOf(call, {}),
             QStringLiteral("The server allowed PUT from this page for another 588 seconds, so "
                            "the browser sent it without asking again."));
    AlgorithmStep step;
    step.evidence = "Access-Control-Max-Age: 600";
    call.steps = {step};
    QCOMPARE(storyOf(call, {}),
             QStringLiteral("The server allowed PUT from this page for 10 minutes, so the "
                            "browser sent it without asking again."));
}

void DiagnosisTest::explainsAnErrorStatus()
{
    CallRecord call = okCall();
    call.status = 404;
    ExchangeRecord record
        = exchange(1, request("GET", "/none", {{"Origin", page}}), response(404, {}, "Not Found"));
    record.server.endedBy = "notFound";
    const Diagnosis diagnosis = diagnose(call, {record});
    QCOMPARE(diagnosis.tone, Tone::Caution);
    QVERIFY(diagnosis.cause.contains(QStringLiteral("No route answers GET /none")));
}

QTEST_GUILESS_MAIN(DiagnosisTest)
#include "tst_diagnosis.moc"
