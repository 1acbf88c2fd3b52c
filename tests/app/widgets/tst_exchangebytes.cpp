// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/contentcoding.h"
#include "panels/exchangebytes.h"

#include <QTest>

using namespace rt;

class ExchangeBytesTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void showsLineEnds_data();
    void showsLineEnds();
    void saysWhatIsLeftOut();
    void dumpsSixteenBytesALine();
    void removesTheContentCoding();
    void saysWhyACodingCannotBeRemoved();
    void knowsTheKindOfABody_data();
    void knowsTheKindOfABody();
    void indentsJson();
};

void ExchangeBytesTest::showsLineEnds_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addRow("CRLF") << QByteArray("GET / HTTP/1.1\r\n\r\n")
                          << QStringLiteral("GET / HTTP/1.1\u240d\u240a\n\u240d\u240a\n");
    QTest::addRow("bare LF") << QByteArray("a\nb") << QStringLiteral("a\u240a\nb");
    QTest::addRow("bare CR") << QByteArray("a\rb\n") << QStringLiteral("a\\x0db\u240a\n");
    QTest::addRow("NUL") << QByteArray("a\0b", 3) << QStringLiteral("a\\x00b");
    QTest::addRow("UTF-8") << QByteArray("\xc3\xa9") << QStringLiteral("\u00e9");
    QTest::addRow("broken UTF-8") << QByteArray("\xc3(") << QStringLiteral("\\xc3(");
    QTest::addRow("nothing") << QByteArray() << QString();
}

void ExchangeBytesTest::showsLineEnds()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    QCOMPARE(visibleBytes(bytes), text);
}

void ExchangeBytesTest::saysWhatIsLeftOut()
{
    QCOMPARE(visibleBytes(QByteArray(100, 'x'), 10),
             QStringLiteral("xxxxxxxxxx\n\u2026 90 more bytes"));
}

void ExchangeBytesTest::dumpsSixteenBytesALine()
{
    const QString dump = hexDump(QByteArray("0123456789abcdef\x01z"));
    QCOMPARE(dump.split(u'\n').at(0),
             QStringLiteral(
                 "000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef"));
    QVERIFY(dump.split(u'\n').at(1).startsWith(QStringLiteral("000010  01 7a ")));
    QVERIFY(dump.split(u'\n').at(1).endsWith(QStringLiteral("\u00b7z")));
}

void ExchangeBytesTest::removesTheContentCoding()
{
    const auto encoder = makeEncoder(ContentCoding::Gzip);
    QByteArray coded = encoder->write("{\"a\":1}");
    coded += encoder->finish();
    const ReadableBody body
        = readableBody({{"Content-Encoding", "gzip"}, {"Content-Type", "application/json"}}, coded);
    QCOMPARE(body.bytes, QByteArray("{\"a\":1}"));
    QCOMPARE(body.coding, QByteArray("gzip"));
    QVERIFY(body.problem.isEmpty());
}

void ExchangeBytesTest::saysWhyACodingCannotBeRemoved()
{
    const ReadableBody broken = readableBody({{"Content-Encoding", "gzip"}}, "plain text");
    QVERIFY(broken.problem.startsWith(QStringLiteral("The body is no gzip")));
    QCOMPARE(broken.bytes, QByteArray("plain text"));
    const ReadableBody unknown = readableBody({{"Content-Encoding", "zstd"}}, "x");
    QVERIFY(unknown.problem.contains(QStringLiteral("zstd")));
}

void ExchangeBytesTest::knowsTheKindOfABody_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ReadableBody::Kind>("kind");
    QTest::addRow("JSON by type") << QByteArray("application/json") << QByteArray("{}")
                                  << ReadableBody::Kind::Json;
    QTest::addRow("problem JSON") << QByteArray("application/problem+json") << QByteArray("{}")
                                  << ReadableBody::Kind::Json;
    QTest::addRow("JSON without type")
        << QByteArray() << QByteArray("[1]") << ReadableBody::Kind::Json;
    QTest::addRow("text") << QByteArray("text/html") << QByteArray("<p>")
                          << ReadableBody::Kind::Text;
    QTest::addRow("picture") << QByteArray("image/png") << QByteArray("\x89PNG\0\0", 6)
                             << ReadableBody::Kind::Binary;
    QTest::addRow("nothing") << QByteArray("text/html") << QByteArray()
                             << ReadableBody::Kind::Empty;
}

void ExchangeBytesTest::knowsTheKindOfABody()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(ReadableBody::Kind, kind);
    HeaderList headers;
    if (!type.isEmpty())
        headers.append("Content-Type", type);
    QCOMPARE(readableBody(headers, body).kind, kind);
}

void ExchangeBytesTest::indentsJson()
{
    const ReadableBody body = readableBody({{"Content-Type", "application/json"}}, "{\"a\":[1]}");
    QCOMPARE(prettyText(body), QStringLiteral("{\n  \"a\": [\n    1\n  ]\n}"));
    const ReadableBody broken = readableBody({{"Content-Type", "application/json"}}, "{nope");
    QCOMPARE(prettyText(broken), QStringLiteral("{nope"));
}

QTEST_GUILESS_MAIN(ExchangeBytesTest)
#include "tst_exchangebytes.moc"
