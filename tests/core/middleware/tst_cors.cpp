// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/cors.h"

#include "lab/labconfigreader.h"
#include "testfolder.h"

#include <QFile>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// The policy is held to a table recorded from npm cors (tests/parity/express/record/cors.mjs):
/// every option against every kind of request.
class CorsTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void setsHeadersAsThePackage_data();
    void setsHeadersAsThePackage();
    void namesItsDecision_data();
    void namesItsDecision();
    void refusesAnInvalidPattern();
    void remembersWhereAGlobalPatternStopped();
    void wordsNothingWhenNobodyReads();
};

void CorsTest::setsHeadersAsThePackage_data()
{
    QTest::addColumn<JsValue>("row");
    QFile file(testFolder() + u"/core/middleware/data/cors.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const JsValue rows = std::get<JsValue>(parseJson(file.readAll()));
    QVERIFY(rows.size() > 500);
    for (const JsValue &row : rows.items()) {
        QTest::addRow("%s %s %s", qPrintable(stringifyJson(row[u"options"])),
                      qPrintable(row[u"request"][u"method"].toString()),
                      qPrintable(stringifyJson(row[u"request"][u"headers"])))
            << row;
    }
}

void CorsTest::setsHeadersAsThePackage()
{
    QFETCH(JsValue, row);
    const auto policy = CorsPolicy::compile(reviveValue(row[u"options"]));
    QVERIFY(policy.has_value());
    HeaderList request;
    for (const auto &[name, value] : row[u"request"][u"headers"].members())
        request.append(name.toLatin1(), value.toString().toLatin1());
    const CorsAnswer answer
        = policy->answer(row[u"request"][u"method"].toString().toLatin1(), request);

    HeaderList response;
    for (const HeaderField &field : answer.headers) {
        const auto vary = field.name == "Vary" ? response.first("Vary") : std::nullopt;
        response.set(field.name, vary ? *vary + ", " + field.value : field.value);
    }
    HeaderList expected;
    for (const JsValue &pair : row[u"result"][u"headers"].items())
        expected.append(pair.items().at(0).toString().toLatin1(),
                        pair.items().at(1).toString().toLatin1());
    if (answer.status)
        response.append("Content-Length", "0");
    const JsValue status = row[u"result"][u"status"];
    QCOMPARE(answer.status.has_value(), status.isNumber());
    QCOMPARE(answer.status.value_or(0), static_cast<int>(status.toNumber()));
    QVERIFY(response == expected);
    QVERIFY(!answer.decisions.empty());
}

void CorsTest::namesItsDecision_data()
{
    QTest::addColumn<JsValue>("options");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<QByteArrayList>("decisions");
    const auto options = [](const char *json) {
        return reviveValue(std::get<JsValue>(parseJson(QByteArrayView(json))));
    };
    QTest::addRow("star") << options("{}") << "GET"_ba
                          << "http://a"_ba << QByteArrayList {"cors.AnyOrigin"};
    QTest::addRow("fixed") << options(R"({"origin":"http://a"})") << "GET"_ba
                           << "http://b"_ba << QByteArrayList {"cors.FixedOrigin"};
    QTest::addRow("listed") << options(R"({"origin":["http://a"]})") << "GET"_ba
                            << "http://a"_ba << QByteArrayList {"cors.OriginAllowed"};
    QTest::addRow("not listed") << options(R"({"origin":["http://a"]})") << "GET"_ba
                                << "http://b"_ba << QByteArrayList {"cors.OriginNotListed"};
    QTest::addRow("no origin") << options(R"({"origin":true})") << "GET"_ba << QByteArray()
                               << QByteArrayList {"cors.NoOrigin"};
    QTest::addRow("switched off") << options(R"({"origin":false})") << "OPTIONS"_ba
                                  << "http://a"_ba << QByteArrayList {"cors.Off"};
    QTest::addRow("preflight") << options("{}") << "OPTIONS"_ba
                               << "http://a"_ba
                               << QByteArrayList {"cors.AnyOrigin", "cors.PreflightAnswered"};
    QTest::addRow("preflight passed on")
        << options(R"({"preflightContinue":true})") << "OPTIONS"_ba
        << "http://a"_ba << QByteArrayList {"cors.AnyOrigin", "cors.PreflightPassedOn"};
    QTest::addRow("credentials as text")
        << options(R"({"credentials":"true"})") << "GET"_ba
        << "http://a"_ba << QByteArrayList {"cors.AnyOrigin", "cors.CredentialsNotTrue"};
    QTest::addRow("callback error")
        << options(R"({"origin":{"callback":{"allow":["http://a"],"deny":"error"}}})") << "GET"_ba
        << "http://b"_ba << QByteArrayList {"cors.OriginCallbackError"};
    QTest::addRow("callback no") << options(
        R"({"origin":{"callback":{"allow":["http://a"],"deny":"false"}}})")
                                 << "GET"_ba
                                 << "http://b"_ba << QByteArrayList {"cors.Off"};
    QTest::addRow("callback yes") << options(R"({"origin":{"callback":{"allow":["http://a"]}}})")
                                  << "GET"_ba
                                  << "http://a"_ba << QByteArrayList {"cors.OriginAllowed"};
}

void CorsTest::namesItsDecision()
{
    QFETCH(JsValue, options);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, origin);
    QFETCH(QByteArrayList, decisions);
    const auto policy = CorsPolicy::compile(options);
    QVERIFY(policy.has_value());
    HeaderList request;
    if (!origin.isEmpty())
        request.append("Origin", origin);
    QByteArrayList ids;
    for (const Decision &decision : policy->answer(method, request).decisions) {
        QVERIFY(decision.sentence.endsWith(u'.'));
        ids.append(decision.id);
    }
    QCOMPARE(ids, decisions);
}

void CorsTest::refusesAnInvalidPattern()
{
    JsValue options = JsValue::object();
    options.insert(u"origin"_s, JsValue(JsRegExp {u"("_s, {}}));
    const auto policy = CorsPolicy::compile(options);
    QVERIFY(!policy.has_value());
    QCOMPARE(policy.error().message, u"Invalid regular expression: /(/: Unterminated group"_s);
}

void CorsTest::remembersWhereAGlobalPatternStopped()
{
    JsValue options = JsValue::object();
    options.insert(u"origin"_s, JsValue(JsRegExp {u"a"_s, u"g"_s}));
    const auto policy = CorsPolicy::compile(options);
    QVERIFY(policy.has_value());
    const HeaderList request {{"Origin", "a"}};
    QCOMPARE(policy->answer("GET", request).headers.size(), size_t(2));
    QCOMPARE(policy->answer("GET", request).headers.size(), size_t(1));
    QCOMPARE(policy->answer("GET", request).headers.size(), size_t(2));
}

void CorsTest::wordsNothingWhenNobodyReads()
{
    const auto policy = CorsPolicy::compile({});
    QVERIFY(policy.has_value());
    QVERIFY(policy->answer("OPTIONS", {}, false).decisions.empty());
}

QTEST_APPLESS_MAIN(CorsTest)
#include "tst_cors.moc"
