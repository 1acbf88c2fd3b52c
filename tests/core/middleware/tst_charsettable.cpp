// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/charsettable.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// The tables are recorded from iconv-lite; what is tested is how they are asked.
class CharsetTableTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void findsCodecs_data();
    void findsCodecs();
    void decodesBytes_data();
    void decodesBytes();
    void leavesOtherCodecsAlone();
};

void CharsetTableTest::findsCodecs_data()
{
    QTest::addColumn<QByteArray>("charset");
    QTest::addColumn<QByteArray>("codec");
    QTest::addRow("as it is called") << "koi8-r"_ba
                                     << "koi8r"_ba;
    QTest::addRow("in capitals with a year") << "ISO_8859-1:1987"_ba
                                             << "iso88591"_ba;
    QTest::addRow("by its code page") << "1252"_ba
                                      << "windows1252"_ba;
    QTest::addRow("another name") << "x-sjis"_ba
                                  << "shiftjis"_ba;
    QTest::addRow("several bytes") << "UTF-16"_ba
                                   << "utf16"_ba;
    QTest::addRow("unknown") << "utf-99"_ba
                             << ""_ba;
    QTest::addRow("empty") << ""_ba
                           << ""_ba;
}

void CharsetTableTest::findsCodecs()
{
    QFETCH(QByteArray, charset);
    QTEST(charsetCodec(charset), "codec");
}

void CharsetTableTest::decodesBytes_data()
{
    QTest::addColumn<QByteArray>("codec");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addRow("Cyrillic") << "koi8r"_ba
                              << "\xc1"_ba << u"\u0430"_s;
    QTest::addRow("Euro") << "windows1252"_ba
                          << "a\x80"_ba << u"a\u20ac"_s;
    QTest::addRow("no character") << "windows1252"_ba
                                  << "\x81"_ba << u"\ufffd"_s;
    QTest::addRow("lower half of its own") << "iso646jp"_ba
                                           << "\\"_ba << u"\u00a5"_s;
    QTest::addRow("above ASCII") << "ascii"_ba
                                 << "\xe4"_ba << u"\ufffd"_s;
}

void CharsetTableTest::decodesBytes()
{
    QFETCH(QByteArray, codec);
    QFETCH(QByteArray, bytes);
    QTEST(decodeSingleBytes(bytes, codec).value_or(QString()), "text");
}

void CharsetTableTest::leavesOtherCodecsAlone()
{
    QVERIFY(!decodeSingleBytes("a", "shiftjis"));
    QVERIFY(!decodeSingleBytes("a", "nonsense"));
}

QTEST_APPLESS_MAIN(CharsetTableTest)
#include "tst_charsettable.moc"
