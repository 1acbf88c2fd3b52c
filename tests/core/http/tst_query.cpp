// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/query.h"
#include "recording.h"

#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// Held to a table recorded from npm qs (tests/parity/express/record/libraries.mjs query).
class QueryTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void nestsAsQs();
    void refusesWhatIsTooDeepOnlyWhenStrict();
};

void QueryTest::nestsAsQs()
{
    const JsValue rows = recording("core/http/data/query.json")[u"rows"];
    QVERIFY(rows.size() > 100);
    for (const JsValue &row : rows.items()) {
        QsOptions options;
        if (const JsValue limits = row[u"limits"]; limits.isObject()) {
            options.arrayLimit = limits[u"arrayLimit"].toNumber();
            options.depth = limits[u"depth"].toNumber();
            options.parameterLimit = limits[u"parameterLimit"].toNumber();
        }
        const auto parsed = parseQs(row[u"text"].toString(), options);
        QVERIFY(std::holds_alternative<JsValue>(parsed));
        const JsValue value = std::get<JsValue>(parsed);
        QVERIFY2(toJson(value) == toJson(row[u"result"]),
                 row[u"text"].toString().toUtf8() + " -> " + toJson(value) + ", not "
                     + toJson(row[u"result"]));
    }
}

void QueryTest::refusesWhatIsTooDeepOnlyWhenStrict()
{
    QsOptions options;
    options.depth = 1;
    options.strictDepth = true;
    QVERIFY(std::holds_alternative<JsValue>(parseQs(u"a[b]=1"_s, options)));
    QVERIFY(std::holds_alternative<QueryFault>(parseQs(u"a[b][c]=1"_s, options)));
}

QTEST_APPLESS_MAIN(QueryTest)
#include "tst_query.moc"
