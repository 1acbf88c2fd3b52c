// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/cookieedit.h"

#include "base/clock.h"
#include "browser/cookiestore.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

class CookieEditTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void refusesWhatSaysTooLittle_data();
    void refusesWhatSaysTooLittle();
    void editsAndKeepsTheAttributes();
    void makesACookieOfTheApiWhenThereIsNone();
    void editsThePayloadAndKeepsTheRest();
    void saysWhyAPayloadCannotBeEdited();
    void deletes();
    void copiesAndRestores();

private:
    Result<void> run(const QByteArray &arguments);
    QByteArray valueOf(const QByteArray &name) const;
    void put(const QByteArray &name, const QByteArray &value);

    LabClock m_clock;
    CookieStore m_jar {m_clock};
    std::vector<Cookie> m_copied;
};

Result<void> CookieEditTest::run(const QByteArray &arguments)
{
    const auto edit = CookieEdit::fromArguments(std::get<JsValue>(parseJson(arguments)));
    if (!edit)
        return tl::unexpected(edit.error());
    return applyCookieEdit(*edit, m_jar, m_copied);
}

QByteArray CookieEditTest::valueOf(const QByteArray &name) const
{
    for (const Cookie &cookie : m_jar.cookies()) {
        if (cookie.name == name)
            return cookie.value;
    }
    return "(none)";
}

void CookieEditTest::put(const QByteArray &name, const QByteArray &value)
{
    m_jar.clear();
    Cookie cookie;
    cookie.name = name;
    cookie.value = value;
    cookie.domain = "api.shop.test";
    cookie.httpOnly = true;
    m_jar.put(cookie);
}

void CookieEditTest::refusesWhatSaysTooLittle_data()
{
    QTest::addColumn<QByteArray>("arguments");
    QTest::addRow("nothing") << QByteArray("{}");
    QTest::addRow("no value") << QByteArray(R"({"edit":"session"})");
    QTest::addRow("payload is no object") << QByteArray(R"({"edit":"session","payload":1})");
    QTest::addRow("nothing to delete") << QByteArray(R"({"delete":"other"})");
}

void CookieEditTest::refusesWhatSaysTooLittle()
{
    QFETCH(QByteArray, arguments);
    put("session", "1");
    QVERIFY(!run(arguments));
    QCOMPARE(valueOf("session"), QByteArray("1"));
}

void CookieEditTest::editsAndKeepsTheAttributes()
{
    put("session", "1");
    QVERIFY(run(R"({"edit":"session","value":"2"})"));
    QCOMPARE(valueOf("session"), QByteArray("2"));
    QVERIFY(m_jar.cookies().front().httpOnly);
    QCOMPARE(m_jar.cookies().size(), size_t(1));
}

void CookieEditTest::makesACookieOfTheApiWhenThereIsNone()
{
    m_jar.clear();
    QVERIFY(run(R"({"edit":"fresh","value":"x"})"));
    QCOMPARE(valueOf("fresh"), QByteArray("x"));
    QCOMPARE(m_jar.cookies().front().domain, QByteArray("api.shop.test"));
}

void CookieEditTest::editsThePayloadAndKeepsTheRest()
{
    put("session", QByteArray(R"({"userId":1,"role":"user"})").toBase64());
    QVERIFY(run(R"({"edit":"session","payload":{"userId":2}})"));
    QCOMPARE(QByteArray::fromBase64(valueOf("session")),
             QByteArray(R"({"userId":2,"role":"user"})"));
}

void CookieEditTest::saysWhyAPayloadCannotBeEdited()
{
    put("session", "plain");
    const auto done = run(R"({"edit":"session","payload":{"userId":2}})");
    QVERIFY(!done);
    QVERIFY2(done.error().message.contains(u"base64 JSON"), qPrintable(done.error().message));
}

void CookieEditTest::deletes()
{
    put("session", "1");
    QVERIFY(run(R"({"delete":"session"})"));
    QVERIFY(m_jar.cookies().empty());
}

void CookieEditTest::copiesAndRestores()
{
    put("session", "1");
    QVERIFY(run(R"({"copy":true})"));
    QVERIFY(run(R"({"delete":"session"})"));
    QVERIFY(run(R"({"restore":true})"));
    QCOMPARE(valueOf("session"), QByteArray("1"));
    QVERIFY(m_jar.cookies().front().httpOnly);
}

QTEST_GUILESS_MAIN(CookieEditTest)
#include "tst_cookieedit.moc"
