// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/memorystore.h"

#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

class MemoryStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void givesBackWhatWasSet();
    void dropsWhatHasExpired_data();
    void dropsWhatHasExpired();
    void touchesTheCookieOnly();
    void touchesNothingThatIsGone();
};

void MemoryStoreTest::givesBackWhatWasSet()
{
    MemoryStore store;
    QVERIFY(!store.get(u"a"_s, 0));
    store.set(u"a"_s, R"({"cookie":{},"n":1})");
    QCOMPARE(toJson(*store.get(u"a"_s, 0)), QByteArray(R"({"cookie":{},"n":1})"));
    store.destroy(u"a"_s);
    QVERIFY(store.ids().isEmpty());
}

void MemoryStoreTest::dropsWhatHasExpired_data()
{
    QTest::addColumn<QByteArray>("expires");
    QTest::addColumn<bool>("there");
    QTest::addRow("a second ago") << QByteArray(R"("1970-01-01T00:00:09.000Z")") << false;
    QTest::addRow("now") << QByteArray(R"("1970-01-01T00:00:10.000Z")") << false;
    QTest::addRow("a millisecond left") << QByteArray(R"("1970-01-01T00:00:10.001Z")") << true;
    QTest::addRow("never") << QByteArray("null") << true;
    QTest::addRow("no date") << QByteArray(R"("soon")") << true;
    QTest::addRow("a number") << QByteArray("5") << false;
}

void MemoryStoreTest::dropsWhatHasExpired()
{
    QFETCH(QByteArray, expires);
    QFETCH(bool, there);
    MemoryStore store;
    store.set(u"a"_s, R"({"cookie":{"expires":)" + expires + "}}");
    QCOMPARE(store.get(u"a"_s, 10'000).has_value(), there);
    QCOMPARE(store.ids().isEmpty(), !there);
}

void MemoryStoreTest::touchesTheCookieOnly()
{
    MemoryStore store;
    store.set(u"a"_s, R"({"cookie":{"path":"/"},"n":1})");
    JsValue cookie = JsValue::object();
    cookie.insert(u"path"_s, JsValue(u"/x"_s));
    store.touch(u"a"_s, cookie, 0);
    QCOMPARE(toJson(*store.get(u"a"_s, 0)), QByteArray(R"({"cookie":{"path":"/x"},"n":1})"));
}

void MemoryStoreTest::touchesNothingThatIsGone()
{
    MemoryStore store;
    store.touch(u"a"_s, JsValue::object(), 0);
    QVERIFY(store.ids().isEmpty());
}

QTEST_GUILESS_MAIN(MemoryStoreTest)
#include "tst_memorystore.moc"
