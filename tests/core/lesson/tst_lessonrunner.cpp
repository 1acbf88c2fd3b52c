// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labsession.h"
#include "lesson/lessonreader.h"
#include "lesson/lessonrunner.h"
#include "testfolder.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace rt;

namespace {

Lesson smallLesson()
{
    QFile file(testFolder() + QStringLiteral("/data/lessons/small.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("small.json is missing");
    std::vector<LessonProblem> problems;
    Lesson lesson = readLesson(file.readAll(), QStringLiteral("small.json"), problems);
    Q_ASSERT(problems.empty());
    return lesson;
}

ExchangeRecord exchange(quint64 id, double t, const QByteArray &method, int status)
{
    ExchangeRecord record;
    record.id = id;
    record.t = t;
    record.client.end.request.method = method;
    record.client.end.request.target = "/api/user";
    record.client.end.response.status = status;
    record.client.end.response.headers.append("content-type", "application/json");
    return record;
}

CallRecord call(quint64 id, double t)
{
    CallRecord record;
    record.id = id;
    record.t = t;
    record.outcome = CallRecord::Outcome::Ok;
    return record;
}

/// A lesson on a lab whose items the test makes up.
struct Play
{
    Play() { runner.start(smallLesson()); }

    void see(std::vector<CaptureItem> items) { emit lab.itemsArrived(items); }
    void reachSecondStep()
    {
        runner.answer(QStringLiteral("q1"), JsValue::stringArray({QStringLiteral("a")}));
        see({exchange(1, lab.elapsed() + 1, "GET", 200)});
    }
    void reachThirdStep()
    {
        reachSecondStep();
        const double later = lab.elapsed() + 10;
        see({call(1, later), exchange(2, later + 1, "PUT", 200)});
    }

    LabSession lab {LabSetup()};
    LessonRunner runner {lab};
};

} // namespace

class LessonRunnerTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void startsInTheStartStateOfTheLesson();
    void predictionsAreCommittedBeforeTheRunCounts();
    void passesLatchAndOnlyWhatFollowsCounts();
    void patchesTheLabWhenAStepOpens();
    void namesTheMistakeThatIsTrue();
    void saysWhyNotYet();
    void picksCompareHeaderNamesWithoutCase();
    void readStepsWaitForNext();
    void answersMayComeFromTheCapture();
    void restartingForgetsWhatWasDone();
    void opensHintsOneByOne();
    void resolvesPlaceholders();
    void runsActionsOfTheLessonItself();
};

void LessonRunnerTest::startsInTheStartStateOfTheLesson()
{
    Play play;
    QCOMPARE(play.lab.config().setting("server.cors.origin"),
             JsValue(QStringLiteral("http://app.shop.test:3000")));
    QCOMPARE(play.runner.currentStep(), 0);
    QCOMPARE(play.runner.state(0).phase, StepState::Phase::Open);
    QCOMPARE(play.runner.state(1).phase, StepState::Phase::Waiting);
}

void LessonRunnerTest::predictionsAreCommittedBeforeTheRunCounts()
{
    Play play;
    play.see({exchange(1, play.lab.elapsed() + 1, "GET", 200)});
    QCOMPARE(play.runner.currentStep(), 0);
    play.runner.answer(QStringLiteral("q1"), JsValue::stringArray({QStringLiteral("a")}));
    QCOMPARE(play.runner.currentStep(), 1);
    QVERIFY(play.runner.isAnswered(QStringLiteral("q1")));
    QVERIFY(!play.runner.isCorrect(QStringLiteral("q1")));
}

void LessonRunnerTest::passesLatchAndOnlyWhatFollowsCounts()
{
    Play play;
    QSignalSpy passed(&play.runner, &LessonRunner::stepPassed);
    play.reachThirdStep();
    QCOMPARE(passed.count(), 2);
    QCOMPARE(play.runner.currentStep(), 2);
    QCOMPARE(play.runner.state(1).phase, StepState::Phase::Passed);
    // What was there before a step began does not pass it.
    play.runner.pick(QStringLiteral("http"), QStringLiteral("res.h[Vary]"), 2);
    QCOMPARE(play.runner.currentStep(), 2);
}

void LessonRunnerTest::patchesTheLabWhenAStepOpens()
{
    Play play;
    play.reachSecondStep();
    QCOMPARE(play.lab.config().setting("server.cors.maxAge"), JsValue(600));
}

void LessonRunnerTest::namesTheMistakeThatIsTrue()
{
    Play play;
    play.reachSecondStep();
    QCOMPARE(play.runner.state(1).mistake, QString());
    play.see({exchange(2, play.lab.elapsed() + 10, "GET", 200)});
    QCOMPARE(play.runner.state(1).mistake, QStringLiteral("get"));
}

void LessonRunnerTest::saysWhyNotYet()
{
    Play play;
    play.reachSecondStep();
    play.see({exchange(2, play.lab.elapsed() + 10, "PUT", 404)});
    const auto &clauses = play.runner.state(1).clauses;
    QCOMPARE(clauses.size(), size_t(2));
    QVERIFY(!clauses[0].holds);
    QCOMPARE(clauses[0].sentence,
             QStringLiteral("There is an exchange where method is PUT and status is 200"));
    QCOMPARE(clauses[0].nearMiss, QStringLiteral("PUT /api/user: status is 404, wanted 200"));
    QCOMPARE(clauses[1].nearMiss,
             QStringLiteral("number of calls where result is ok is 0, wanted at least 1"));
}

void LessonRunnerTest::picksCompareHeaderNamesWithoutCase()
{
    Play play;
    play.reachThirdStep();
    play.runner.pick(QStringLiteral("http"), QStringLiteral("res.h[content-type]"), 2);
    QCOMPARE(play.runner.currentStep(), 3);
}

void LessonRunnerTest::readStepsWaitForNext()
{
    Play play;
    play.reachThirdStep();
    play.runner.next(); // this one is no read step
    QCOMPARE(play.runner.currentStep(), 2);
    play.runner.pick(QStringLiteral("http"), QStringLiteral("res.h[\"Content-Type\"]"), 2);
    play.runner.next();
    QCOMPARE(play.runner.currentStep(), 4);
}

void LessonRunnerTest::answersMayComeFromTheCapture()
{
    Play play;
    play.reachThirdStep();
    play.runner.pick(QStringLiteral("http"), QStringLiteral("res.h[Content-Type]"), 2);
    play.runner.next();
    QSignalSpy finished(&play.runner, &LessonRunner::lessonFinished);
    play.runner.answer(QStringLiteral("q5"), JsValue(QStringLiteral("404")));
    QCOMPARE(play.runner.state(4).tries, 1);
    QVERIFY(!play.runner.isFinished());
    play.runner.answer(QStringLiteral("q5"), JsValue(QStringLiteral(" 200 ")));
    QVERIFY(play.runner.isFinished());
    QCOMPARE(finished.count(), 1);
}

void LessonRunnerTest::restartingForgetsWhatWasDone()
{
    Play play;
    play.reachSecondStep();
    const double then = play.lab.elapsed() + 10;
    play.see({exchange(2, then, "PUT", 200)});
    play.runner.restartStep();
    play.see({call(1, then + 1)});
    QCOMPARE(play.runner.currentStep(), 1);
    play.see({exchange(3, then + 2, "PUT", 200)});
    QCOMPARE(play.runner.currentStep(), 2);
}

void LessonRunnerTest::opensHintsOneByOne()
{
    Play play;
    play.reachSecondStep();
    QVERIFY(play.runner.openHint());
    QVERIFY(play.runner.openHint());
    QVERIFY(!play.runner.openHint());
    QCOMPARE(play.runner.state(1).hintsOpened, 2);
}

void LessonRunnerTest::resolvesPlaceholders()
{
    Play play;
    play.reachSecondStep();
    play.see({exchange(2, play.lab.elapsed() + 10, "PUT", 404)});
    QCOMPARE(play.runner.resolve(
                 QStringLiteral("got {{v:last http.res.status}}, press {{ui:client.send}}")),
             QStringLiteral("got 404, press send"));
    play.runner.setLabels(
        [](const QString &kind, const QString &name) { return kind + u'=' + name; });
    QCOMPARE(play.runner.resolve(QStringLiteral("{{set:server.cors.maxAge}}.")),
             QStringLiteral("set=server.cors.maxAge."));
    QCOMPARE(play.runner.resolve(QStringLiteral("{{v:last ws.code}}")), QStringLiteral("?"));
}

void LessonRunnerTest::runsActionsOfTheLessonItself()
{
    Play play;
    play.reachThirdStep();
    QSignalSpy finished(&play.runner, &LessonRunner::actionsFinished);
    QFile file(testFolder() + QStringLiteral("/data/lessons/small-actions.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto actions = parseJson(QByteArrayView(file.readAll()));
    play.runner.runActions(std::get<JsValue>(actions).items());
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(play.runner.isFinished());
}

QTEST_GUILESS_MAIN(LessonRunnerTest)
#include "tst_lessonrunner.moc"
