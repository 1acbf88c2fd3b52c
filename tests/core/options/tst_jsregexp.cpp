// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "options/jsregexp.h"
#include "testfolder.h"

#include <QFile>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// Held to a table recorded from Node (tests/parity/express/record/regexp.mjs).
class JsRegExpTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void answersAsJavaScript_data();
    void answersAsJavaScript();
    void copiesShareWhereTheyStopped();

private:
    static JsValue recording();
};

JsValue JsRegExpTest::recording()
{
    QFile file(testFolder() + u"/core/options/data/regexp.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return std::get<JsValue>(parseJson(file.readAll()));
}

void JsRegExpTest::answersAsJavaScript_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("flags");
    QTest::addColumn<int>("index");
    const JsValue rows = recording()[u"rows"];
    QVERIFY(rows.size() > 50);
    for (int i = 0; i < rows.size(); ++i) {
        const JsValue row = rows.items().at(i);
        QTest::addRow("/%s/%s", qPrintable(row[u"source"].toString()),
                      qPrintable(row[u"flags"].toString()))
            << row[u"source"].toString() << row[u"flags"].toString() << i;
    }
}

void JsRegExpTest::answersAsJavaScript()
{
    QFETCH(QString, source);
    QFETCH(QString, flags);
    QFETCH(int, index);
    const JsValue all = recording();
    const JsValue row = all[u"rows"].items().at(index);
    const auto tester = JsRegExpTester::compile({source, flags});
    if (row.contains(u"refused")) {
        QVERIFY(!tester.has_value());
        QCOMPARE(tester.error().message, row[u"refused"].toString());
        return;
    }
    QVERIFY2(tester.has_value(), qPrintable(tester ? QString() : tester.error().message));
    for (int i = 0; i < all[u"texts"].size(); ++i) {
        const QString text = all[u"texts"].items().at(i).toString();
        QVERIFY2(tester->test(text) == row[u"results"].items().at(i).toBool(), qPrintable(text));
    }
}

void JsRegExpTest::copiesShareWhereTheyStopped()
{
    const auto tester = JsRegExpTester::compile({u"a"_s, u"g"_s});
    QVERIFY(tester.has_value());
    const JsRegExpTester copy = *tester;
    QVERIFY(tester->test(u"a"_s));
    QVERIFY(!copy.test(u"a"_s));
    QVERIFY(tester->test(u"a"_s));
}

QTEST_APPLESS_MAIN(JsRegExpTest)
#include "tst_jsregexp.moc"
