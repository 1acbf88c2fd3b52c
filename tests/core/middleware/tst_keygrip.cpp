// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/keygrip.h"

#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

/// Expected values were printed by npm keygrip 1.1.0.
class KeygripTest : public QObject
{
    Q_OBJECT

private slots:
    void signsWithTheFirstKey();
    void findsTheKeyThatSigned_data();
    void findsTheKeyThatSigned();
    void throwsWhatNodeThrowsForAKeyThatIsNoText_data();
    void throwsWhatNodeThrowsForAKeyThatIsNoText();
};

void KeygripTest::signsWithTheFirstKey()
{
    const Keygrip keygrip({JsValue(u"k1"_s), JsValue(u"k2"_s)});
    QCOMPARE(*keygrip.sign(u"session=eyJhIjoxfQ=="_s), u"KR4uga1_pLIAxldU47Uk9zT8GyA"_s);
}

void KeygripTest::findsTheKeyThatSigned_data()
{
    QTest::addColumn<QString>("digest");
    QTest::addColumn<int>("index");
    QTest::addRow("first") << u"KR4uga1_pLIAxldU47Uk9zT8GyA"_s << 0;
    QTest::addRow("second") << *Keygrip({JsValue(u"k2"_s)}).sign(u"session=eyJhIjoxfQ=="_s) << 1;
    QTest::addRow("another key") << *Keygrip({JsValue(u"k3"_s)}).sign(u"session=eyJhIjoxfQ=="_s)
                                 << -1;
    QTest::addRow("a letter in the other case") << u"kR4uga1_pLIAxldU47Uk9zT8GyA"_s << -1;
    QTest::addRow("with padding") << u"KR4uga1_pLIAxldU47Uk9zT8GyA="_s << -1;
    QTest::addRow("nothing") << QString() << -1;
}

void KeygripTest::findsTheKeyThatSigned()
{
    QFETCH(QString, digest);
    const Keygrip keygrip({JsValue(u"k1"_s), JsValue(u"k2"_s)});
    QTEST(*keygrip.index(u"session=eyJhIjoxfQ=="_s, digest), "index");
}

void KeygripTest::throwsWhatNodeThrowsForAKeyThatIsNoText_data()
{
    QTest::addColumn<JsValue>("key");
    QTest::addColumn<QString>("received");
    QTest::addRow("number") << JsValue(1.5) << u"type number (1.5)"_s;
    QTest::addRow("boolean") << JsValue(true) << u"type boolean (true)"_s;
    QTest::addRow("null") << JsValue(nullptr) << u"null"_s;
    QTest::addRow("undefined") << JsValue() << u"undefined"_s;
    QTest::addRow("list") << JsValue::array() << u"an instance of Array"_s;
    QTest::addRow("object") << JsValue::object() << u"an instance of Object"_s;
    QTest::addRow("date") << JsValue(JsDate {0}) << u"an instance of Date"_s;
}

void KeygripTest::throwsWhatNodeThrowsForAKeyThatIsNoText()
{
    QFETCH(JsValue, key);
    QFETCH(QString, received);
    const auto signature = Keygrip({key}).sign(u"x"_s);
    QVERIFY(!signature);
    QCOMPARE(signature.error().name, QByteArray("TypeError"));
    QVERIFY2(signature.error().message.endsWith(u". Received "_s + received),
             qPrintable(signature.error().message));
}

QTEST_GUILESS_MAIN(KeygripTest)
#include "tst_keygrip.moc"
