// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "websocket/closecode.h"
#include "websocket/endpoint.h"

#include <QTest>
#include <QtEndian>

using namespace rt;

namespace {

constexpr MaskingKey key {0xa1, 0xb2, 0xc3, 0xd4};

/// A client's frame from its first byte (FIN, RSV, opcode) and payload.
QByteArray masked(int first, const QByteArray &payload)
{
    Frame frame {{}, payload};
    frame.header.fin = first & 0x80;
    frame.header.rsv1 = first & 0x40;
    frame.header.rsv2 = first & 0x20;
    frame.header.rsv3 = first & 0x10;
    frame.header.opcode = static_cast<quint8>(first & 0x0f);
    frame.header.maskingKey = key;
    frame.header.length = static_cast<quint64>(payload.size());
    frame.header.lengthForm = lengthFormFor(frame.header.length);
    return writeFrame(frame);
}

QByteArray closePayload(int code, const QByteArray &reason = {})
{
    QByteArray payload(2, '\0');
    qToBigEndian(static_cast<quint16>(code), payload.data());
    return payload + reason;
}

QByteArray describe(const ReceivedEvent &event)
{
    struct Words
    {
        QByteArray operator()(const MessageReceived &e) const
        {
            return (e.binary ? "binary:" : "text:")
                + (e.data.size() > 40 ? QByteArray::number(e.data.size()) : e.data);
        }
        QByteArray operator()(const PingReceived &e) const { return "ping:" + e.data; }
        QByteArray operator()(const PongReceived &e) const { return "pong:" + e.data; }
        QByteArray operator()(const CloseReceived &e) const
        {
            return "close:" + (e.code ? QByteArray::number(*e.code) : QByteArray()) + e.reason;
        }
        QByteArray operator()(const FaultReceived &e) const { return faultId(e.fault); }
    };
    return std::visit(Words {}, event);
}

/// What a server makes of a client's bytes, and what it sends.
struct Outcome
{
    QByteArrayList events;
    QByteArray sent;
    bool ends = false;
};

Outcome run(const QByteArray &bytes, qsizetype piece, const WebSocketEndpoint::Options &options)
{
    WebSocketEndpoint endpoint(options);
    Outcome outcome;
    for (qsizetype at = 0; at < bytes.size(); at += piece) {
        endpoint.feed(QByteArrayView(bytes).sliced(at).first(std::min(piece, bytes.size() - at)));
        while (const auto event = endpoint.next())
            outcome.events += describe(*event);
    }
    outcome.sent = endpoint.takeOutput();
    outcome.ends = endpoint.wantsEnd();
    return outcome;
}

} // namespace

/// A server's end, byte by byte and all at once.
class EndpointTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void judgesFrames_data();
    void judgesFrames();
    void judgesEveryCloseCode();
    void echoesCode_data();
    void echoesCode();
    void limitsMessagesAndFragments();
    void closesOnceAndSendsNothingAfterwards();
    void masksAsAClient();
    void showsFramesToAnObserver();
    void compressesAndInflates_data();
    void compressesAndInflates();
    void refusesCompressedGarbageAndBombs();
};

