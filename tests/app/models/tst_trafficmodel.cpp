// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/capturestore.h"
#include "models/trafficmodel.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rt;

namespace {

ExchangeRecord exchange(quint64 id, quint64 call, ExchangeRecord::Kind kind,
                        const QByteArray &method, int status)
{
    ExchangeRecord record;
    record.id = id;
    record.call = call;
    record.kind = kind;
    record.external = call == 0;
    record.t = static_cast<double>(id) * 10;
    record.targetOrigin = "http://api.shop.test:8000";
    for (EndReport *end : {&record.client.end, &record.server.end}) {
        end->request.method = method;
        end->request.target = "/api/user";
        end->response.status = status;
        end->responseBytes = QByteArray(100, 'x');
    }
    return record;
}

CallRecord call(quint64 id, const QByteArray &method, CallRecord::Outcome outcome)
{
    CallRecord record;
    record.id = id;
    record.t = static_cast<double>(id) * 10;
    record.page = "http://app.shop.test:3000";
    record.method = method;
    record.path = "/api/user";
    record.url = "http://api.shop.test:8000/api/user";
    record.outcome = outcome;
    record.status = 200;
    return record;
}

constexpr auto Preflight = ExchangeRecord::Kind::Preflight;
constexpr auto Actual = ExchangeRecord::Kind::Actual;
constexpr auto Ok = CallRecord::Outcome::Ok;
constexpr auto Pending = CallRecord::Outcome::Pending;
constexpr auto Blocked = CallRecord::Outcome::Blocked;

} // namespace

class TrafficModelTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void foldsThePreflightUnderItsRequest();
    void foldsWhatAProxySentOnUnderItsRequest();
    void showsACallThatNeverReachedTheWire();
    void growsOnlyAtTheEndWhilePreflightComesFirst();
    void keepsRowsStillWhilePaused();
    void filterShowsMatchingCallsWithTheirPreflight();
    void filterFollowsACallThatBecomesBlocked();
    void filterUnderstands_data();
    void filterUnderstands();
    void saysTheRowInOneSentence();
    void findsTheRowOfAnExchange();
    void clearsWithTheStore();
    void takesHundredThousandRowsInFrames();

private:
    QString cell(int row, TrafficModel::Column column) const;
    void append(std::vector<CaptureItem> items);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CaptureStore> m_store;
    std::unique_ptr<TrafficModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TrafficModelTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
    m_store = std::move(*CaptureStore::create(m_folder->path()));
    m_model = std::make_unique<TrafficModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get());
    m_model->setStore(m_store.get());
}

void TrafficModelTest::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_store.reset();
}

QString TrafficModelTest::cell(int row, TrafficModel::Column column) const
{
    return m_model->index(row, column).data().toString();
}

void TrafficModelTest::append(std::vector<CaptureItem> items)
{
    QSignalSpy taken(m_model.get(), &TrafficModel::countsChanged);
    m_store->append(items);
    QVERIFY(m_model->isPaused() || taken.wait(1000));
}

void TrafficModelTest::foldsThePreflightUnderItsRequest()
{
    append({call(1, "PUT", Pending), exchange(1, 1, Preflight, "OPTIONS", 204),
            exchange(2, 1, Actual, "PUT", 200), call(1, "PUT", Ok)});
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(cell(0, TrafficModel::Number), QStringLiteral("2"));
    QCOMPARE(cell(0, TrafficModel::Method), QStringLiteral("PUT"));
    QCOMPARE(cell(0, TrafficModel::Status), QStringLiteral("200 OK"));
    QCOMPARE(cell(0, TrafficModel::From), QStringLiteral("app page"));
    QCOMPARE(cell(1, TrafficModel::Method), QStringLiteral("OPTIONS"));
    QCOMPARE(cell(1, TrafficModel::Path), QStringLiteral("preflight for 2"));
    QVERIFY(m_model->index(1, 0).data(TrafficModel::ChildRole).toBool());
    m_model->setFolded(0, true);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(m_model->shownExchanges(), 2);
    m_model->setFolded(0, false);
    QCOMPARE(m_model->rowCount(), 2);
}

