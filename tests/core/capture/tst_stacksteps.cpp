// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/stacksteps.h"

#include "core/capture/recordedexchange.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace rt;
using namespace Qt::StringLiterals;
using Kind = StackStep::Kind;
using Mark = HeadLine::Mark;

namespace {

QByteArray shape(const std::vector<StackStep> &steps)
{
    static const char *const marks[] = {"in", "", "-", "late:", "out", "x"};
    QByteArrayList words;
    for (const StackStep &step : steps)
        words.append(marks[static_cast<int>(step.kind)] + step.stage + (step.ended ? "!" : ""));
    return words.join(' ');
}

const StackStep &stepOf(const std::vector<StackStep> &steps, Kind kind,
                        const QByteArray &stage = {})
{
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const StackStep &step) {
        return step.kind == kind && step.stage == stage;
    });
    if (found == steps.end())
        qFatal("no step %s in: %s", stage.constData(), shape(steps).constData());
    return *found;
}

/// "+Vary: Origin", "~Vary: a, b", "-Content-Length: 3", " X-Powered-By: Express"
QByteArray headText(const StackStep &step)
{
    static constexpr char marks[] = {' ', '+', '~', '-'};
    QByteArray text;
    for (const HeadLine &line : step.head)
        text += marks[static_cast<int>(line.mark)] + line.name + ": " + line.value + '\n';
    return text;
}

const QByteArray full = R"({"compression":{"enabled":true},"cors":{"enabled":true,
    "options":{"origin":"http://a.test"}},"hpp":{"enabled":true}})";

} // namespace

class StackStepsTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void namesEveryStepInTheOrderItHappened();
    void showsTheHeadAfterEachStep();
    void keepsCallbacksApartFromTheirStage();
    void showsWhatNodeAdds();
    void showsARequestMemberBeforeAndAfter();
    void stopsWhereTheChainEnded();
    void saysWhatWasPassedBy_data();
    void saysWhatWasPassedBy();
    void namesWhatAStageLooksAt();
    void tellsTimesApart();
    void keepsSeveralCookiesApart();
    void knowsNothingOfAForeignServer();
};

void StackStepsTest::namesEveryStepInTheOrderItHappened()
{
    const auto steps = stackSteps(recorded(full, get("/ping")));
    QCOMPARE(shape(steps),
             QByteArray("in compression cors json urlencoded hpp routes! late:compression out"));
}

void StackStepsTest::showsTheHeadAfterEachStep()
{
    const auto steps = stackSteps(recorded(full, get("/ping")));
    QCOMPARE(headText(stepOf(steps, Kind::Arrival)), QByteArray(" X-Powered-By: Express\n"));
    QCOMPARE(headText(stepOf(steps, Kind::Stage, "cors")),
             QByteArray(" X-Powered-By: Express\n+Access-Control-Allow-Origin: http://a.test\n"
                        "+Vary: Origin\n"));
    const StackStep &routes = stepOf(steps, Kind::Stage, "routes");
    QCOMPARE(routes.count(Mark::Added), 3);
    QVERIFY(headText(routes).contains("+ETag: W/\"4-"));
    QVERIFY(headText(routes).contains(" Vary: Origin\n"));
}

void StackStepsTest::keepsCallbacksApartFromTheirStage()
{
    const auto steps
        = stackSteps(recorded(full, get("/api/data?bytes=4000", "Accept-Encoding: gzip\r\n")));
    const StackStep &stage = stepOf(steps, Kind::Stage, "compression");
    const StackStep &late = stepOf(steps, Kind::Callback, "compression");
    QVERIFY(stage.decisions.empty());
    QCOMPARE(stage.count(Mark::Added), 0);
    QCOMPARE(late.decisions.front().id, QByteArray("compression.Compress"));
    const QByteArray head = headText(late);
    QVERIFY2(head.contains("~Vary: Origin, Accept-Encoding\n"), head.constData());
    QVERIFY2(head.contains("+Content-Encoding: gzip\n"), head.constData());
    QVERIFY2(head.contains("-Content-Length: 4000\n"), head.constData());
    QVERIFY(!headText(stepOf(steps, Kind::Wire)).contains("Content-Length"));
}

void StackStepsTest::showsWhatNodeAdds()
{
    const auto steps = stackSteps(recorded(full, get("/ping")));
    const StackStep &wire = steps.back();
    QByteArrayList added;
    for (const HeadLine &line : wire.head) {
        if (line.mark == Mark::Added)
            added.append(line.name);
    }
    QCOMPARE(added, (QByteArrayList {"Date", "Connection", "Keep-Alive"}));
    QCOMPARE(wire.count(Mark::Removed), 0);
}

void StackStepsTest::showsARequestMemberBeforeAndAfter()
{
    const auto steps = stackSteps(recorded(full, get("/api/echo?role=user&role=admin")));
    QCOMPARE(toJson(steps.front().request), QByteArray(R"({"query":{"role":["user","admin"]}})"));
    const StackStep &hpp = stepOf(steps, Kind::Stage, "hpp");
    QCOMPARE(hpp.changes.at(0).name, u"query"_s);
    QCOMPARE(toJson(hpp.changes.at(0).before), QByteArray(R"({"role":["user","admin"]})"));
    QCOMPARE(toJson(hpp.changes.at(0).after), QByteArray(R"({"role":"admin"})"));
    QCOMPARE(hpp.changes.at(1).name, u"queryPolluted"_s);
    QVERIFY(hpp.changes.at(1).before.isUndefined());
    QCOMPARE(toJson(hpp.request[u"query"]), QByteArray(R"({"role":"admin"})"));
}

