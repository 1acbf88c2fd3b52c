// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "core/express/pipelineharness.h"
#include "express/finalhandler.h"
#include "express/fixedheaders.h"
#include "express/router.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;
using ExchangePointer = std::shared_ptr<Exchange>;

/// The walk through the stages and the record of it.
class PipelineTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void runsStagesInOrder();
    void skipsDisabledStages();
    void goesOnLaterWhenNextIsCalledLater();
    void skipsOrdinaryStagesWhileAnErrorIsPending();
    void passesRaisedErrorsToErrorHandlers();
    void turnsInvalidResponsesIntoErrors();
    void destroysTheConnectionWhenAnErrorComesTooLate();
    void readsTheBodyBeforeAnErrorPage();
    void showsTheStackInDevelopmentOnly();
    void answersErrorsAsJson_data();
    void answersErrorsAsJson();
    void letsNotFoundStandAnywhere();
    void setsFixedHeaders();
    void keepsThePipelineWhileAnExchangeRuns();

    void recordsHeaderChangesOfEachStage();
    void recordsChangesBeforeTheHeadForTheStageThatAskedForThem();
    void recordsWhatChangedOnTheRequest();
    void recordsWhatWasOnTheRequestBefore();
    void recordsDecisionsWhereTheyWereMade();
    void namesTheStageThatAnswered_data();
    void namesTheStageThatAnswered();
    void recordsErrors();
    void saysWhetherTheRouteHadItsEffect_data();
    void saysWhetherTheRouteHadItsEffect();
    void tellsWhatTheHandlerSaw();
    void tracesNothingWithoutObserver();
};

namespace {

Stage headerStage(const QByteArray &name)
{
    return stage(name, [name](const ExchangePointer &ex, const Next &next) {
        ex->setHeader("X-" + name, "1");
        next();
    });
}

Stage answering(const QByteArray &name = "answer")
{
    return stage(name, [](const ExchangePointer &ex, const Next &) { ex->end("x"); });
}

ExpressError failureWith(int status, const QString &message)
{
    ExpressError error;
    error.message = message;
    error.status = status;
    return error;
}

Stage failing(const ExpressError &error)
{
    return stage("failing", [error](const ExchangePointer &, const Next &next) { next(error); });
}

Stage errors()
{
    return {"errors", {}, std::make_shared<ErrorHandler>(), true};
}

Stage notFound()
{
    return {"notFound", {}, std::make_shared<NotFoundHandler>(), true};
}

Stage routes(const std::function<void(Router &)> &fill)
{
    auto router = std::make_shared<Router>(ExpressSettings {});
    fill(*router);
    return {"routes", {}, router, true};
}

QByteArrayList names(const std::vector<StageRecord> &stages)
{
    QByteArrayList list;
    for (const StageRecord &record : stages)
        list.append(record.name);
    return list;
}

} // namespace

void PipelineTest::runsStagesInOrder()
{
    const auto answer
        = runPipeline(makePipeline({headerStage("A"), headerStage("B"), answering()}), get("/"));
    QVERIFY(answer.head().startsWith(
        "HTTP/1.1 200 OK\r\nX-Powered-By: Express\r\nX-A: 1\r\nX-B: 1\r\nDate"));
}

void PipelineTest::skipsDisabledStages()
{
    Stage off = headerStage("Off");
    off.enabled = false;
    const auto answer = runPipeline(makePipeline({off, answering()}), get("/"), true);
    QVERIFY(!answer.head().contains("X-Off"));
    QCOMPARE(names(answer.report.stages), QByteArrayList {"answer"});
}

