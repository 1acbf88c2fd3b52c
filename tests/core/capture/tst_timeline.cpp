// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/timeline.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;

namespace {

ExchangeRecord exchange(quint64 id, ExchangeRecord::Kind kind, qint64 startedNs, int status)
{
    ExchangeRecord record;
    record.id = id;
    record.kind = kind;
    EndReport &end = record.client.end;
    end.startedNs = startedNs;
    end.finishedNs = startedNs + 2'000'000;
    end.request.method = kind == ExchangeRecord::Kind::Preflight ? "OPTIONS" : "PUT";
    end.request.target = "/api/user?x=1";
    end.request.headers = {{"Access-Control-Request-Method", "PUT"},
                           {"Access-Control-Request-Headers", "content-type"}};
    end.response.status = status;
    end.response.reasonPhrase = "OK";
    record.server.end.startedNs = startedNs + 500'000;
    record.server.end.finishedNs = startedNs + 1'500'000;
    StageRecord cors;
    cors.name = "cors";
    cors.ended = kind == ExchangeRecord::Kind::Preflight;
    cors.headerChanges.resize(2);
    record.server.stages.push_back(cors);
    return record;
}

CallRecord call(CallRecord::Outcome outcome)
{
    CallRecord record;
    record.id = 7;
    record.method = "PUT";
    record.outcome = outcome;
    record.readable = outcome == CallRecord::Outcome::Ok;
    record.reason = outcome == CallRecord::Outcome::Ok ? "" : "cors.MethodNotAllowed";
    return record;
}

QStringList labels(const Timeline &timeline)
{
    QStringList texts;
    for (const Timeline::Message &message : timeline.messages)
        texts.append(message.label);
    return texts;
}

} // namespace

class TimelineTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void tellsAPreflightedCallInOrder();
    void saysWhyACallWasBlocked();
    void mentionsARememberedPermission();
    void placesStagesInColumnsBetweenTheirMessages();
    void putsTheSecondHopBetweenRequestAndAnswer();
    void countsTimeFromTheFirstByte();
    void showsAnExternalExchangeAlone();
};

void TimelineTest::tellsAPreflightedCallInOrder()
{
    const CallRecord record = call(CallRecord::Outcome::Ok);
    ExchangeRecord preflight = exchange(1, ExchangeRecord::Kind::Preflight, 1'000'000, 204);
    preflight.client.end.response.headers = {{"Access-Control-Max-Age", "600"}};
    const Timeline timeline = timelineOf(
        &record, {preflight, exchange(2, ExchangeRecord::Kind::Actual, 4'000'000, 200)});
    QCOMPARE(labels(timeline),
             (QStringList {QStringLiteral("fetch PUT"),
                           QStringLiteral("OPTIONS  may I PUT with content-type?"),
                           QStringLiteral("204  yes, for 600 s"), QStringLiteral("PUT /api/user"),
                           QStringLiteral("200 OK"), QStringLiteral("readable")}));
    QVERIFY(timeline.messages.at(1).ownDoing);
    QVERIFY(!timeline.messages.at(3).ownDoing);
    QCOMPARE(timeline.rows, 6);
}

void TimelineTest::saysWhyACallWasBlocked()
{
    const CallRecord record = call(CallRecord::Outcome::Blocked);
    const Timeline timeline
        = timelineOf(&record, {exchange(1, ExchangeRecord::Kind::Preflight, 1'000'000, 204)});
    QCOMPARE(labels(timeline).at(2), QStringLiteral("204  not as asked"));
    QCOMPARE(labels(timeline).constLast(), QStringLiteral("blocked: cors.MethodNotAllowed"));
    QCOMPARE(timeline.messages.back().tone, Timeline::Tone::Bad);
}

void TimelineTest::mentionsARememberedPermission()
{
    CallRecord record = call(CallRecord::Outcome::Ok);
    record.preflight = CallRecord::Preflight::Cached;
    const Timeline timeline
        = timelineOf(&record, {exchange(2, ExchangeRecord::Kind::Actual, 1'000'000, 200)});
    QCOMPARE(labels(timeline).at(1), QStringLiteral("permission remembered"));
    QCOMPARE(timeline.messages.at(1).from, timeline.messages.at(1).to);
}

void TimelineTest::placesStagesInColumnsBetweenTheirMessages()
{
    const CallRecord record = call(CallRecord::Outcome::Ok);
    const Timeline timeline
        = timelineOf(&record,
                     {exchange(1, ExchangeRecord::Kind::Preflight, 1'000'000, 204),
                      exchange(2, ExchangeRecord::Kind::Actual, 4'000'000, 200)});
    QCOMPARE(timeline.stages, QByteArrayList {"cors"});
    QCOMPARE(timeline.boxes.size(), 2u);
    QCOMPARE(timeline.boxes.at(0).label, QStringLiteral("204"));
    QVERIFY(timeline.boxes.at(0).ended);
    QCOMPARE(timeline.boxes.at(1).label, QStringLiteral("2 hdr"));
    QCOMPARE(timeline.boxes.at(1).row, timeline.messages.at(3).row);
}

void TimelineTest::putsTheSecondHopBetweenRequestAndAnswer()
{
    const CallRecord record = call(CallRecord::Outcome::Ok);
    ExchangeRecord first = exchange(1, ExchangeRecord::Kind::Actual, 1'000'000, 200);
    first.server.key = {40'001, 8080, 0};
    first.server.stages.clear();
    ExchangeRecord second = exchange(2, ExchangeRecord::Kind::Actual, 1'600'000, 304);
    second.client.forwarded = first.server.key;
    const Timeline timeline = timelineOf(&record, {first, second});
    QCOMPARE(labels(timeline),
             (QStringList {QStringLiteral("fetch PUT"), QStringLiteral("PUT /api/user"),
                           QStringLiteral("proxy to server: 304 OK"), QStringLiteral("200 OK"),
                           QStringLiteral("readable")}));
    QCOMPARE(timeline.boxes.size(), size_t(1));
    QCOMPARE(timeline.boxes.at(0).row, 2);
    QCOMPARE(timeline.boxes.at(0).exchange, quint64(2));
    QCOMPARE(timeline.rows, 5);
}

void TimelineTest::countsTimeFromTheFirstByte()
{
    const Timeline timeline
        = timelineOf(nullptr, {exchange(1, ExchangeRecord::Kind::Actual, 9'000'000, 200)});
    QCOMPARE(timeline.messages.at(0).departs, 0.0);
    QCOMPARE(timeline.messages.at(0).arrives, 0.5);
    QCOMPARE(timeline.messages.at(1).departs, 1.5);
    QCOMPARE(timeline.duration, 2.0);
}

void TimelineTest::showsAnExternalExchangeAlone()
{
    const Timeline timeline
        = timelineOf(nullptr, {exchange(1, ExchangeRecord::Kind::Actual, 1'000'000, 500)});
    QCOMPARE(timeline.messages.size(), 2u);
    QCOMPARE(timeline.messages.at(1).tone, Timeline::Tone::Bad);
    QVERIFY(timelineOf(nullptr, {}).isEmpty());
}

QTEST_GUILESS_MAIN(TimelineTest)
#include "tst_timeline.moc"
