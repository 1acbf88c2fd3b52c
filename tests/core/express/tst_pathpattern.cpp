// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/pathpattern.h"
#include "recording.h"

#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// Held to a table recorded from Express's own Layer (record/libraries.mjs paths).
class PathPatternTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void matchesAsExpress_data();
    void matchesAsExpress();
    void mindsTheCaseOnlyWhenAsked();
};

void PathPatternTest::matchesAsExpress_data()
{
    QTest::addColumn<int>("index");
    const JsValue rows = recording("core/express/data/paths.json")[u"rows"];
    QVERIFY(rows.size() > 100);
    for (int i = 0; i < rows.size(); ++i) {
        const JsValue &row = rows.items().at(i);
        QTest::addRow("\"%s\"%s%s", qPrintable(row[u"pattern"].toString()),
                      row[u"strict"].toBool() ? " strict" : "",
                      row[u"end"].toBool() ? "" : " prefix")
            << i;
    }
}

void PathPatternTest::matchesAsExpress()
{
    QFETCH(int, index);
    const JsValue all = recording("core/express/data/paths.json");
    const JsValue row = all[u"rows"].items().at(index);
    const PathPattern pattern(row[u"pattern"].toString().toLatin1(),
                              {false, row[u"strict"].toBool(), row[u"end"].toBool()});
    for (int i = 0; i < all[u"targets"].size(); ++i) {
        const QByteArray target = all[u"targets"].items().at(i).toString().toLatin1();
        const JsValue expected = row[u"matches"].items().at(i);
        const auto match = pattern.match(target);
        if (expected.isNull()) {
            QVERIFY2(!match, target);
            continue;
        }
        QVERIFY2(match, target);
        QVERIFY2(match->undecodable.has_value() == expected.contains(u"error"), target);
        if (match->undecodable)
            continue;
        QVERIFY2(match->path == expected[u"path"].toString().toLatin1(), target);
        QVERIFY2(toJson(match->params) == toJson(expected[u"params"]),
                 target + ": " + toJson(match->params));
    }
}

void PathPatternTest::mindsTheCaseOnlyWhenAsked()
{
    QVERIFY(PathPattern("/a(b)?", {false, false, true}).match("/AB"));
    QVERIFY(!PathPattern("/a(b)?", {true, false, true}).match("/AB"));
    QVERIFY(PathPattern("/ab", {false, false, true}).match("/AB"));
    QVERIFY(!PathPattern("/ab", {true, false, true}).match("/AB"));
}

QTEST_APPLESS_MAIN(PathPatternTest)
#include "tst_pathpattern.moc"