void PipelineTest::goesOnLaterWhenNextIsCalledLater()
{
    const auto waiting = stage("waiting", [](const ExchangePointer &ex, const Next &next) {
        ex->readBody(nullptr, [next] { next(); });
    });
    const auto answer = runPipeline(makePipeline({waiting, answering()}),
                                    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab");
    QCOMPARE(answer.status(), 200);
}

void PipelineTest::skipsOrdinaryStagesWhileAnErrorIsPending()
{
    const auto answer = runPipeline(
        makePipeline({failing(failureWith(418, u"tea"_s)), headerStage("Skipped"), errors()}),
        get("/"), true);
    QCOMPARE(answer.status(), 418);
    QVERIFY(!answer.head().contains("X-Skipped"));
    QCOMPARE(names(answer.report.stages), (QByteArrayList {"failing", "errors"}));
}

void PipelineTest::passesRaisedErrorsToErrorHandlers()
{
    const auto raising = stage("raising", [](const ExchangePointer &ex, const Next &) {
        ex->raise(failureWith(409, u"x"_s));
        ex->setHeader("X-After", "1");
        ex->end("never");
    });
    const auto answer = runPipeline(makePipeline({raising, answering()}), get("/"));
    QCOMPARE(answer.status(), 409);
    QVERIFY(!answer.head().contains("X-After"));
}

void PipelineTest::turnsInvalidResponsesIntoErrors()
{
    const auto invalid = stage("invalid", [](const ExchangePointer &ex, const Next &) {
        ex->setHeader("X-A", "a\nb");
        ex->end("never");
    });
    ExpressSettings settings;
    settings.jsonErrors = true;
    const auto answer = runPipeline(makePipeline({invalid, errors()}, settings), get("/"));
    QCOMPARE(answer.body(),
             QByteArray("{\"error\":{\"status\":500,\"name\":\"TypeError\",\"message\":"
                        "\"Invalid character in header content [\\\"X-A\\\"]\"}}"));
}

void PipelineTest::destroysTheConnectionWhenAnErrorComesTooLate()
{
    const auto late = stage("late", [](const ExchangePointer &ex, const Next &next) {
        ex->write("begun");
        next(failureWith(500, u"late"_s));
    });
    QVERIFY(runPipeline(makePipeline({late}), get("/")).destroyed);
}

void PipelineTest::readsTheBodyBeforeAnErrorPage()
{
    const auto pipeline = makePipeline({});
    const QByteArray head = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n";
    QCOMPARE(runPipeline(pipeline, head + "ab").bytes, QByteArray());
    QCOMPARE(runPipeline(pipeline, head + "abcd").status(), 404);
}

void PipelineTest::showsTheStackInDevelopmentOnly()
{
    ExpressSettings settings;
    settings.production = false;
    const auto stages = std::vector {failing(failureWith(500, u"<a>  b"_s))};
    QVERIFY(runPipeline(makePipeline(stages, settings), get("/"))
                .body()
                .contains("<pre>Error: &lt;a&gt; &nbsp;b<br> &nbsp; &nbsp;at "));
    QVERIFY(runPipeline(makePipeline(stages), get("/"))
                .body()
                .contains("<pre>Internal Server Error</pre>"));
}

void PipelineTest::answersErrorsAsJson_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("plain") << QByteArray("Error") << QByteArray() << 400
                           << QByteArray("{\"error\":{\"status\":400,\"name\":\"Error\","
                                         "\"message\":\"m\"}}");
    QTest::addRow("typed") << QByteArray("PayloadTooLargeError") << QByteArray("entity.too.large")
                           << 413
                           << QByteArray("{\"error\":{\"status\":413,\"name\":"
                                         "\"PayloadTooLargeError\",\"message\":\"m\","
                                         "\"type\":\"entity.too.large\"}}");
    QTest::addRow("the engine's words are replaced")
        << QByteArray("SyntaxError") << QByteArray("entity.parse.failed") << 400
        << QByteArray("{\"error\":{\"status\":400,\"name\":\"SyntaxError\",\"message\":"
                      "\"invalid JSON\",\"type\":\"entity.parse.failed\"}}");
    QTest::addRow("a status outside the error range is 500")
        << QByteArray("Error") << QByteArray() << 200
        << QByteArray("{\"error\":{\"status\":500,\"name\":\"Error\",\"message\":\"m\"}}");
}

void PipelineTest::answersErrorsAsJson()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, type);
    QFETCH(int, status);
    ExpressError error = failureWith(status, u"m"_s);
    error.name = name;
    error.type = type;
    ExpressSettings settings;
    settings.jsonErrors = true;
    QTEST(runPipeline(makePipeline({failing(error), errors()}, settings), get("/")).body(),
          "expected");
}

void PipelineTest::letsNotFoundStandAnywhere()
{
    const auto answer = runPipeline(makePipeline({notFound(), answering()}), get("/x"), true);
    QCOMPARE(answer.status(), 404);
    QCOMPARE(answer.report.endedBy, QByteArray("notFound"));
}

void PipelineTest::setsFixedHeaders()
{
    JsValue headers = JsValue::object();
    headers.insert(u"Vary"_s, JsValue(u"Accept"_s));
    headers.insert(u"X-List"_s, JsValue::stringArray({u"a"_s, u"b"_s}));
    const Stage fixed {"headers", {}, std::make_shared<FixedHeaders>(headers), true};
    const auto answer = runPipeline(makePipeline({fixed, answering()}), get("/"));
    QVERIFY(answer.has("Vary: Accept\r\nX-List: a\r\nX-List: b"));
}

