// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/cookie.h"

#include "lab/labconfigreader.h"
#include "testfolder.h"

#include <QFile>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 now = 1700000000000;

JsValue recorded(const QString &part)
{
    QFile file(testFolder() + u"/core/http/data/cookie.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return std::get<JsValue>(parseJson(file.readAll()))[part];
}

} // namespace

/// Held to a recording of npm cookie 0.7 and Express's res.cookie()
/// (tests/parity/express/record/cookie.mjs).
class CookieTest : public QObject
{
    Q_OBJECT

private slots:
    void parsesAsThePackage_data();
    void parsesAsThePackage();
    void serializesAsThePackage_data();
    void serializesAsThePackage();
    void readsJsonCookies();
    void namesEveryFault();
};

void CookieTest::parsesAsThePackage_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("cookies");
    const JsValue rows = recorded(u"parse"_s);
    QVERIFY(rows.size() > 20);
    for (const JsValue &row : rows.items())
        QTest::addRow("%s", qPrintable(stringifyJson(row[u"header"])))
            << row[u"header"].toString() << stringifyJson(row[u"cookies"]);
}

void CookieTest::parsesAsThePackage()
{
    QFETCH(QString, header);
    QTEST(stringifyJson(parseCookieHeader(header.toLatin1())), "cookies");
}

void CookieTest::serializesAsThePackage_data()
{
    QTest::addColumn<JsValue>("row");
    const JsValue rows = recorded(u"serialize"_s);
    QVERIFY(rows.size() > 60);
    for (const JsValue &row : rows.items())
        QTest::addRow("%s", qPrintable(stringifyJson(row))) << row;
}

void CookieTest::serializesAsThePackage()
{
    QFETCH(JsValue, row);
    const QString name = row.contains(u"name") ? row[u"name"].toString() : u"a"_s;
    const auto line = expressCookie(name, row[u"value"], reviveValue(row[u"options"]), now);
    QCOMPARE(line ? QString::fromLatin1(*line) : QString(), row[u"line"].toString());
    QCOMPARE(line ? QString() : faultSentence(line.error()), row[u"error"].toString());
}

void CookieTest::readsJsonCookies()
{
    QCOMPARE(stringifyJson(jsonCookie(u"j:{\"a\":[1]}"_s)), u"{\"a\":[1]}"_s);
    QVERIFY(jsonCookie(u"j:{"_s).isUndefined());
    QVERIFY(jsonCookie(u"{}"_s).isUndefined());
}

void CookieTest::namesEveryFault()
{
    QCOMPARE(faultId(CookieFault::InvalidSameSite), QByteArray("cookie.InvalidSameSite"));
    QCOMPARE(faultSentence(CookieFault::InvalidMaxAge), u"option maxAge is invalid"_s);
    QCOMPARE(faultSentence(CookieFault::MalformedValue), u"URI malformed"_s);
}

QTEST_GUILESS_MAIN(CookieTest)
#include "tst_cookie.moc"
