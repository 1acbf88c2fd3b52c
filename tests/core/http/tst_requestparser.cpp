// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "requesttrace.h"
#include "testfolder.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;

namespace {

QByteArrayList cut(const QByteArray &bytes, qsizetype pieceSize)
{
    QByteArrayList pieces;
    for (qsizetype at = 0; at < bytes.size(); at += pieceSize)
        pieces.append(bytes.mid(at, pieceSize));
    return pieces;
}

/// `upgrades`: somebody listens for upgrades and takes the rest of the bytes.
RequestTrace traceOf(const QByteArrayList &feeds, bool closes, bool upgrades,
                     QByteArray *rest = nullptr)
{
    RequestParser parser;
    RequestTrace trace;
    for (const QByteArray &feed : feeds) {
        trace.add(parser.feed(feed));
        if (parser.awaitsUpgrade() && !upgrades)
            trace.add(parser.declineUpgrade());
    }
    if (closes)
        trace.add(parser.finish());
    if (rest)
        *rest = parser.takeRest();
    return trace;
}

QByteArray withoutEmptyLines(QByteArray bytes)
{
    while (bytes.startsWith('\r') || bytes.startsWith('\n'))
        bytes.remove(0, 1);
    return bytes;
}

} // namespace

class RequestParserTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void readsTranscripts_data();
    void readsTranscripts();
    void refusesTooMuch_data();
    void refusesTooMuch();
    void dropsFieldsBeyondTheThousandth();
    void handsOutUnparsedBytesOfAnUpgrade();
    void goesOnAfterAnUpgradeNobodyTook();
    void overlooksFaultsAfterAnUpgradeNobodyTook();
    void knowsWhetherAMessageIsUnderWay();
    void saysNothingMoreAfterAFault();
    void namesEveryFault();
    void answersFaultsAsNode_data();
    void answersFaultsAsNode();
};

void RequestParserTest::readsTranscripts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<bool>("upgrades");
    QTest::addColumn<QByteArrayList>("events");
    const auto cases = readTranscripts(testFolder() + QStringLiteral("/data/http/requests.md"));
    QVERIFY(cases.size() > 100);
    for (const TranscriptCase &c : cases)
        QTest::newRow(c.name.constData())
            << c.bytes << c.closes << (c.note == "upgrades") << c.events;
}

void RequestParserTest::readsTranscripts()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, closes);
    QFETCH(bool, upgrades);
    QFETCH(QByteArrayList, events);

    QByteArray rest;
    const RequestTrace whole = traceOf({bytes}, closes, upgrades, &rest);
    QCOMPARE(whole.lines().join('\n'), events.join('\n'));
    // Where an upgrade nobody took drops bytes, splitting changes what is dropped.
    if (!upgrades && whole.lines().join('\n').contains(" upgrade"))
        return;
    if (!whole.lines().isEmpty() && !whole.lines().last().startsWith("http."))
        QVERIFY(withoutEmptyLines(bytes).startsWith(withoutEmptyLines(whole.raw())));
    const RequestTrace single = traceOf(cut(bytes, 1), closes, upgrades);
    QCOMPARE(single.lines().join('\n'), events.join('\n'));
    for (qsizetype at = 1; at < bytes.size(); ++at) {
        const RequestTrace two = traceOf({bytes.first(at), bytes.sliced(at)}, closes, upgrades);
        QCOMPARE(two.lines().join('\n'), events.join('\n'));
    }
}

void RequestParserTest::refusesTooMuch_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("fault");
    const QByteArray tooLarge = "http.HeadTooLarge";
    const QByteArray chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    const auto get
        = [](const QByteArray &fields) { return "GET / HTTP/1.1\r\n" + fields + "\r\n"; };
    const auto many = [](qsizetype count) { return QByteArray(count, 'a'); };

    QTest::addRow("target that just fits") << "GET /" + many(16377) + " HTTP/1.1\r\nHost: a\r\n\r\n"
                                           << QByteArray();
    QTest::addRow("target with one byte more") << "GET /" + many(16378)
            + " HTTP/1.1\r\nHost: a\r\n\r\n" << tooLarge;
    QTest::addRow("value that just fits") << get("Host: " + many(16378) + "\r\n") << QByteArray();
    QTest::addRow("value with one byte more") << get("Host: " + many(16379) + "\r\n") << tooLarge;
    QTest::addRow("name too long") << get("Host: a\r\n" + many(16384) + ": b\r\n") << tooLarge;
    QTest::addRow("many small fields that fit")
        << get("Host: a\r\n" + QByteArray("b:\r\n").repeated(16377)) << QByteArray();
    QTest::addRow("one small field more")
        << get("Host: a\r\n" + QByteArray("b:\r\n").repeated(16378)) << tooLarge;
    QTest::addRow("blanks before a value do not count")
        << get("Host: " + QByteArray(20000, ' ') + "a\r\n") << QByteArray();
    QTest::addRow("trailers have a limit of their own") << chunked + "0\r\nX: " + many(16382)
            + "\r\n\r\n" << QByteArray();
    QTest::addRow("trailers too large") << chunked + "0\r\nX: " + many(16383) + "\r\n\r\n"
                                        << tooLarge;
    QTest::addRow("chunk extension that just fits") << chunked + "0;" + many(16384) + "\r\n\r\n"
                                                    << QByteArray();
    QTest::addRow("chunk extension with one byte more") << chunked + "0;" + many(16385)
            + "\r\n\r\n" << QByteArray("http.ChunkExtensionsTooLong");
    QTest::addRow("each chunk has a new allowance") << chunked + "1;" + many(9000) + "\r\na\r\n0;"
            + many(9000) + "\r\n\r\n" << QByteArray();
}

