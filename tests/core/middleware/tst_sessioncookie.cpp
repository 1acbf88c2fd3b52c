// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/sessioncookie.h"

#include <QTest>

#include <limits>

using namespace rt;
using namespace Qt::StringLiterals;

namespace {

constexpr double now = 1700000000000;

JsValue parsed(const char *json)
{
    return std::get<JsValue>(parseJson(QByteArray(json)));
}

} // namespace

/// Expected values were printed by the class Cookie of npm express-session 1.19.0.
class SessionCookieTest : public QObject
{
    Q_OBJECT

private slots:
    void makesItsDataFromOptions_data();
    void makesItsDataFromOptions();
    void refusesOptionsAsThePackage_data();
    void refusesOptionsAsThePackage();
    void startsItsLifeAnewWhenTouched();
    void keepsItsLifetimeThroughTheStore();
    void assignsThroughItsSetters();
    void losesItsClassWhenReplaced();
    void saysWhatJavaScriptSaysWithoutACookie();
    void readsDatesOfJson_data();
    void readsDatesOfJson();
};

void SessionCookieTest::makesItsDataFromOptions_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QByteArray>("data");
    const auto row = [](const char *name, const char *options, const char *data) {
        QTest::addRow("%s", name) << QByteArray(options) << QByteArray(data);
    };
    row("defaults", "{}", R"({"originalMaxAge":null,"expires":null,"httpOnly":true,"path":"/"})");
    row("a minute", R"({"maxAge":60000,"secure":true})",
        R"({"originalMaxAge":60000,"expires":"2023-11-14T22:14:20.000Z","secure":true,"httpOnly":true,"path":"/"})");
    row("at once", R"({"maxAge":0})",
        R"({"originalMaxAge":0,"expires":"2023-11-14T22:13:20.000Z","httpOnly":true,"path":"/"})");
    row("beyond the range of a Date", R"({"maxAge":1e18})",
        R"({"originalMaxAge":null,"expires":null,"httpOnly":true,"path":"/"})");
    row("false is no age", R"({"maxAge":false})",
        R"({"originalMaxAge":false,"expires":false,"httpOnly":true,"path":"/"})");
    row("an age of its own", R"({"originalMaxAge":5000})",
        R"({"originalMaxAge":5000,"expires":null,"httpOnly":true,"path":"/"})");
    row("a later maxAge wins", R"({"originalMaxAge":5000,"maxAge":10})",
        R"({"originalMaxAge":10,"expires":"2023-11-14T22:13:20.010Z","httpOnly":true,"path":"/"})");
    row("all attributes",
        R"({"path":"/p","domain":"d","sameSite":"lax","httpOnly":false,"priority":"low","partitioned":true,"data":1,"foo":2})",
        R"({"originalMaxAge":null,"partitioned":true,"priority":"low","expires":null,"httpOnly":false,"domain":"d","path":"/p","sameSite":"lax"})");
}

void SessionCookieTest::makesItsDataFromOptions()
{
    QFETCH(QByteArray, options);
    const auto cookie = SessionCookie::create(parsed(options), now);
    QVERIFY(cookie.has_value());
    QTEST(toJson(cookie->toValue()), "data");
}

void SessionCookieTest::refusesOptionsAsThePackage_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QString>("message");
    QTest::addRow("age as text") << QByteArray(R"({"maxAge":"60"})")
                                 << u"maxAge must be a number or Date"_s;
    QTest::addRow("age true") << QByteArray(R"({"maxAge":true})")
                              << u"maxAge must be a number or Date"_s;
    QTest::addRow("text") << QByteArray(R"("x")") << u"argument options must be a object"_s;
}

void SessionCookieTest::refusesOptionsAsThePackage()
{
    QFETCH(QByteArray, options);
    const auto cookie = SessionCookie::create(parsed(options), now);
    QVERIFY(!cookie);
    QCOMPARE(cookie.error().name, QByteArray("TypeError"));
    QTEST(cookie.error().message, "message");
}

void SessionCookieTest::startsItsLifeAnewWhenTouched()
{
    auto cookie = SessionCookie::create(parsed(R"({"maxAge":1000})"), now);
    QVERIFY(cookie->resetMaxAge(now + 500).has_value());
    QCOMPARE(cookie->get(u"expires"_s)->toDate().milliseconds, now + 1500);
    QCOMPARE(cookie->get(u"originalMaxAge"_s)->toNumber(), 1000.0);
}

void SessionCookieTest::keepsItsLifetimeThroughTheStore()
{
    const auto first = SessionCookie::create(parsed(R"({"maxAge":1000,"secure":false})"), now);
    const auto second = SessionCookie::restore(parsed(toJson(first->toValue())), now + 400);
    QCOMPARE(toJson(second->toValue()), toJson(first->toValue()));
}

void SessionCookieTest::assignsThroughItsSetters()
{
    auto cookie = SessionCookie::create({}, now);
    QVERIFY(cookie->assign(parsed(R"({"maxAge":2000,"sameSite":"none"})"), now).has_value());
    QCOMPARE(cookie->get(u"expires"_s)->toDate().milliseconds, now + 2000);
    const auto refused = cookie->assign(parsed(R"({"path":"/x","data":1,"domain":"d"})"), now);
    QCOMPARE(refused.error().message,
             u"Cannot set property data of #<Object> which has only a getter"_s);
    QCOMPARE(cookie->get(u"path"_s)->toString(), u"/x"_s);
    QVERIFY(cookie->get(u"domain"_s)->isUndefined());
}

void SessionCookieTest::losesItsClassWhenReplaced()
{
    auto cookie = SessionCookie::replaced(parsed(R"({"originalMaxAge":7,"secure":true})"));
    QVERIFY(cookie.data().isUndefined());
    QVERIFY(cookie.resetMaxAge(now).has_value());
    QCOMPARE(toJson(cookie.toValue()),
             QByteArray(R"({"originalMaxAge":7,"secure":true,"maxAge":7})"));
}

void SessionCookieTest::saysWhatJavaScriptSaysWithoutACookie()
{
    QCOMPARE(SessionCookie::replaced(JsValue(nullptr)).resetMaxAge(now).error().message,
             u"Cannot read properties of null (reading 'originalMaxAge')"_s);
    QCOMPARE(SessionCookie::replaced(JsValue(5)).resetMaxAge(now).error().message,
             u"Cannot create property 'maxAge' on number '5'"_s);
    QCOMPARE(SessionCookie().get(u"secure"_s).error().message,
             u"Cannot read properties of undefined (reading 'secure')"_s);
}

void SessionCookieTest::readsDatesOfJson_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("milliseconds");
    QTest::addRow("as JSON writes it") << u"2023-11-14T22:13:20.000Z"_s << now;
    QTest::addRow("no date") << u"soon"_s << std::numeric_limits<double>::quiet_NaN();
}

void SessionCookieTest::readsDatesOfJson()
{
    QFETCH(QString, text);
    QTEST(parseJsDate(text), "milliseconds");
}

QTEST_GUILESS_MAIN(SessionCookieTest)
#include "tst_sessioncookie.moc"
