// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/capturestore.h"
#include "core/capture/fixtures.h"

#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <cstdio>
#include <thread>

using namespace rt;
using namespace rt::fixtures;

namespace {

ExchangeRecord plain(quint64 id, int bodySize = 10, quint64 call = 0)
{
    ExchangeRecord record
        = exchange(id, request("GET", "/item/" + QByteArray::number(id)), response(200),
                   QByteArray(bodySize, static_cast<char>('a' + id % 26)));
    record.call = call;
    return record;
}

qint64 monotonicNs()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

/// The other program of the kill test: captures 1,000 exchanges a second until it is killed and
/// says for each when it was handed to the store.
int captureUntilKilled(const QString &folder)
{
    const auto store = CaptureStore::create(folder);
    if (!store)
        return 3;
    std::printf("%s\n", qPrintable((*store)->fileName()));
    auto next = std::chrono::steady_clock::now();
    for (quint64 id = 1;; ++id) {
        (*store)->append({plain(id, 700)});
        std::printf("%llu %lld\n", static_cast<unsigned long long>(id),
                    static_cast<long long>(monotonicNs()));
        std::fflush(stdout);
        next += std::chrono::milliseconds(1);
        std::this_thread::sleep_until(next);
    }
}

} // namespace

class CaptureStoreTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void givesBackWhatWasAppended();
    void readsBackFromTheFile();
    void replacesARecordThatArrivesAgain();
    void tellsNewRowsBeforeChangedOnes();
    void findsTheExchangesOfACall();
    void sharesOneSetOfSettingsAmongExchanges();
    void cutsOneBodyAtItsLimit();
    void dropsTheOldestBodiesFirst();
    void dropsBodiesOfCallsToo();
    void startsAfreshWhenCleared();
    void refusesOtherFiles_data();
    void refusesOtherFiles();
    void refusesADamagedFile();
    void refusesAFileOfANewerProgram();
    void refusesAFolderItCannotMake();
    void refusesAnExistingFile();
    void tellsAFailureOfTheDisk();
    void offersNoSessionThatRunsOrHasEnded();
    void opensACopyOnAReadOnlyMedium();
    void survivesAKilledProcess();

private:
    std::unique_ptr<CaptureStore> fresh(CaptureLimits limits = {});
    std::unique_ptr<QTemporaryDir> folder;
};

void CaptureStoreTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    folder = std::make_unique<QTemporaryDir>();
}

std::unique_ptr<CaptureStore> CaptureStoreTest::fresh(CaptureLimits limits)
{
    auto store = CaptureStore::create(folder->path(), limits);
    return store ? std::move(*store) : nullptr;
}

void CaptureStoreTest::givesBackWhatWasAppended()
{
    const auto store = fresh();
    QVERIFY(store);
    QSignalSpy added(store.get(), &CaptureStore::exchangesAdded);
    store->append({plain(1), plain(2)});
    QCOMPARE(added.size(), 1);
    QCOMPARE(added[0],
             (QVariantList {QVariant::fromValue<qsizetype>(0), QVariant::fromValue<qsizetype>(2)}));
    QCOMPARE(store->exchanges().size(), size_t(2));
    QCOMPARE(store->summary(2)->path, QByteArray("/item/2"));
    QCOMPARE(store->summary(2)->status, 200);
    QVERIFY(!store->summary(3));
    QCOMPARE(store->exchange(1)->request().target, QByteArray("/item/1"));
    QVERIFY(!store->exchange(3));
}

