// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/prediction.h"

#include <QSet>
#include <QTest>

using namespace rt;

Q_DECLARE_METATYPE(rt::Prediction)

class PredictionTest : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void everyPredictionHasItsOwnWords();
    void countsRightOnes();
};

void PredictionTest::judges_data()
{
    QTest::addColumn<CallRecord>("call");
    QTest::addColumn<Prediction>("expected");
    CallRecord call;
    call.outcome = CallRecord::Outcome::Ok;
    call.readable = true;
    call.exchanges = {1};
    QTest::addRow("readable without a preflight") << call << Prediction::Readable;
    call.preflight = CallRecord::Preflight::Cached;
    QTest::addRow("a remembered permission is no preflight") << call << Prediction::Readable;
    call.preflight = CallRecord::Preflight::Sent;
    call.exchanges = {1, 2};
    QTest::addRow("preflight, then readable") << call << Prediction::PreflightThenReadable;
    call.readable = false;
    call.outcome = CallRecord::Outcome::Blocked;
    QTest::addRow("preflight allowed, answer hidden") << call << Prediction::Hidden;
    call.exchanges = {1};
    QTest::addRow("preflight refused") << call << Prediction::PreflightRefused;
    call.preflight = CallRecord::Preflight::None;
    QTest::addRow("sent and hidden") << call << Prediction::Hidden;
    call.outcome = CallRecord::Outcome::Ok;
    QTest::addRow("opaque") << call << Prediction::Hidden;
    call.exchanges = {};
    call.outcome = CallRecord::Outcome::Blocked;
    QTest::addRow("nothing was sent") << call << Prediction::NotSent;
}

void PredictionTest::judges()
{
    QFETCH(CallRecord, call);
    QFETCH(Prediction, expected);
    QCOMPARE(outcomeOf(call), expected);
}

void PredictionTest::everyPredictionHasItsOwnWords()
{
    QSet<QString> texts;
    for (int i = 0; i < predictionCount; ++i)
        texts.insert(predictionText(static_cast<Prediction>(i)));
    QCOMPARE(texts.size(), predictionCount);
}

void PredictionTest::countsRightOnes()
{
    PredictionScore score;
    score.add(true);
    score.add(false);
    score.add(true);
    QCOMPARE(score.right, 2);
    QCOMPARE(score.asked, 3);
}

QTEST_MAIN(PredictionTest)
#include "tst_prediction.moc"
