// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/jsonsyntaxerror.h"
#include "recording.h"

#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// Held to a table recorded from Node (tests/parity/express/record/libraries.mjs jsonErrors).
class JsonSyntaxErrorTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void complainsAsJavaScript_data();
    void complainsAsJavaScript();
};

void JsonSyntaxErrorTest::complainsAsJavaScript_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const JsValue rows = recording("core/base/data/jsonerrors.json")[u"rows"];
    QVERIFY(rows.size() > 40);
    for (const JsValue &row : rows.items())
        QTest::addRow("<%s>", qPrintable(row[u"text"].toString()))
            << row[u"text"].toString() << row[u"message"].toString();
}

void JsonSyntaxErrorTest::complainsAsJavaScript()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    QCOMPARE(jsonSyntaxError(text), message);
}

QTEST_APPLESS_MAIN(JsonSyntaxErrorTest)
#include "tst_jsonsyntaxerror.moc"
