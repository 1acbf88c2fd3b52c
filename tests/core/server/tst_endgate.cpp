// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "core/server/memorysink.h"

#include <QTest>

using namespace rt;

namespace {

/// Turns bytes into capitals and closes with a dot, unless nothing came.
class Capitals final : public BodyFilter
{
public:
    bool isActive() const override { return true; }
    QByteArray write(QByteArrayView bytes) override
    {
        m_empty = bytes.isEmpty();
        return bytes.toByteArray().toUpper();
    }
    QByteArray flush() override { return {}; }
    QByteArray finish() override { return m_empty ? "" : "."; }

private:
    bool m_empty = true;
};

QByteArray bodyOf(const MemorySink &sink)
{
    return sink.output.mid(sink.output.indexOf("\r\n\r\n") + 4);
}

} // namespace

/// What stands before res.end(). Expected bytes are those of npm express-session 1.19 on Node 20.
class EndGateTest : public QObject
{
    Q_OBJECT

private slots:
    void letsTheEndPass();
    void holdsTheLastByteOfAKnownLength();
    void holdsTheEndOfABodyOfUnknownLength();
    void holdsTheHeadOnlyOfAnEmptyBody();
    void asksOnce();
    void neverEndsOnceBroken();
    void letsAnEarlierFilterHaveTheBody();
    void asksBehindALaterFilter();
    void forgetsAnEndWhoseConnectionIsGone();
};

void EndGateTest::letsTheEndPass()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->setEndGate([] { return EndGate::Open; });
    response->end("hello");
    QVERIFY(sink.ended);
    QVERIFY(sink.output.contains("Content-Length: 5\r\n"));
}

void EndGateTest::holdsTheLastByteOfAKnownLength()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->setEndGate([] { return EndGate::Hold; });
    response->setHeader("Content-Length", "5");
    response->end("hello");
    QVERIFY(!sink.ended);
    QCOMPARE(bodyOf(sink), QByteArray("hell"));
    response->releaseEnd();
    QVERIFY(sink.ended);
    QCOMPARE(bodyOf(sink), QByteArray("hello"));
}

void EndGateTest::holdsTheEndOfABodyOfUnknownLength()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->setEndGate([] { return EndGate::Hold; });
    response->end("hello");
    QVERIFY(sink.output.contains("Transfer-Encoding: chunked\r\n"));
    QCOMPARE(bodyOf(sink), QByteArray("5\r\nhello\r\n"));
    response->releaseEnd();
    QCOMPARE(bodyOf(sink), QByteArray("5\r\nhello\r\n0\r\n\r\n"));
}

void EndGateTest::holdsTheHeadOnlyOfAnEmptyBody()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->setEndGate([] { return EndGate::Hold; });
    response->statusCode = 204;
    response->end();
    QVERIFY(response->headersSent());
    QVERIFY(!sink.ended);
    response->releaseEnd();
    QVERIFY(sink.ended);
    QCOMPARE(bodyOf(sink), QByteArray());
}

void EndGateTest::asksOnce()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    int asked = 0;
    response->setEndGate([&asked] {
        ++asked;
        return EndGate::Hold;
    });
    response->end("a");
    response->end("b");
    response->releaseEnd();
    response->releaseEnd();
    QCOMPARE(asked, 1);
    QCOMPARE(bodyOf(sink), QByteArray("1\r\na\r\n0\r\n\r\n"));
}

void EndGateTest::neverEndsOnceBroken()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->setEndGate([] { return EndGate::Broken; });
    response->end("hello");
    response->end("again");
    QCOMPARE(sink.output, QByteArray());
    QVERIFY(!response->headersSent());
}

void EndGateTest::letsAnEarlierFilterHaveTheBody()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->setBodyFilter(std::make_unique<Capitals>());
    response->setEndGate([] { return EndGate::Hold; });
    response->end("hello");
    QCOMPARE(bodyOf(sink), QByteArray("5\r\nHELLO\r\n"));
    response->releaseEnd();
    QCOMPARE(bodyOf(sink), QByteArray("5\r\nHELLO\r\n1\r\n.\r\n0\r\n\r\n"));
}

void EndGateTest::asksBehindALaterFilter()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    QByteArray before;
    response->setEndGate([&] {
        before = bodyOf(sink);
        return EndGate::Open;
    });
    response->setBodyFilter(std::make_unique<Capitals>());
    response->end("hello");
    QCOMPARE(before, QByteArray("6\r\nHELLO.\r\n"));
    QCOMPARE(bodyOf(sink), QByteArray("6\r\nHELLO.\r\n0\r\n\r\n"));
}

void EndGateTest::forgetsAnEndWhoseConnectionIsGone()
{
    MemorySink sink;
    const auto response = makeResponse(sink);
    response->setEndGate([] { return EndGate::Hold; });
    response->end("hello");
    response->connectionClosed();
    response->releaseEnd();
    QVERIFY(!sink.ended);
}

QTEST_GUILESS_MAIN(EndGateTest)
#include "tst_endgate.moc"
