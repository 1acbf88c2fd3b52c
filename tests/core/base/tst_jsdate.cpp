// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/jsdate.h"
#include "recording.h"

#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// Held to a table recorded from Node (tests/parity/express/record/libraries.mjs dates).
class JsDateTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("TZ", "UTC"); }
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void readsAsJavaScript_data();
    void readsAsJavaScript();
};

void JsDateTest::readsAsJavaScript_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("expected");
    const JsValue rows = recording("core/base/data/dates.json")[u"rows"];
    QVERIFY(rows.size() > 40);
    for (const JsValue &row : rows.items())
        QTest::addRow("\"%s\"", qPrintable(row[u"text"].toString()))
            << row[u"text"].toString() << row[u"ms"].toNumber(qQNaN());
}

void JsDateTest::readsAsJavaScript()
{
    QFETCH(QString, text);
    QFETCH(double, expected);
    const auto moment = parseJsDate(text);
    QCOMPARE(moment.has_value(), !qIsNaN(expected));
    if (moment)
        QCOMPARE(*moment, expected);
}

QTEST_APPLESS_MAIN(JsDateTest)
#include "tst_jsdate.moc"
