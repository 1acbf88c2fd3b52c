// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/negotiation.h"
#include "recording.h"

#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// Held to tables recorded from npm negotiator and accepts (record/libraries.mjs negotiation).
class NegotiationTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void choosesEncodingsAsNegotiator();
    void choosesTypesAsAccepts();
    void takesTheFirstTypeWithoutAnAcceptField();
};

void NegotiationTest::choosesEncodingsAsNegotiator()
{
    const JsValue rows = recording("core/http/data/negotiation.json")[u"encodings"];
    QVERIFY(rows.size() > 30);
    for (const JsValue &row : rows.items()) {
        const QByteArray header = row[u"header"].toString().toLatin1();
        JsValue names = JsValue::array();
        for (const QByteArray &name :
             acceptableEncodings(header, {"br", "gzip", "deflate", "identity"}, {"br", "gzip"}))
            names.append(JsValue::latin1(name));
        QVERIFY2(names == row[u"result"], header + " -> " + toJson(names));
    }
}

void NegotiationTest::choosesTypesAsAccepts()
{
    const JsValue rows = recording("core/http/data/negotiation.json")[u"types"];
    QVERIFY(rows.size() > 20);
    for (const JsValue &row : rows.items()) {
        const QByteArray header = row[u"header"].toString().toLatin1();
        const auto type = accepts(header, {"text", "html"});
        const JsValue result = type ? JsValue::latin1(*type) : JsValue(nullptr);
        QVERIFY2(result == row[u"result"], header + " -> " + toJson(result));
    }
}

void NegotiationTest::takesTheFirstTypeWithoutAnAcceptField()
{
    QCOMPARE(accepts(std::nullopt, {"text", "html"}), std::optional(QByteArray("text")));
}

QTEST_APPLESS_MAIN(NegotiationTest)
#include "tst_negotiation.moc"