void CaptureStoreTest::readsBackFromTheFile()
{
    QString file;
    {
        const auto store = fresh();
        file = store->fileName();
        CallRecord call;
        call.id = 5;
        call.body = "seen";
        store->append({plain(1, 5'000), plain(2, 5), call});
    }
    const auto store = CaptureStore::open(file);
    QVERIFY2(store, qPrintable(store ? QString() : store.error().message));
    QCOMPARE((*store)->exchanges().size(), size_t(2));
    QCOMPARE((*store)->exchanges()[0].path, QByteArray("/item/1"));
    QCOMPARE((*store)->exchange(1)->response().status, 200);
    QCOMPARE((*store)->exchange(1)->client.end.responseBody,
             plain(1, 5'000).client.end.responseBody);
    QCOMPARE((*store)->exchange(2)->client.end.responseBytes, plain(2, 5).client.end.responseBytes);
    QCOMPARE((*store)->call(5)->body, QByteArray("seen"));
    QCOMPARE((*store)->bodyBytes(), 5'000);
}

void CaptureStoreTest::replacesARecordThatArrivesAgain()
{
    const auto store = fresh();
    ExchangeRecord half = plain(1);
    half.hasServer = false;
    store->append({half});
    QSignalSpy updated(store.get(), &CaptureStore::exchangeUpdated);
    QSignalSpy added(store.get(), &CaptureStore::exchangesAdded);
    store->append({plain(1, 400)});
    QCOMPARE(updated.size(), 1);
    QCOMPARE(added.size(), 0);
    QVERIFY(store->exchange(1)->hasServer);
    store->flush();
    const auto again = CaptureStore::open(store->fileName());
    QCOMPARE((*again)->exchanges().size(), size_t(1));
    QVERIFY((*again)->exchange(1)->hasServer);
}

void CaptureStoreTest::tellsNewRowsBeforeChangedOnes()
{
    const auto store = fresh();
    store->append({plain(1)});
    QStringList told;
    connect(store.get(), &CaptureStore::exchangesAdded, this,
            [&] { told.append(QStringLiteral("added")); });
    connect(store.get(), &CaptureStore::exchangeUpdated, this,
            [&] { told.append(QStringLiteral("updated")); });
    connect(store.get(), &CaptureStore::callChanged, this,
            [&] { told.append(QStringLiteral("call")); });
    store->append({CallRecord {}, plain(1), plain(2), plain(2)});
    QCOMPARE(
        told,
        QStringList({QStringLiteral("added"), QStringLiteral("updated"), QStringLiteral("call")}));
}

void CaptureStoreTest::findsTheExchangesOfACall()
{
    const auto store = fresh();
    store->append({plain(3, 10, 7), plain(2, 10, 8), plain(1, 10, 7)});
    const auto found = store->exchangesOf(7);
    QCOMPARE(found.size(), size_t(2));
    QCOMPARE(found[0].id, quint64(1));
    QCOMPARE(found[1].id, quint64(3));
    QVERIFY(store->exchangesOf(9).empty());
}

void CaptureStoreTest::sharesOneSetOfSettingsAmongExchanges()
{
    QString file;
    {
        const auto store = fresh();
        file = store->fileName();
        JsValue value = JsValue::object();
        value.insert(QStringLiteral("cors.maxAge"), JsValue(600));
        const auto settings = std::make_shared<const JsValue>(value);
        ExchangeRecord first = plain(1);
        ExchangeRecord second = plain(2);
        first.server.settings = second.server.settings = settings;
        store->append({first, second, plain(3)});
    }
    const auto store = CaptureStore::open(file);
    const auto first = (*store)->exchange(1);
    const auto second = (*store)->exchange(2);
    QCOMPARE((*first->server.settings)[u"cors.maxAge"], JsValue(600));
    QCOMPARE(first->server.settings, second->server.settings);
    QVERIFY(!(*store)->exchange(3)->server.settings);
}

void CaptureStoreTest::cutsOneBodyAtItsLimit()
{
    const auto store = fresh({.oneBodyBytes = 1000});
    QSignalSpy reached(store.get(), &CaptureStore::limitReached);
    store->append({plain(1, 1500)});
    QCOMPARE(reached.size(), 1);
    QCOMPARE(reached[0][0].toLongLong(), 500);
    QCOMPARE(store->bytesCut(), 500);
    QCOMPARE(store->exchange(1)->bytesCut, 500);
    QCOMPARE(store->exchange(1)->client.end.responseBody.size(), 1000);
    QCOMPARE(store->bodyBytes(), 1000);
}

void CaptureStoreTest::dropsTheOldestBodiesFirst()
{
    const auto store = fresh({.totalBodyBytes = 2500});
    QSignalSpy reached(store.get(), &CaptureStore::limitReached);
    store->append({plain(1, 1000), plain(2, 1000)});
    QCOMPARE(reached.size(), 0);
    store->append({plain(3, 1000)});
    QCOMPARE(reached.size(), 1);
    QCOMPARE(store->bodyBytes(), 2000);
    QCOMPARE(store->exchange(1)->bytesCut, 1000);
    QVERIFY(store->exchange(1)->client.end.responseBody.isEmpty());
    QCOMPARE(store->exchange(1)->response().status, 200);
    QCOMPARE(store->exchange(2)->bytesCut, 0);
    store->flush();
    const auto again = CaptureStore::open(store->fileName());
    QCOMPARE((*again)->exchange(1)->bytesCut, 1000);
    QCOMPARE((*again)->exchange(3)->client.end.responseBody.size(), 1000);
}

void CaptureStoreTest::dropsBodiesOfCallsToo()
{
    const auto store = fresh({.totalBodyBytes = 1500});
    CallRecord call;
    call.id = 1;
    call.body = QByteArray(1000, 'x');
    store->append({call, plain(1, 1000)});
    QVERIFY(store->call(1)->body.isEmpty());
    QCOMPARE(store->bytesCut(), 1000);
    QCOMPARE(store->exchange(1)->bytesCut, 0);
}

void CaptureStoreTest::startsAfreshWhenCleared()
{
    const auto store = fresh();
    store->append({plain(1, 900, 1), CallRecord {}});
    QSignalSpy cleared(store.get(), &CaptureStore::cleared);
    store->clear();
    QCOMPARE(cleared.size(), 1);
    QVERIFY(store->exchanges().empty());
    QVERIFY(store->calls().empty());
    QCOMPARE(store->bodyBytes(), 0);
    QVERIFY(!store->exchange(1));
    store->append({plain(2)});
    store->flush();
    const auto again = CaptureStore::open(store->fileName());
    QCOMPARE((*again)->exchanges().size(), size_t(1));
    QVERIFY((*again)->summary(2));
}

void CaptureStoreTest::refusesOtherFiles_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<QString>("sentence");
    QTest::addRow("missing") << QByteArray() << QStringLiteral("does not exist");
    QTest::addRow("empty") << QByteArray("") << QStringLiteral("is no capture of Roundtrip");
    QTest::addRow("text") << QByteArray("hello") << QStringLiteral("is no capture of Roundtrip");
    QTest::addRow("torn database")
        << QByteArray("SQLite format 3\0 and then nonsense", 34) << QStringLiteral("damaged");
}

void CaptureStoreTest::refusesOtherFiles()
{
    QFETCH(QByteArray, contents);
    QFETCH(QString, sentence);
    const QString name = folder->filePath(QStringLiteral("x.rtcap"));
    if (!contents.isNull()) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contents);
    }
    const auto store = CaptureStore::open(name);
    QVERIFY(!store);
    QVERIFY2(store.error().message.contains(sentence), qPrintable(store.error().message));
    QVERIFY(store.error().message.contains(QStringLiteral("x.rtcap")));
}

/// Runs statements on a file with a connection of our own.
static void change(const QString &file, const QStringList &statements)
{
    {
        QSqlDatabase database
            = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("test"));
        database.setDatabaseName(file);
        QVERIFY(database.open());
        for (const QString &statement : statements) {
            QSqlQuery query(database);
            QVERIFY2(query.exec(statement), qPrintable(statement));
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("test"));
}

void CaptureStoreTest::refusesADamagedFile()
{
    const auto store = fresh();
    store->append({plain(1)});
    store->close();
    change(store->fileName(), {QStringLiteral("UPDATE exchange SET summary = x'01ff'")});
    const auto damaged = CaptureStore::open(store->fileName());
    QVERIFY(!damaged);
    QVERIFY(damaged.error().message.contains(QStringLiteral("damaged")));

    const QString foreign = folder->filePath(QStringLiteral("foreign.rtcap"));
    change(foreign, {QStringLiteral("CREATE TABLE t(x)")});
    const auto other = CaptureStore::open(foreign);
    QVERIFY(!other);
    QVERIFY(other.error().message.contains(QStringLiteral("no capture of Roundtrip")));
}

void CaptureStoreTest::refusesAFileOfANewerProgram()
{
    const auto store = fresh();
    store->close();
    change(store->fileName(), {QStringLiteral("PRAGMA user_version=99")});
    const auto newer = CaptureStore::open(store->fileName());
    QVERIFY(!newer);
    QVERIFY(newer.error().message.contains(QStringLiteral("newer")));
}

void CaptureStoreTest::refusesAFolderItCannotMake()
{
    const auto store = CaptureStore::create(QStringLiteral("/proc/no/such/folder"));
    QVERIFY(!store);
    QVERIFY(store.error().message.contains(QStringLiteral("cannot be made")));
}

void CaptureStoreTest::refusesAnExistingFile()
{
    const auto store = fresh();
    store->close();
    const auto again = CaptureStore::createFile(store->fileName());
    QVERIFY(!again);
    QVERIFY(again.error().message.contains(QStringLiteral("exists already")));
}

void CaptureStoreTest::tellsAFailureOfTheDisk()
{
    const auto store = fresh();
    store->flush();
    QSignalSpy failed(store.get(), &CaptureStore::failed);
    change(store->fileName(), {QStringLiteral("DROP TABLE exchange")});
    store->append({plain(1)});
    store->append({plain(2)});
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(store->exchange(1)); // still in memory
}

void CaptureStoreTest::offersNoSessionThatRunsOrHasEnded()
{
    const auto running = fresh();
    running->append({plain(1)});
    running->flush();
    QVERIFY(CaptureStore::abandonedSessions(folder->path()).isEmpty());
    running->close();
    QVERIFY(CaptureStore::abandonedSessions(folder->path()).isEmpty());
    QVERIFY(CaptureStore::abandonedSessions(folder->filePath(QStringLiteral("none"))).isEmpty());
    QVERIFY(!QFile::exists(running->fileName() + QStringLiteral("-wal")));
}

void CaptureStoreTest::opensACopyOnAReadOnlyMedium()
{
    const auto store = fresh();
    store->append({plain(1)});
    store->close();
    const QString place = folder->filePath(QStringLiteral("read only #1"));
    QVERIFY(QDir().mkpath(place));
    const QString copy = place + QStringLiteral("/c.rtcap");
    QVERIFY(QFile::copy(store->fileName(), copy));
    QVERIFY(QFile::setPermissions(copy, QFileDevice::ReadOwner));
    QVERIFY(QFile::setPermissions(place, QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    const auto opened = CaptureStore::open(copy);
    QFile::setPermissions(place,
                          QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    QVERIFY2(opened, qPrintable(opened ? QString() : opened.error().message));
    QVERIFY((*opened)->exchange(1));
}

void CaptureStoreTest::survivesAKilledProcess()
{
    QProcess other;
    other.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--capture-until-killed"), folder->path()});
    QVERIFY(other.waitForStarted());
    QByteArray said;
    while (said.count('\n') < 1'500) {
        QVERIFY(other.waitForReadyRead(10'000));
        said += other.readAllStandardOutput();
    }
    QVERIFY(CaptureStore::abandonedSessions(folder->path()).isEmpty()); // it lives
    const qint64 killedAt = monotonicNs();
    other.kill();
    QVERIFY(other.waitForFinished());
    said += other.readAllStandardOutput();
    said.truncate(said.lastIndexOf('\n')); // the last line may be torn

    const QStringList abandoned = CaptureStore::abandonedSessions(folder->path());
    QByteArrayList lines = said.split('\n');
    QCOMPARE(abandoned, QStringList {QString::fromLocal8Bit(lines.takeFirst())});
    const auto store = CaptureStore::open(abandoned[0]);
    QVERIFY2(store, qPrintable(store ? QString() : store.error().message));
    quint64 safe = 0;
    for (const QByteArray &line : lines) {
        const QByteArrayList words = line.split(' ');
        if (words.size() == 2 && words[1].toLongLong() < killedAt - 100'000'000)
            safe = words[0].toULongLong();
    }
    QVERIFY(safe > 500);
    QVERIFY2((*store)->exchanges().size() >= safe,
             qPrintable(QStringLiteral("%1 of %2").arg((*store)->exchanges().size()).arg(safe)));
    for (quint64 id = 1; id <= safe; ++id)
        QCOMPARE((*store)->exchange(id)->client.end.responseBody.size(), 700);

    (*store)->close();
    QVERIFY(CaptureStore::abandonedSessions(folder->path()).isEmpty());
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && QByteArrayView(argv[1]) == "--capture-until-killed")
        return captureUntilKilled(QString::fromLocal8Bit(argv[2]));
    CaptureStoreTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_capturestore.moc"
