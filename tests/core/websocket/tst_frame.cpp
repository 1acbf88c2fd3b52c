// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "websocket/frame.h"

#include <QTest>

using namespace rt;

/// RFC 6455 §5.2, §5.3 and the examples of §5.7.
class FrameTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void writesTheExamplesOfTheRfc_data();
    void writesTheExamplesOfTheRfc();
    void readsWhatItWrites_data();
    void readsWhatItWrites();
    void waitsForTheWholeHeader();
    void masksFromAnyOffsetLength();
};

void FrameTest::writesTheExamplesOfTheRfc_data()
{
    QTest::addColumn<int>("opcode");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("masked");
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("unmasked text")
        << 1 << QByteArray("Hello") << false << QByteArray("810548656c6c6f");
    QTest::newRow("masked text") << 1 << QByteArray("Hello") << true
                                 << QByteArray("818537fa213d7f9f4d5158");
    QTest::newRow("unmasked ping")
        << 9 << QByteArray("Hello") << false << QByteArray("890548656c6c6f");
    QTest::newRow("masked pong") << 10 << QByteArray("Hello") << true
                                 << QByteArray("8a8537fa213d7f9f4d5158");
    QTest::newRow("256 bytes") << 2 << QByteArray(256, 'a') << false << QByteArray("827e010061");
    QTest::newRow("64 KiB") << 2 << QByteArray(65536, 'a') << false
                            << QByteArray("827f000000000001000061");
}

void FrameTest::writesTheExamplesOfTheRfc()
{
    QFETCH(int, opcode);
    QFETCH(QByteArray, payload);
    QFETCH(bool, masked);
    QFETCH(QByteArray, head);
    std::optional<MaskingKey> key;
    if (masked)
        key = MaskingKey {0x37, 0xfa, 0x21, 0x3d};
    const QByteArray frame = writeFrame(static_cast<Opcode>(opcode), payload, key);
    QCOMPARE(frame.first(head.size() / 2).toHex(), head);
    QCOMPARE(frame.size(), readFrameHeader(frame)->size() + payload.size());
}

void FrameTest::readsWhatItWrites_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<quint64>("length");
    QTest::addColumn<int>("form");
    const std::pair<quint64, int> lengths[]
        = {{0, 0},     {125, 0}, {126, 1}, {65535, 1},
           {65536, 2}, {5, 1},   {200, 2}, {quint64(1) << 62, 2}};
    for (int bits = 0; bits < 32; ++bits) {
        for (const auto &[length, form] : lengths)
            QTest::addRow("bits %d, length %llu, form %d", bits, length, form)
                << bits << length << form;
    }
}

void FrameTest::readsWhatItWrites()
{
    QFETCH(int, bits);
    QFETCH(quint64, length);
    QFETCH(int, form);
    FrameHeader header;
    header.fin = bits & 1;
    header.rsv1 = bits & 2;
    header.rsv2 = bits & 4;
    header.rsv3 = bits & 8;
    header.opcode = static_cast<quint8>(length % 16);
    if (bits & 16)
        header.maskingKey = MaskingKey {1, 2, 3, static_cast<quint8>(bits)};
    header.length = length;
    header.lengthForm = static_cast<LengthForm>(form);
    QByteArray bytes;
    appendFrameHeader(bytes, header);
    QCOMPARE(bytes.size(), header.size());
    QCOMPARE(readFrameHeader(bytes), std::optional(header));
}

void FrameTest::waitsForTheWholeHeader()
{
    const QByteArray frame
        = writeFrame(Opcode::Binary, QByteArray(70000, 'x'), MaskingKey {1, 2, 3, 4});
    for (int size = 0; size < 14; ++size)
        QVERIFY(!readFrameHeader(frame.first(size)));
    QVERIFY(readFrameHeader(frame.first(14)));
}

void FrameTest::masksFromAnyOffsetLength()
{
    const MaskingKey key {0x11, 0x22, 0x33, 0x44};
    for (int size = 0; size < 40; ++size) {
        QByteArray bytes(size, 'q');
        applyMask(bytes.data(), bytes.size(), key);
        for (int i = 0; i < size; ++i)
            QCOMPARE(static_cast<quint8>(bytes[i]), 'q' ^ key[static_cast<size_t>(i % 4)]);
    }
}

QTEST_GUILESS_MAIN(FrameTest)
#include "tst_frame.moc"