void EndpointTest::judgesFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("events");
    QTest::addColumn<int>("closeCode"); // 0: stays open
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &events,
                        int closeCode = 0) { QTest::newRow(name) << bytes << events << closeCode; };
    row("text", masked(0x81, "hi"), "text:hi");
    row("empty text", masked(0x81, ""), "text:");
    row("binary with all octets", masked(0x82, QByteArray("\0\xff\x80", 3)),
        "binary:" + QByteArray("\0\xff\x80", 3));
    row("126 bytes", masked(0x81, QByteArray(126, 'a')), "text:126");
    row("65536 bytes", masked(0x82, QByteArray(65536, 'a')), "binary:65536");
    row("two messages", masked(0x81, "a") + masked(0x82, "b"), "text:a|binary:b");
    row("fragments", masked(0x01, "a") + masked(0x00, "b") + masked(0x80, "c"), "text:abc");
    row("empty fragments", masked(0x01, "") + masked(0x00, "") + masked(0x80, ""), "text:");
    row("ping between fragments", masked(0x01, "a") + masked(0x89, "p") + masked(0x80, "b"),
        "ping:p|text:ab");
    row("pong nobody asked for", masked(0x8a, "x"), "pong:x");
    row("ping with 125 bytes", masked(0x89, QByteArray(125, 'p')), "ping:" + QByteArray(125, 'p'));
    row("character split across fragments", masked(0x01, "\xc3") + masked(0x80, "\xa4"),
        "text:\xc3\xa4");
    row("ping with 126 bytes", masked(0x89, QByteArray(126, 'p')), "ws.ControlTooLong", 1002);
    row("fragmented ping", masked(0x09, "p"), "ws.FragmentedControl", 1002);
    row("fragmented close", masked(0x08, ""), "ws.FragmentedControl", 1002);
    row("continuation of nothing", masked(0x80, "x"), "ws.NothingToContinue", 1002);
    row("continuation after the end", masked(0x81, "a") + masked(0x80, "b"),
        "text:a|ws.NothingToContinue", 1002);
    row("text inside a message", masked(0x01, "a") + masked(0x81, "b"), "ws.MessageNotFinished",
        1002);
    row("binary inside a message", masked(0x01, "a") + masked(0x02, "b"), "ws.MessageNotFinished",
        1002);
    row("not masked", QByteArray("\x81\x01x"), "ws.ClientFrameNotMasked", 1002);
    row("RSV1 without extension", masked(0xc1, "x"), "ws.CompressedWithoutExtension", 1002);
    row("RSV2", masked(0xa1, "x"), "ws.ReservedBitSet", 1002);
    row("RSV3 on a ping", masked(0x99, "x"), "ws.ReservedBitSet", 1002);
    for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        row(QByteArray("opcode " + QByteArray::number(opcode)).constData(),
            masked(0x80 | opcode, ""), "ws.ReservedOpcode", 1002);
    row("good message, then a bad frame", masked(0x81, "a") + masked(0x83, ""),
        "text:a|ws.ReservedOpcode", 1002);
    row("length above 2^53",
        QByteArray("\x82\xff\x00\x20\x00\x00\x00\x00\x00\x00\x01\x02\x03\x04", 14),
        "ws.LengthTooLarge", 1009);
    row("lone continuation byte", masked(0x81, "\x80"), "ws.InvalidUtf8", 1007);
    row("overlong slash", masked(0x81, "\xc0\xaf"), "ws.InvalidUtf8", 1007);
    row("surrogate", masked(0x81, "\xed\xa0\x80"), "ws.InvalidUtf8", 1007);
    row("above U+10FFFF", masked(0x81, "\xf4\x90\x80\x80"), "ws.InvalidUtf8", 1007);
    row("character cut at the end", masked(0x81, "\xe2\x82"), "ws.InvalidUtf8", 1007);
    row("wrong in the first fragment", masked(0x01, "\xff") + masked(0x80, ""), "ws.InvalidUtf8",
        1007);
    row("close", masked(0x88, closePayload(1000)), "close:1000", 1000);
    row("close with a reason", masked(0x88, closePayload(1001, "bye")), "close:1001bye", 1001);
    row("empty close", masked(0x88, ""), "close:", 1005);
    row("close inside a message", masked(0x01, "a") + masked(0x88, ""), "close:", 1005);
    row("nothing is read after close", masked(0x88, "") + masked(0x81, "x"), "close:", 1005);
    row("close of one byte", masked(0x88, "x"), "ws.ClosePayloadOfOneByte", 1002);
    row("close with 126 bytes", masked(0x88, closePayload(1000, QByteArray(124, 'r'))),
        "ws.ControlTooLong", 1002);
    row("close with a broken reason", masked(0x88, closePayload(1000, "\xff")),
        "ws.InvalidCloseReason", 1007);
}