void PipelineTest::keepsThePipelineWhileAnExchangeRuns()
{
    MemorySink sink;
    Next held;
    std::weak_ptr<const Pipeline> weak;
    const auto response = makeResponse(sink);
    {
        const auto pipeline = makePipeline(
            {stage("hold", [&](const ExchangePointer &, const Next &next) { held = next; }),
             answering()});
        weak = pipeline;
        LabClock clock;
        pipeline->handle(*response, clock);
    }
    QVERIFY(!weak.expired());
    held();
    QVERIFY(sink.ended);
    held = Next();
    QVERIFY(weak.expired());
}

void PipelineTest::recordsHeaderChangesOfEachStage()
{
    const auto changing = stage("changing", [](const ExchangePointer &ex, const Next &next) {
        ex->setHeader("X-A", "2");
        ex->removeHeader("X-Powered-By");
        ex->status(201);
        next();
    });
    const auto answer
        = runPipeline(makePipeline({headerStage("A"), changing, answering()}), get("/"), true);
    const auto &stages = answer.report.stages;
    QCOMPARE(names(stages), (QByteArrayList {"A", "changing", "answer"}));
    QVERIFY(stages.at(0).headerChanges
            == (std::vector<HeaderChange> {{HeaderChange::Kind::Added, "X-A", "", "1"}}));
    QVERIFY(
        stages.at(1).headerChanges
        == (std::vector<HeaderChange> {{HeaderChange::Kind::Removed, "X-Powered-By", "Express", ""},
                                       {HeaderChange::Kind::Changed, "X-A", "1", "2"}}));
    QCOMPARE(stages.at(1).statusBefore, 200);
    QCOMPARE(stages.at(1).statusAfter, 201);
    QVERIFY(stages.at(2).headerChanges.empty());
    QVERIFY(stages.at(2).ended);
    QVERIFY(!stages.at(1).ended);
    QVERIFY(stages.at(1).leftNs >= stages.at(1).enteredNs);
}

void PipelineTest::recordsChangesBeforeTheHeadForTheStageThatAskedForThem()
{
    const auto late = [](const QByteArray &name) {
        return stage(name, [name](const ExchangePointer &ex, const Next &next) {
            ex->onHeaders([ex = ex.get(), name] {
                ex->setHeader("X-Late", name);
                ex->decide(name + ".Late", u"late"_s);
            });
            next();
        });
    };
    const auto answer
        = runPipeline(makePipeline({late("one"), late("two"), answering()}), get("/"), true);
    const auto &stages = answer.report.stages;
    QVERIFY(stages.at(1).lateHeaderChanges
            == (std::vector<HeaderChange> {{HeaderChange::Kind::Added, "X-Late", "", "two"}}));
    QVERIFY(stages.at(0).lateHeaderChanges
            == (std::vector<HeaderChange> {{HeaderChange::Kind::Changed, "X-Late", "two", "one"}}));
    QVERIFY(stages.at(2).headerChanges.empty());
    QCOMPARE(stages.at(0).decisions.front().id, QByteArray("one.Late"));
    QCOMPARE(stages.at(1).decisions.front().id, QByteArray("two.Late"));
    QCOMPARE(stages.at(1).lateDecisions, 1);
    QVERIFY(stages.at(1).lateNs > 0);
    QCOMPARE(stages.at(2).lateDecisions, 0);
}

void PipelineTest::recordsWhatChangedOnTheRequest()
{
    const auto parser = stage("parser", [](const ExchangePointer &ex, const Next &next) {
        ex->body = JsValue(u"text"_s);
        next();
    });
    const auto answer = runPipeline(makePipeline({parser, answering()}), get("/?a=1"), true);
    QCOMPARE(toJson(answer.report.stages.at(0).requestChanges), QByteArray("{\"body\":\"text\"}"));
    QVERIFY(answer.report.stages.at(0).requestBefore.isUndefined());
    QVERIFY(answer.report.stages.at(1).requestChanges.isUndefined());
}

