// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/savedrequests.h"

#include <QAbstractItemModelTester>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;
using namespace Qt::StringLiterals;

class SavedRequestsTest : public QObject
{
    Q_OBJECT

private slots:
    void keepsEveryPart();
    void survivesTheProgram();
    void replacesTheSameName();
    void deletes();
    void saysWhenTheFileIsSomethingElse();

private:
    static FetchRequest request();
    QTemporaryDir m_folder;
};

FetchRequest SavedRequestsTest::request()
{
    FetchRequest request;
    request.page = "http://app.shop.test:3000";
    request.url = "http://api.shop.test:8000/api/user";
    request.method = "PUT";
    request.headers = {{"Content-Type", "application/octet-stream"}, {"X-A", "1"}};
    request.body = QByteArray("\x00\xff\n", 3);
    request.hasBody = true;
    request.bodyType = "text/plain;charset=UTF-8";
    request.mode = RequestMode::SameOrigin;
    request.credentials = CredentialsMode::Include;
    request.redirect = RedirectMode::Manual;
    request.cache = CacheMode::ForceCache;
    request.referrerPolicy = "no-referrer";
    return request;
}

void SavedRequestsTest::keepsEveryPart()
{
    const FetchRequest before = request();
    const FetchRequest after = SavedRequests::fromJson(SavedRequests::toJson(u"n"_s, before));
    QCOMPARE(after.page, before.page);
    QCOMPARE(after.url, before.url);
    QCOMPARE(after.method, before.method);
    QCOMPARE(after.headers, before.headers);
    QCOMPARE(after.body, before.body);
    QCOMPARE(after.hasBody, before.hasBody);
    QCOMPARE(after.bodyType, before.bodyType);
    QCOMPARE(after.mode, before.mode);
    QCOMPARE(after.credentials, before.credentials);
    QCOMPARE(after.redirect, before.redirect);
    QCOMPARE(after.cache, before.cache);
    QCOMPARE(after.referrerPolicy, before.referrerPolicy);
}

void SavedRequestsTest::survivesTheProgram()
{
    const QString file = m_folder.filePath(u"survives.json"_s);
    SavedRequests first;
    QVERIFY(first.setFile(file));
    QVERIFY(first.save(u"mine"_s, request()));
    SavedRequests second;
    QAbstractItemModelTester tester(&second);
    QVERIFY(second.setFile(file));
    QCOMPARE(second.rowCount(), 1);
    QCOMPARE(second.name(0), u"mine"_s);
    QCOMPARE(second.request(0).method, QByteArray("PUT"));
}

void SavedRequestsTest::replacesTheSameName()
{
    SavedRequests saved;
    QAbstractItemModelTester tester(&saved);
    QVERIFY(saved.save(u"mine"_s, request()));
    FetchRequest other = request();
    other.method = "GET";
    QVERIFY(saved.save(u"mine"_s, other));
    QCOMPARE(saved.rowCount(), 1);
    QCOMPARE(saved.request(0).method, QByteArray("GET"));
}

void SavedRequestsTest::deletes()
{
    SavedRequests saved;
    QAbstractItemModelTester tester(&saved);
    QVERIFY(saved.save(u"a"_s, request()));
    QVERIFY(saved.save(u"b"_s, request()));
    QVERIFY(saved.remove(0));
    QCOMPARE(saved.rowCount(), 1);
    QCOMPARE(saved.name(0), u"b"_s);
}

void SavedRequestsTest::saysWhenTheFileIsSomethingElse()
{
    const QString name = m_folder.filePath(u"other.json"_s);
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("hello");
    file.close();
    SavedRequests saved;
    const auto read = saved.setFile(name);
    QVERIFY(!read);
    QVERIFY(read.error().message.contains(name));
}

QTEST_MAIN(SavedRequestsTest)
#include "tst_savedrequests.moc"