void StackStepsTest::stopsWhereTheChainEnded()
{
    const auto steps
        = stackSteps(recorded(full,
                              "OPTIONS /api/user HTTP/1.1\r\nHost: h\r\nOrigin: http://a.test\r\n"
                              "Access-Control-Request-Method: PUT\r\n\r\n"));
    QCOMPARE(shape(steps),
             QByteArray("in compression cors! late:compression out xjson xurlencoded xhpp "
                        "xroutes"));
    QCOMPARE(stepOf(steps, Kind::Stage, "cors").statusAfter, 204);
}

void StackStepsTest::saysWhatWasPassedBy_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("stage");
    QTest::addColumn<StackStep::Why>("why");
    const QByteArray badJson = "POST /api/echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n"
                               "Content-Type: application/json\r\n\r\n{";
    QTest::addRow("another path") << QByteArray(R"({"cors":{"enabled":true,"paths":["/api"]}})")
                                  << get("/ping") << QByteArray("cors")
                                  << StackStep::Why::OtherPath;
    QTest::addRow("an error goes past")
        << full << badJson << QByteArray("routes") << StackStep::Why::ErrorPending;
    QTest::addRow("no error, no error handler")
        << QByteArray(R"({"order":["errors","routes","notFound"]})") << get("/ping")
        << QByteArray("errors") << StackStep::Why::OnlyErrors;
}

void StackStepsTest::saysWhatWasPassedBy()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, stage);
    QFETCH(StackStep::Why, why);
    const auto steps = stackSteps(recorded(config, request));
    QCOMPARE(stepOf(steps, Kind::PassedBy, stage).why, why);
}

void StackStepsTest::namesWhatAStageLooksAt()
{
    const auto steps
        = stackSteps(recorded(full, get("/api/data?bytes=9", "Origin: http://b.test\r\n")));
    const auto &cors = stepOf(steps, Kind::Stage, "cors").inputs;
    QCOMPARE(cors.size(), size_t(1)); // no preflight, so no Access-Control-Request-*
    QCOMPARE(cors.at(0).value, QByteArray("http://b.test"));
    QVERIFY(stepOf(steps, Kind::Stage, "compression").inputs.size() == 1);
    const auto &late = stepOf(steps, Kind::Callback, "compression").inputs;
    QCOMPARE(late.at(0).name, QByteArray("Content-Type"));
    QVERIFY(late.at(0).present);
    const StageInput &accept = late.back();
    QCOMPARE(accept.name, QByteArray("Accept-Encoding"));
    QVERIFY(!accept.present);
    const auto &hpp = stepOf(steps, Kind::Stage, "hpp").inputs;
    QCOMPARE(hpp.at(0).name, QByteArray("req.query"));
    QCOMPARE(hpp.at(0).value, QByteArray(R"({"bytes":"9"})"));
}

void StackStepsTest::tellsTimesApart()
{
    const auto steps = stackSteps(recorded(full, get("/ping")));
    for (const StackStep &step : steps) {
        if (step.kind == Kind::Stage)
            QVERIFY(step.durationNs >= 0 && step.startedNs >= 0);
    }
    QVERIFY(stepOf(steps, Kind::Callback, "compression").durationNs > 0);
    QCOMPARE(stepOf(steps, Kind::Wire).durationNs, qint64(-1));
}

void StackStepsTest::keepsSeveralCookiesApart()
{
    ExchangeRecord record;
    StageRecord first;
    first.name = "cookieSession";
    first.headerChanges = {{HeaderChange::Kind::Added,
                            "Set-Cookie",
                            {},
                            "a=1; expires=Tue, 14 Nov 2023 22:13:20 GMT; httponly, "
                            "a.sig=x-y; path=/"}};
    StageRecord second;
    second.name = "routes";
    second.headerChanges = {{HeaderChange::Kind::Changed, "Set-Cookie",
                             first.headerChanges[0].after, first.headerChanges[0].after + ", b=2"}};
    record.server.stages = {first, second};
    const auto steps = stackSteps(record);
    QCOMPARE(headText(steps.at(1)),
             QByteArray("+Set-Cookie: a=1; expires=Tue, 14 Nov 2023 22:13:20 GMT; httponly\n"
                        "+Set-Cookie: a.sig=x-y; path=/\n"));
    QVERIFY(headText(steps.at(2)).contains(" Set-Cookie: a.sig=x-y; path=/\n+Set-Cookie: b=2\n"));
}

void StackStepsTest::knowsNothingOfAForeignServer()
{
    ExchangeRecord record;
    record.hasServer = false;
    QVERIFY(stackSteps(record).empty());
}

QTEST_GUILESS_MAIN(StackStepsTest)
#include "tst_stacksteps.moc"
