// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/timerqueue.h"

#include <QTest>

#include <memory>

using namespace rt;

namespace {

/// Moves only when told.
class StillClock final : public Clock
{
public:
    qint64 now() const override { return 0; }
    qint64 monotonicNs() const override { return ns; }
    void advance(qint64 milliseconds) { ns += milliseconds * 1000000; }
    qint64 ns = 1;
};

} // namespace

class TimerQueueTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void firesInOrderOfTime();
    void firesOncePerStart();
    void mayBeStoppedAndDestroyedByACallback();
    void countsFromWhenItWasDue();
    void doesNotMakeUpForALongSleep();
    void firesByItself();
};

void TimerQueueTest::firesInOrderOfTime()
{
    StillClock clock;
    TimerQueue queue(clock);
    QByteArray order;
    TimerQueue::Timer late(queue, [&] { order += 'c'; });
    TimerQueue::Timer early(queue, [&] { order += 'a'; });
    TimerQueue::Timer same(queue, [&] { order += 'b'; });
    late.start(30);
    early.start(10);
    same.start(10);
    clock.advance(9);
    queue.catchUp();
    QCOMPARE(order, QByteArray());
    clock.advance(50);
    queue.catchUp();
    QCOMPARE(order, QByteArray("abc"));
}

void TimerQueueTest::firesOncePerStart()
{
    StillClock clock;
    TimerQueue queue(clock);
    int count = 0;
    TimerQueue::Timer timer(queue, [&] { ++count; });
    timer.start(10);
    clock.advance(5);
    timer.start(10);
    clock.advance(5);
    queue.catchUp();
    QCOMPARE(count, 0);
    QVERIFY(timer.isActive());
    clock.advance(5);
    queue.catchUp();
    clock.advance(100);
    queue.catchUp();
    QCOMPARE(count, 1);
    QVERIFY(!timer.isActive());
}

void TimerQueueTest::mayBeStoppedAndDestroyedByACallback()
{
    StillClock clock;
    TimerQueue queue(clock);
    int count = 0;
    auto victim = std::make_unique<TimerQueue::Timer>(queue, [&] { ++count; });
    auto self = std::unique_ptr<TimerQueue::Timer>();
    self = std::make_unique<TimerQueue::Timer>(queue, [&] {
        victim.reset();
        self.reset();
        ++count;
    });
    self->start(1);
    victim->start(2);
    clock.advance(10);
    queue.catchUp();
    QCOMPARE(count, 1);
}

void TimerQueueTest::countsFromWhenItWasDue()
{
    StillClock clock;
    TimerQueue queue(clock);
    bool over = false;
    TimerQueue::Timer second(queue, [&] { over = true; });
    TimerQueue::Timer first(queue, [&] { second.start(200); });
    first.start(300);
    clock.advance(315);
    queue.catchUp();
    clock.advance(185);
    queue.catchUp();
    QVERIFY(over);
}

void TimerQueueTest::doesNotMakeUpForALongSleep()
{
    StillClock clock;
    TimerQueue queue(clock);
    bool over = false;
    TimerQueue::Timer second(queue, [&] { over = true; });
    TimerQueue::Timer first(queue, [&] { second.start(200); });
    first.start(300);
    clock.advance(60000);
    queue.catchUp();
    clock.advance(179);
    queue.catchUp();
    QVERIFY(!over);
    clock.advance(1);
    queue.catchUp();
    QVERIFY(over);
}

void TimerQueueTest::firesByItself()
{
    LabClock clock;
    TimerQueue queue(clock);
    int count = 0;
    TimerQueue::Timer timer(queue, [&] {
        if (++count < 3)
            timer.start(5);
    });
    timer.start(0);
    QTRY_COMPARE(count, 3);
}

QTEST_GUILESS_MAIN(TimerQueueTest)
#include "tst_timerqueue.moc"