void TrafficModelTest::foldsWhatAProxySentOnUnderItsRequest()
{
    ExchangeRecord first = exchange(1, 1, Actual, "PUT", 200);
    first.via = ExchangeRecord::Via::Proxy;
    first.targetOrigin = "https://shop.test:8444";
    ExchangeRecord second = exchange(2, 1, Actual, "PUT", 304);
    second.via = ExchangeRecord::Via::Upstream;
    append({call(1, "PUT", Pending), first, second, call(1, "PUT", Ok)});
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(cell(0, TrafficModel::Number), QStringLiteral("1"));
    QCOMPARE(cell(0, TrafficModel::Status), QStringLiteral("200 OK"));
    QCOMPARE(cell(1, TrafficModel::Path), QStringLiteral("passed on to http://api.shop.test:8000"));
    QCOMPARE(cell(1, TrafficModel::From), QStringLiteral("proxy"));
    QCOMPARE(cell(1, TrafficModel::Status), QStringLiteral("304"));
}

void TrafficModelTest::showsACallThatNeverReachedTheWire()
{
    CallRecord refused = call(1, "GET", CallRecord::Outcome::Failed);
    refused.reason = "net.Refused";
    append({refused, exchange(1, 0, Actual, "GET", 200)});
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(cell(0, TrafficModel::Status), QStringLiteral("\u2715 failed \u00b7 Refused"));
    QCOMPARE(m_model->index(0, 0).data(TrafficModel::CallRole).toULongLong(), quint64(1));
    QCOMPARE(m_model->totalExchanges(), 1);
}

void TrafficModelTest::growsOnlyAtTheEndWhilePreflightComesFirst()
{
    append({call(1, "PUT", Pending)});
    QCOMPARE(cell(0, TrafficModel::Status), QStringLiteral("\u2026 waiting"));
    append({exchange(1, 1, Preflight, "OPTIONS", 204)});
    QCOMPARE(m_model->rowCount(), 2);
    append({exchange(2, 0, Actual, "GET", 200)});
    append({exchange(3, 1, Actual, "PUT", 200), call(1, "PUT", Ok)});
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(cell(0, TrafficModel::Number), QStringLiteral("3"));
    QCOMPARE(cell(1, TrafficModel::Number), QStringLiteral("1"));
    QCOMPARE(cell(2, TrafficModel::Number), QStringLiteral("2"));
}

void TrafficModelTest::keepsRowsStillWhilePaused()
{
    append({exchange(1, 0, Actual, "GET", 200)});
    m_model->setPaused(true);
    append({exchange(2, 0, Actual, "GET", 200)});
    QCoreApplication::processEvents();
    QCOMPARE(m_model->rowCount(), 1);
    m_model->setPaused(false);
    QCOMPARE(m_model->rowCount(), 2);
}

void TrafficModelTest::filterShowsMatchingCallsWithTheirPreflight()
{
    append({exchange(1, 1, Preflight, "OPTIONS", 204), exchange(2, 1, Actual, "PUT", 200),
            call(1, "PUT", Ok), exchange(3, 0, Actual, "GET", 404)});
    QCOMPARE(m_model->rowCount(), 3);
    m_model->setFilter(TrafficFilter::parse(QStringLiteral("method:PUT")));
    QCOMPARE(m_model->rowCount(), 2);
    QCOMPARE(m_model->shownExchanges(), 2);
    QCOMPARE(m_model->totalExchanges(), 3);
    append({exchange(4, 0, Actual, "PUT", 200), exchange(5, 0, Actual, "GET", 200)});
    QCOMPARE(m_model->rowCount(), 3);
    m_model->setFilter({});
    QCOMPARE(m_model->rowCount(), 5);
}

void TrafficModelTest::filterFollowsACallThatBecomesBlocked()
{
    append({call(1, "GET", Pending), exchange(1, 1, Actual, "GET", 200)});
    m_model->setFilter(TrafficFilter::parse(QStringLiteral("blocked:cors")));
    QCOMPARE(m_model->rowCount(), 0);
    CallRecord blocked = call(1, "GET", Blocked);
    blocked.reason = "cors.OriginMismatch";
    append({blocked});
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(cell(0, TrafficModel::Status), QStringLiteral("\u2715 blocked \u00b7 OriginMismatch"));
    append({call(1, "GET", Ok)});
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->shownExchanges(), 0);
}

