// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfig.h"
#include "lab/storageedit.h"

#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

class StorageEditTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void changes_data();
    void changes();
    void saysWhatIsMissing();
};

void StorageEditTest::changes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("arguments");
    QTest::addColumn<QByteArray>("after");
    const auto row
        = [](const char *name, const char *before, const char *arguments, const char *after) {
              QTest::addRow("%s", name)
                  << QByteArray(before) << QByteArray(arguments) << QByteArray(after);
          };
    row("sets for the client's page", "{}", R"({"set":{"token":"abc"}})",
        R"({"http://app.shop.test:3000":{"token":"abc"}})");
    row("sets for another origin", "{}", R"({"set":{"a":"1"},"origin":"$evil"})",
        R"({"http://evil.test:6660":{"a":"1"}})");
    row("values become strings", "{}", R"({"set":{"n":7,"t":true}})",
        R"({"http://app.shop.test:3000":{"n":"7","t":"true"}})");
    row("replaces one item", R"({"http://app.shop.test:3000":{"a":"1","b":"2"}})",
        R"({"set":{"a":"3"}})", R"({"http://app.shop.test:3000":{"a":"3","b":"2"}})");
    row("deletes one item", R"({"http://app.shop.test:3000":{"a":"1","b":"2"}})",
        R"({"delete":"a"})", R"({"http://app.shop.test:3000":{"b":"2"}})");
    row("an origin without items is gone", R"({"http://app.shop.test:3000":{"a":"1"}})",
        R"({"delete":"a"})", "{}");
    row("clears one origin only", R"({"x":{"k":"v"},"http://app.shop.test:3000":{"a":"1"}})",
        R"({"clear":true})", R"({"x":{"k":"v"}})");
}

void StorageEditTest::changes()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, arguments);
    QFETCH(QByteArray, after);
    JsValue storage = std::get<JsValue>(parseJson(QByteArrayView(before)));
    const auto edit = StorageEdit::fromArguments(
        std::get<JsValue>(parseJson(QByteArrayView(arguments))), LabConfig::base());
    QVERIFY(edit);
    applyStorageEdit(*edit, storage);
    QCOMPARE(toJson(storage), after);
}

void StorageEditTest::saysWhatIsMissing()
{
    const auto edit = StorageEdit::fromArguments(JsValue::object(), LabConfig::base());
    QVERIFY(!edit);
    QVERIFY(edit.error().message.contains(u"set, delete and clear"));
}

QTEST_MAIN(StorageEditTest)
#include "tst_storageedit.moc"
