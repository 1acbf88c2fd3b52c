// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "delegates/waterfallscale.h"

#include <QTest>

using namespace rt;

class WaterfallScaleTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void isEmptyWithoutSpans();
    void keepsOrderAndOverlap();
    void shortensIdleStretches();
};

void WaterfallScaleTest::isEmptyWithoutSpans()
{
    WaterfallScale scale;
    scale.rebuild({});
    QCOMPARE(scale.position(12), 0.0);
    scale.rebuild({{5, 5}});
    QCOMPARE(scale.position(5), 0.0);
}

void WaterfallScaleTest::keepsOrderAndOverlap()
{
    WaterfallScale scale;
    scale.rebuild({{20, 30}, {0, 10}, {5, 15}});
    double before = -1;
    for (const double time : {0.0, 5.0, 10.0, 15.0, 20.0, 30.0}) {
        QVERIFY(scale.position(time) > before);
        before = scale.position(time);
    }
    QCOMPARE(scale.position(0), 0.0);
    QCOMPARE(scale.position(30), 1.0);
    QCOMPARE(scale.position(99), 1.0);
}

void WaterfallScaleTest::shortensIdleStretches()
{
    WaterfallScale scale;
    scale.rebuild({{0, 10}, {600'000, 600'010}});
    // Ten minutes of nothing take no more room than one of the requests.
    const double gap = scale.position(600'000) - scale.position(10);
    QVERIFY(gap > 0);
    QVERIFY(gap <= scale.position(10) + 0.001);
}

QTEST_GUILESS_MAIN(WaterfallScaleTest)
#include "tst_waterfallscale.moc"