void TrafficModelTest::filterUnderstands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *text, bool matches) {
        QTest::addRow("%s", text) << QString::fromLatin1(text) << matches;
    };
    row("", true);
    row("method:put", true);
    row("method:GET", false);
    row("status:2xx", true);
    row("status:200", true);
    row("status:>=400", false);
    row("status:<300", true);
    row("path:/api", true);
    row("host:evil", false);
    row("from:app", true);
    row("from:external", false);
    row("kind:actual", true);
    row("kind:preflight", false);
    row("larger:1k", false);
    row("larger:100", true);
    row("slower:1s", false);
    row("blocked:", false);
    row("-method:GET", true);
    row("-status:2xx", false);
    row("user", true);
    row("USER status:2xx", true);
    row("user status:4xx", false);
    row("unknown:word", false);
}

void TrafficModelTest::filterUnderstands()
{
    QFETCH(QString, text);
    QFETCH(bool, matches);
    append({exchange(1, 1, Actual, "PUT", 200), call(1, "PUT", Ok)});
    m_model->setFilter(TrafficFilter::parse(text));
    QCOMPARE(m_model->rowCount() == 1, matches);
}

void TrafficModelTest::saysTheRowInOneSentence()
{
    CallRecord cached = call(1, "PUT", Ok);
    cached.preflight = CallRecord::Preflight::Cached;
    cached.cacheSecondsLeft = 588;
    cached.durationMs = 2;
    append({exchange(1, 1, Actual, "PUT", 200), cached});
    QCOMPARE(m_model->index(0, 0).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("PUT /api/user from app page: 200 OK, 100 B in 2 ms; "
                            "no preflight: cached 588 s left."));
}

void TrafficModelTest::findsTheRowOfAnExchange()
{
    append({exchange(1, 1, Preflight, "OPTIONS", 204), exchange(2, 1, Actual, "PUT", 200),
            call(1, "PUT", Ok), exchange(3, 0, Actual, "GET", 200)});
    QCOMPARE(m_model->rowOf(2, 1), 0);
    QCOMPARE(m_model->rowOf(1, 1), 1);
    QCOMPARE(m_model->rowOf(3, 0), 2);
    QCOMPARE(m_model->rowOf(0, 1), 0);
    QCOMPARE(m_model->rowOf(9, 0), -1);
    m_model->setFolded(0, true);
    QCOMPARE(m_model->rowOf(1, 1), 0);
}

void TrafficModelTest::clearsWithTheStore()
{
    append({exchange(1, 0, Actual, "GET", 200)});
    m_store->clear();
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->totalExchanges(), 0);
    append({exchange(2, 0, Actual, "GET", 200)});
    QCOMPARE(m_model->rowCount(), 1);
}

void TrafficModelTest::takesHundredThousandRowsInFrames()
{
    m_tester.reset(); // it walks every row after every change
    constexpr int batch = 160; // one frame of 10,000 exchanges a second
    constexpr int batches = 625;
    qint64 slowest = 0;
    quint64 id = 0;
    for (int i = 0; i < batches; ++i) {
        std::vector<CaptureItem> items;
        for (int j = 0; j < batch; ++j)
            items.emplace_back(exchange(++id, 0, Actual, "GET", 200));
        m_store->append(items);
        QElapsedTimer timer;
        timer.start();
        m_model->setPaused(false); // takes over at once
        slowest = std::max(slowest, timer.nsecsElapsed());
    }
    QCOMPARE(m_model->rowCount(), batch * batches);
    QElapsedTimer timer;
    timer.start();
    m_model->setFilter(TrafficFilter::parse(QStringLiteral("method:PUT status:404")));
    qInfo("slowest frame %.2f ms, filter over %d rows %.1f ms", double(slowest) / 1e6,
          batch * batches, double(timer.nsecsElapsed()) / 1e6);
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(slowest < 100'000'000);
}

QTEST_GUILESS_MAIN(TrafficModelTest)
#include "tst_trafficmodel.moc"
