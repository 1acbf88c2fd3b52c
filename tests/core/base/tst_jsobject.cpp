// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/jsobject.h"
#include "recording.h"

#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// Held to a table recorded from Node (tests/parity/express/record/libraries.mjs numbers).
class JsObjectTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void convertsAsJavaScript();
    void hasNoNumberForUndefined();
};

void JsObjectTest::convertsAsJavaScript()
{
    const JsValue rows = recording("core/base/data/numbers.json")[u"rows"];
    QVERIFY(rows.size() > 30);
    for (const JsValue &row : rows.items()) {
        const JsValue value = row[u"value"];
        const QByteArray name = stringifyJson(value).toUtf8();
        QVERIFY2(numberText(toJsNumber(value)) == row[u"number"].toString(), name);
    }
}

void JsObjectTest::hasNoNumberForUndefined()
{
    QVERIFY(qIsNaN(toJsNumber(JsValue())));
}

QTEST_APPLESS_MAIN(JsObjectTest)
#include "tst_jsobject.moc"