void RequestParserTest::refusesTooMuch()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, fault);
    for (const qsizetype pieceSize : {bytes.size(), qsizetype(1000), qsizetype(7)}) {
        const RequestTrace trace = traceOf(cut(bytes, pieceSize), true, false);
        const QByteArray last = trace.lines().isEmpty() ? QByteArray() : trace.lines().last();
        if (fault.isEmpty())
            QVERIFY2(!last.startsWith("http."), last.constData());
        else
            QVERIFY2(last.startsWith(fault + ' '), last.constData());
    }
}

void RequestParserTest::dropsFieldsBeyondTheThousandth()
{
    QByteArray bytes = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 1200; ++i)
        bytes += 'h' + QByteArray::number(i) + ":\r\n";
    RequestParser parser;
    const auto events = parser.feed(bytes + "\r\n");
    QCOMPARE(events.size(), size_t(2));
    const auto head = std::get<RequestHeadEvent>(events.front()).head;
    QCOMPARE(head.headers.size(), 1000);
    QCOMPARE(head.headers.at(999).name, QByteArray("h998"));
}

void RequestParserTest::handsOutUnparsedBytesOfAnUpgrade()
{
    RequestParser parser;
    const auto events = parser.feed("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\n"
                                    "Upgrade: websocket\r\n\r\n\x81\x05");
    QCOMPARE(events.size(), size_t(1));
    QVERIFY(std::get<RequestHeadEvent>(events.front()).upgrade);
    QVERIFY(parser.awaitsUpgrade());
    QVERIFY(parser.feed("abc").empty());
    QCOMPARE(parser.takeRest(),
             QByteArray("\x81\x05"
                        "abc"));
}

void RequestParserTest::goesOnAfterAnUpgradeNobodyTook()
{
    RequestParser parser;
    parser.feed("POST / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n"
                "Content-Length: 3\r\n\r\nabcGET /lost HTTP/1.1\r\nHost: a\r\n\r\n");
    RequestTrace trace;
    trace.add(parser.declineUpgrade());
    QCOMPARE(trace.lines(), QByteArrayList({"body abc", "end"}));
    RequestTrace next;
    next.add(parser.feed("GET /next HTTP/1.1\r\nHost: a\r\n\r\n"));
    QCOMPARE(next.lines().first(), QByteArray("head GET /next 1.1"));
}

void RequestParserTest::overlooksFaultsAfterAnUpgradeNobodyTook()
{
    RequestParser parser;
    parser.feed("GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n");
    QCOMPARE(parser.declineUpgrade().size(), size_t(1));
    QVERIFY(parser.feed("\x81\x85 no HTTP").empty());
    QVERIFY(parser.feed("GET / HTTP/1.1\r\nHost: a\r\n\r\n").empty());
    QVERIFY(parser.finish().empty());
}

void RequestParserTest::knowsWhetherAMessageIsUnderWay()
{
    RequestParser parser;
    QVERIFY(parser.isIdle());
    parser.feed("\r\n");
    QVERIFY(parser.isIdle());
    parser.feed("PO");
    QVERIFY(!parser.isIdle());
    QVERIFY(parser.isInHead());
    parser.feed("ST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\na");
    QVERIFY(!parser.isIdle());
    QVERIFY(!parser.isInHead());
    parser.feed("b");
    QVERIFY(parser.isIdle());
}

void RequestParserTest::saysNothingMoreAfterAFault()
{
    RequestParser parser;
    QCOMPARE(parser.feed("get / HTTP/1.1\r\n\r\n").size(), size_t(1));
    QVERIFY(parser.feed("GET / HTTP/1.1\r\nHost: a\r\n\r\n").empty());
    QVERIFY(parser.finish().empty());
}

void RequestParserTest::namesEveryFault()
{
    QByteArrayList ids;
    for (int i = 0; i <= static_cast<int>(RequestFault::RequestTimeout); ++i) {
        const auto fault = static_cast<RequestFault>(i);
        QVERIFY(faultId(fault).startsWith("http."));
        QVERIFY(!ids.contains(faultId(fault)));
        ids.append(faultId(fault));
        QVERIFY(faultSentence(fault).endsWith(u'.'));
        QVERIFY(!faultCode(fault).isEmpty());
    }
    QCOMPARE(faultId(RequestFault::ContentLengthWithTransferEncoding),
             QByteArray("http.ContentLengthWithTransferEncoding"));
    QCOMPARE(faultId(RequestFault::SpaceInFieldName), QByteArray("http.SpaceInFieldName"));
    QCOMPARE(faultId(RequestFault::RequestTimeout), QByteArray("http.RequestTimeout"));
}

void RequestParserTest::answersFaultsAsNode_data()
{
    QTest::addColumn<RequestFault>("fault");
    QTest::addColumn<QByteArray>("answer");
    QTest::addRow("malformed") << RequestFault::InvalidTarget
                               << QByteArray(
                                      "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    QTest::addRow("too large head")
        << RequestFault::HeadTooLarge
        << QByteArray("HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n");
    QTest::addRow("too long chunk extensions")
        << RequestFault::ChunkExtensionsTooLong
        << QByteArray("HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\n\r\n");
    QTest::addRow("too slow head")
        << RequestFault::HeadTimeout
        << QByteArray("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n");
}

void RequestParserTest::answersFaultsAsNode()
{
    QFETCH(RequestFault, fault);
    QTEST(faultAnswer(fault), "answer");
}

QTEST_GUILESS_MAIN(RequestParserTest)
#include "tst_requestparser.moc"