void EndpointTest::judgesFrames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, events);
    QFETCH(int, closeCode);
    for (const qsizetype piece : {qsizetype(1), qsizetype(7), bytes.size()}) {
        const Outcome outcome = run(bytes, piece, {});
        QCOMPARE(outcome.events.join('|'), events);
        QCOMPARE(outcome.ends, closeCode != 0);
        if (closeCode == 0)
            continue;
        const QByteArray expected = closeCode == 1005 ? QByteArray() : closePayload(closeCode);
        const qsizetype at = outcome.sent.lastIndexOf('\x88');
        QVERIFY(at >= 0);
        QVERIFY(outcome.sent.mid(at + 2).startsWith(expected));
    }
}

void EndpointTest::judgesEveryCloseCode()
{
    for (int code = 0; code < 65536; ++code) {
        const bool good = (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014)
            || (code >= 3000 && code <= 4999);
        const Outcome outcome = run(masked(0x88, closePayload(code)), 64, {});
        QCOMPARE(outcome.events.first(),
                 good ? "close:" + QByteArray::number(code) : QByteArray("ws.InvalidCloseCode"));
    }
}

void EndpointTest::echoesCode_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("code") << closePayload(4000);
    QTest::newRow("code and reason") << closePayload(1001, "see you");
    QTest::newRow("nothing") << QByteArray();
}

void EndpointTest::echoesCode()
{
    QFETCH(QByteArray, payload);
    const Outcome outcome = run(masked(0x88, payload), 64, {});
    QCOMPARE(outcome.sent, writeFrame(Opcode::Close, payload));
    QVERIFY(outcome.ends);
}

void EndpointTest::limitsMessagesAndFragments()
{
    WebSocketEndpoint::Options options;
    options.limits = {10, 3};
    QCOMPARE(run(masked(0x82, QByteArray(10, 'x')), 64, options).events.first(),
             "binary:xxxxxxxxxx");
    // The header alone is enough to know.
    QCOMPARE(run(masked(0x82, QByteArray(11, 'x')).first(6), 64, options).events.join('|'),
             "ws.MessageTooBig");
    const QByteArray pieces = masked(0x02, QByteArray(6, 'x')) + masked(0x80, QByteArray(5, 'x'));
    QCOMPARE(run(pieces, 64, options).events.join('|'), "ws.MessageTooBig");
    const QByteArray many = masked(0x01, "a") + masked(0, "b") + masked(0, "c") + masked(0x80, "d");
    const Outcome outcome = run(many, 64, options);
    QCOMPARE(outcome.events.join('|'), "ws.TooManyFragments");
    QCOMPARE(outcome.sent, writeFrame(Opcode::Close, closePayload(1008)));
}

void EndpointTest::closesOnceAndSendsNothingAfterwards()
{
    WebSocketEndpoint endpoint({});
    endpoint.close(CloseCode::GoingAway, "later");
    endpoint.close(CloseCode::Normal);
    endpoint.send("x", false);
    endpoint.ping("x");
    QCOMPARE(endpoint.takeOutput(), writeFrame(Opcode::Close, closePayload(1001, "later")));
    QVERIFY(!endpoint.wantsEnd());
    endpoint.feed(masked(0x81, "still read") + masked(0x89, "") + masked(0x88, closePayload(1001)));
    QByteArrayList events;
    while (const auto event = endpoint.next())
        events += describe(*event);
    QCOMPARE(events.join('|'), "text:still read|ping:|close:1001");
    QVERIFY(endpoint.takeOutput().isEmpty());
    QVERIFY(endpoint.wantsEnd() && endpoint.isClean());
}