void PipelineTest::recordsWhatWasOnTheRequestBefore()
{
    const auto changer = stage("changer", [](const ExchangePointer &ex, const Next &next) {
        ex->query.insert(u"a"_s, JsValue(u"2"_s));
        next();
    });
    const auto answer = runPipeline(makePipeline({changer, answering()}), get("/?a=1"), true);
    const StageRecord &changed = answer.report.stages.at(0);
    QCOMPARE(toJson(changed.requestBefore), QByteArray("{\"query\":{\"a\":\"1\"}}"));
    QCOMPARE(toJson(changed.requestChanges), QByteArray("{\"query\":{\"a\":\"2\"}}"));
}

void PipelineTest::recordsDecisionsWhereTheyWereMade()
{
    const auto deciding = stage("deciding", [](const ExchangePointer &ex, const Next &next) {
        ex->decide("deciding.Yes", u"because"_s);
        next();
    });
    const auto answer
        = runPipeline(makePipeline({headerStage("A"), deciding, answering()}), get("/"), true);
    QVERIFY(answer.report.stages.at(0).decisions.empty());
    QCOMPARE(answer.report.stages.at(1).decisions.front().id, QByteArray("deciding.Yes"));
}

void PipelineTest::namesTheStageThatAnswered_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("endedBy");
    QTest::addRow("a route") << QByteArray("/known") << QByteArray("routes");
    QTest::addRow("no route") << QByteArray("/unknown") << QByteArray("notFound");
    QTest::addRow("an error") << QByteArray("/failing") << QByteArray("errors");
    QTest::addRow("a guard") << QByteArray("/guarded") << QByteArray("guard");
}

void PipelineTest::namesTheStageThatAnswered()
{
    QFETCH(QByteArray, target);
    const auto guard = stage("guard", [](const ExchangePointer &ex, const Next &next) {
        if (ex->path() != "/guarded")
            return next();
        ex->sendStatus(401);
    });
    const auto pipeline = makePipeline(
        {guard, routes([](Router &router) {
             router.add("GET", "/known", [](const ExchangePointer &ex) { ex->send("x"); });
             router.add("GET", "/failing", [](const ExchangePointer &ex) { ex->raise({}); });
         })});
    QTEST(runPipeline(pipeline, get(target), true).report.endedBy, "endedBy");
}

void PipelineTest::recordsErrors()
{
    ExpressError error = failureWith(413, u"too large"_s);
    error.type = "entity.too.large";
    const auto answer = runPipeline(makePipeline({failing(error)}), get("/"), true);
    QCOMPARE(answer.report.stages.front().error, u"too large"_s);
    QCOMPARE(answer.report.handler[u"error"].toString(), u"entity.too.large"_s);
}

void PipelineTest::saysWhetherTheRouteHadItsEffect_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("executed");
    QTest::addRow("answered") << QByteArray("/ok") << true;
    QTest::addRow("raised") << QByteArray("/raise") << false;
    QTest::addRow("passed an error on") << QByteArray("/next") << false;
    QTest::addRow("not reached") << QByteArray("/other") << false;
}

void PipelineTest::saysWhetherTheRouteHadItsEffect()
{
    QFETCH(QByteArray, target);
    const auto pipeline = makePipeline({routes([](Router &router) {
        router.add("GET", "/ok", [](const ExchangePointer &ex) { ex->send("x"); });
        router.add("GET", "/raise", [](const ExchangePointer &ex) { ex->raise({}); });
        router.add("GET", "/next", Handler([](const ExchangePointer &, const Next &next) {
                       next(ExpressError {});
                   }));
    })});
    QTEST(runPipeline(pipeline, get(target), true).report.executed, "executed");
}

void PipelineTest::tellsWhatTheHandlerSaw()
{
    const auto session = stage("session", [](const ExchangePointer &ex, const Next &next) {
        ex->session = JsValue::object();
        ex->noteError(u"token revoked"_s);
        next();
    });
    const auto answer = runPipeline(makePipeline({session, answering()}), get("/?a=1&a=2"), true);
    QCOMPARE(toJson(answer.report.handler),
             QByteArray("{\"query\":{\"a\":[\"1\",\"2\"]},\"session\":{},"
                        "\"error\":\"token revoked\"}"));
}

void PipelineTest::tracesNothingWithoutObserver()
{
    bool traced = true;
    const auto asking = stage("asking", [&](const ExchangePointer &ex, const Next &next) {
        traced = ex->traced();
        ex->decide("asking.Nothing", u"x"_s);
        next();
    });
    const auto answer = runPipeline(makePipeline({asking, answering()}), get("/"));
    QVERIFY(!traced);
    QVERIFY(answer.report.stages.empty());
}

QTEST_GUILESS_MAIN(PipelineTest)
#include "tst_pipeline.moc"
