// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/mimecheck.h"

#include <QTest>

using namespace rt;

Q_DECLARE_METATYPE(rt::MimeReason)

class MimeCheckTest : public QObject
{
    Q_OBJECT

private slots:
    void readsTheType_data();
    void readsTheType();
    void hearsNosniff_data();
    void hearsNosniff();
    void judgesScripts_data();
    void judgesScripts();
    void judgesStyles_data();
    void judgesStyles();
};

void MimeCheckTest::readsTheType_data()
{
    QTest::addColumn<HeaderList>("headers");
    QTest::addColumn<QByteArray>("type");
    QTest::addRow("none") << HeaderList {} << QByteArray();
    QTest::addRow("parameter left out")
        << HeaderList {{"Content-Type", "Text/HTML; charset=utf-8"}} << QByteArray("text/html");
    QTest::addRow("no slash") << HeaderList {{"Content-Type", "text"}} << QByteArray();
    QTest::addRow("wildcard") << HeaderList {{"Content-Type", "*/*"}} << QByteArray();
    QTest::addRow("the last one that is a type")
        << HeaderList {{"Content-Type", "text/css"}, {"Content-Type", "text/plain, x"}}
        << QByteArray("text/plain");
}

void MimeCheckTest::readsTheType()
{
    QFETCH(HeaderList, headers);
    QTEST(responseMimeType(headers), "type");
}

void MimeCheckTest::hearsNosniff_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("heard");
    QTest::addRow("plain") << QByteArray("nosniff") << true;
    QTest::addRow("any case, blanks") << QByteArray(" NoSniff\t") << true;
    QTest::addRow("first of two") << QByteArray("nosniff, x") << true;
    QTest::addRow("second of two") << QByteArray("x, nosniff") << false;
    QTest::addRow("quoted") << QByteArray("\"nosniff\"") << false;
    QTest::addRow("empty") << QByteArray() << false;
}

void MimeCheckTest::hearsNosniff()
{
    QFETCH(QByteArray, value);
    QTEST(hasNosniff({{"X-Content-Type-Options", value}}), "heard");
}

void MimeCheckTest::judgesScripts_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("nosniff");
    QTest::addColumn<bool>("module");
    QTest::addColumn<MimeReason>("reason");
    QTest::addRow("html runs") << QByteArray("text/html") << false << false << MimeReason::Fits;
    QTest::addRow("picture") << QByteArray("image/png") << false << false
                             << MimeReason::NotExecutable;
    QTest::addRow("table") << QByteArray("text/csv") << false << false << MimeReason::NotExecutable;
    QTest::addRow("nosniff") << QByteArray("text/plain") << true << false
                             << MimeReason::BlockedByNosniff;
    QTest::addRow("nosniff, old name")
        << QByteArray("text/jscript") << true << false << MimeReason::Fits;
    QTest::addRow("module") << QByteArray("text/plain") << false << true
                            << MimeReason::NotModuleScript;
    QTest::addRow("wasm module") << QByteArray("application/wasm") << false << true
                                 << MimeReason::Fits;
}

void MimeCheckTest::judgesScripts()
{
    QFETCH(QByteArray, type);
    QFETCH(bool, nosniff);
    QFETCH(bool, module);
    HeaderList headers {{"Content-Type", type}};
    if (nosniff)
        headers.append("X-Content-Type-Options", "nosniff");
    QTEST(checkScriptType(headers, module), "reason");
}

void MimeCheckTest::judgesStyles_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("nosniff");
    QTest::addColumn<MimeReason>("reason");
    QTest::addRow("css") << QByteArray("TEXT/CSS") << true << MimeReason::Fits;
    QTest::addRow("text") << QByteArray("text/plain") << false << MimeReason::NotApplied;
    QTest::addRow("none") << QByteArray("") << false << MimeReason::Fits;
    QTest::addRow("nosniff, none") << QByteArray("") << true << MimeReason::BlockedByNosniff;
}

void MimeCheckTest::judgesStyles()
{
    QFETCH(QByteArray, type);
    QFETCH(bool, nosniff);
    HeaderList headers {{"Content-Type", type}};
    if (nosniff)
        headers.append("X-Content-Type-Options", "nosniff");
    QTEST(checkStyleType(headers), "reason");
}

QTEST_APPLESS_MAIN(MimeCheckTest)
#include "tst_mimecheck.moc"