void EndpointTest::masksAsAClient()
{
    SeededRandom random(1);
    WebSocketEndpoint::Options options;
    options.role = WebSocketRole::Client;
    options.random = &random;
    WebSocketEndpoint endpoint(options);
    endpoint.send("one", false);
    endpoint.send("two", true);
    const QByteArray sent = endpoint.takeOutput();
    QCOMPARE(run(sent, 3, {}).events.join('|'), "text:one|binary:two");
    QVERIFY(readFrameHeader(sent)->maskingKey != readFrameHeader(sent.mid(9))->maskingKey);
    endpoint.feed(masked(0x81, "x"));
    QCOMPARE(describe(*endpoint.next()), "ws.ServerFrameMasked");
}

void EndpointTest::showsFramesToAnObserver()
{
    WebSocketEndpoint endpoint({});
    QByteArrayList seen;
    endpoint.setFrameObserver([&](WebSocketEndpoint::Direction direction, const Frame &frame) {
        seen += (direction == WebSocketEndpoint::Direction::Sent ? "< " : "> ")
            + opcodeName(frame.header.opcode) + ' ' + frame.payload;
    });
    endpoint.feed(masked(0x01, "a") + masked(0x89, "p") + masked(0x80, "b"));
    while (endpoint.next()) { }
    endpoint.sendEncoded(writeFrame(Opcode::Text, "hello"));
    QCOMPARE(seen.join('|'), "> text a|> ping p|< pong p|> continuation b|< text hello");
}

void EndpointTest::compressesAndInflates_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<bool>("noContext");
    for (int bits = 8; bits <= 15; ++bits) {
        QTest::addRow("%d bits", bits) << bits << false;
        QTest::addRow("%d bits, no context", bits) << bits << true;
    }
}

void EndpointTest::compressesAndInflates()
{
    QFETCH(int, bits);
    QFETCH(bool, noContext);
    SeededRandom random(7);
    const DeflateParameters deflate {noContext, noContext, bits, bits, 20};
    WebSocketEndpoint::Options options;
    options.deflate = deflate;
    WebSocketEndpoint server(options);
    options.role = WebSocketRole::Client;
    options.random = &random;
    WebSocketEndpoint client(options);
    const QByteArrayList messages {"",
                                   "short",
                                   QByteArray(5000, 'a'),
                                   random.bytes(3000).toBase64(),
                                   "short",
                                   QByteArray(70000, 'b'),
                                   ""};
    for (const QByteArray &message : messages) {
        client.send(message, false);
        const QByteArray sent = client.takeOutput();
        QCOMPARE(readFrameHeader(sent)->rsv1, !noContext || message.size() >= 20);
        server.feed(sent);
        const auto event = server.next();
        QVERIFY(event);
        QCOMPARE(std::get<MessageReceived>(*event).data, message);
        server.send(message, true);
        client.feed(server.takeOutput());
        QCOMPARE(std::get<MessageReceived>(*client.next()).data, message);
    }
}

void EndpointTest::refusesCompressedGarbageAndBombs()
{
    WebSocketEndpoint::Options options;
    options.deflate = DeflateParameters {};
    options.limits.maxPayload = 1000;
    QCOMPARE(run(masked(0xc1, "\xff\xff\xff"), 64, options).events.join('|'), "ws.CannotInflate");
    MessageDeflater deflater(15, false);
    const QByteArray bomb = deflater.compress(QByteArray(100000, 'x'));
    QVERIFY(bomb.size() < 1000);
    QCOMPARE(run(masked(0xc1, bomb), 64, options).events.join('|'), "ws.MessageTooBig");
    QCOMPARE(run(masked(0xc9, ""), 64, options).events.join('|'), "ws.CompressedWithoutExtension");
    QCOMPARE(run(masked(0x01, "a") + masked(0xc0, "b"), 64, options).events.join('|'),
             "ws.CompressedWithoutExtension");
    QCOMPARE(run(masked(0x81, "plain"), 64, options).events.join('|'), "text:plain");
}

QTEST_GUILESS_MAIN(EndpointTest)
#include "tst_endpoint.moc"
