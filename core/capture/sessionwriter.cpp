// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/sessionwriter.h"

#include "capture/recordcodec.h"
#include "capture/sessiondatabase.h"
#include "capture/valuecodec.h"

#include <QSqlError>
#include <QVariant>

#include <unordered_map>

namespace rt {

// So many waiting items are worth a transaction of their own at once.
static constexpr size_t fullBatch = 2'000;
// About a quarter of a gigabyte of records: more than a disk that still works falls behind.
static constexpr size_t mostWaiting = 100'000;

/// The prepared statements and how each job uses them.
class SessionWriter::Statements
{
public:
    explicit Statements(SessionDatabase &database)
        : m_database(database),
          m_exchange(
              database.prepared(QStringLiteral("INSERT OR REPLACE INTO exchange VALUES(?,?,?,?)"))),
          m_body(database.prepared(QStringLiteral("INSERT OR REPLACE INTO body VALUES(?,?)"))),
          m_dropBody(database.prepared(QStringLiteral("DELETE FROM body WHERE id=?"))),
          m_setting(database.prepared(QStringLiteral("INSERT INTO setting VALUES(?,?)"))),
          m_call(database.prepared(QStringLiteral("INSERT OR REPLACE INTO call VALUES(?,?)"))),
          m_change(database.prepared(QStringLiteral("INSERT OR REPLACE INTO change VALUES(?,?)"))),
          m_act(database.prepared(QStringLiteral("INSERT OR REPLACE INTO act VALUES(?,?)")))
    {
        QSqlQuery last = database.prepared(QStringLiteral("SELECT max(id) FROM setting"));
        if (last.exec() && last.next())
            m_lastSetting = last.value(0).toULongLong();
    }

    Result<void> write(const std::vector<Job> &jobs)
    {
        m_failure.clear();
        if (auto begun = m_database.execute(QStringLiteral("BEGIN IMMEDIATE")); !begun)
            return begun;
        for (const Job &job : jobs)
            std::visit([this](const auto &work) { perform(work); }, job);
        if (!m_failure.isEmpty()) {
            m_database.execute(QStringLiteral("ROLLBACK"));
            m_settings.clear(); // rows of this transaction are gone
            return failure(m_failure);
        }
        return m_database.execute(QStringLiteral("COMMIT"));
    }

    /// A session that has ended is one plain file, without a log beside it.
    void fold()
    {
        if (m_ended)
            m_database.execute(QStringLiteral("PRAGMA journal_mode=DELETE"));
    }

private:
    void perform(const PutExchange &work)
    {
        const ExchangeRecord &record = *work.record;
        const QByteArray bodies = gatherBodies(record, work.layout);
        const bool inRow = bodies.size() <= inlineBody;
        run(m_exchange,
            {QVariant::fromValue(record.id), encodeSummary(work.summary),
             encodeExchange(record, work.layout, settingNumber(record.server.settings)),
             inRow ? QVariant(bodies) : QVariant()});
        if (!inRow)
            run(m_body, {QVariant::fromValue(record.id), bodies});
    }
    void perform(const CallRecord &call)
    {
        run(m_call, {QVariant::fromValue(call.id), encodeCall(call)});
    }
    void perform(const ChangeRecord &change)
    {
        run(m_change, {QVariant::fromValue(change.id), encodeChange(change)});
    }
    void perform(const ActRecord &act)
    {
        run(m_act, {QVariant::fromValue(act.id), encodeAct(act)});
    }
    void perform(const DropBody &work) { run(m_dropBody, {QVariant::fromValue(work.exchange)}); }
    void perform(const Clear &)
    {
        for (const char *table : {"exchange", "body", "setting", "call", "change", "act"})
            note(m_database.execute(QStringLiteral("DELETE FROM ") + QLatin1StringView(table)));
        m_settings.clear();
    }
    void perform(const MarkEnded &)
    {
        note(m_database.execute(QStringLiteral("UPDATE meta SET value=1 WHERE key='ended'")));
        m_ended = true;
    }

    /// Many exchanges share one set of settings; it is written once. Keeping the pointer keeps its
    /// address from being used for another.
    quint64 settingNumber(const std::shared_ptr<const JsValue> &settings)
    {
        if (!settings)
            return 0;
        const auto known = m_settings.find(settings);
        if (known != m_settings.end())
            return known->second;
        ByteWriter out;
        writeValue(out, *settings);
        const quint64 number = ++m_lastSetting;
        run(m_setting, {QVariant::fromValue(number), out.take()});
        if (m_settings.size() >= 64)
            m_settings.clear();
        m_settings.emplace(settings, number);
        return number;
    }

    void run(QSqlQuery &statement, const QVariantList &values)
    {
        for (int i = 0; i < values.size(); ++i)
            statement.bindValue(i, values.at(i));
        if (!statement.exec())
            m_failure = statement.lastError().databaseText();
        statement.finish();
    }
    void note(const Result<void> &result)
    {
        if (!result)
            m_failure = result.error().message;
    }

    SessionDatabase &m_database;
    QSqlQuery m_exchange;
    QSqlQuery m_body;
    QSqlQuery m_dropBody;
    QSqlQuery m_setting;
    QSqlQuery m_call;
    QSqlQuery m_change;
    QSqlQuery m_act;
    std::unordered_map<std::shared_ptr<const JsValue>, quint64> m_settings;
    quint64 m_lastSetting = 0;
    bool m_ended = false;
    QString m_failure;
};

SessionWriter::SessionWriter(std::function<void(QString)> failed) : m_failed(std::move(failed)) { }

SessionWriter::~SessionWriter()
{
    {
        std::lock_guard guard(m_mutex);
        m_stop = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

Result<void> SessionWriter::start(const QString &file, Start how)
{
    m_thread = std::thread([this, file, how] { run(file, how); });
    std::unique_lock lock(m_mutex);
    m_done.wait(lock, [this] { return m_started.has_value(); });
    return *m_started;
}

void SessionWriter::run(const QString &file, Start how)
{
    SessionDatabase database;
    Result<void> ready = how == Start::Create ? database.create(file)
                                              : database.open(file, SessionDatabase::Mode::Write);
    const bool usable = ready.has_value();
    {
        std::lock_guard guard(m_mutex);
        m_started = std::move(ready);
    }
    m_done.notify_all();
    if (!usable)
        return;
    Statements statements(database);
    loop(statements);
    statements.fold();
}

void SessionWriter::loop(Statements &statements)
{
    bool healthy = true;
    for (;;) {
        const std::vector<Job> batch = nextBatch();
        if (batch.empty())
            return;
        const Result<void> written = statements.write(batch);
        if (!written && std::exchange(healthy, false)) // once, not per batch
            m_failed(written.error().message);
        healthy = written.has_value();
        finished(batch.size());
    }
}

/// Empty when the writer is to stop.
std::vector<SessionWriter::Job> SessionWriter::nextBatch()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_stop || !m_queue.empty(); });
    m_wake.wait_for(lock, std::chrono::milliseconds(windowMs),
                    [this] { return m_stop || m_urgent || m_queue.size() >= fullBatch; });
    std::vector<Job> batch;
    batch.reserve(m_queue.size());
    batch.swap(m_queue);
    return batch;
}

void SessionWriter::finished(size_t count)
{
    {
        std::lock_guard guard(m_mutex);
        m_committed += count;
        if (m_committed == m_put)
            m_urgent = false;
    }
    m_done.notify_all();
}

void SessionWriter::put(std::vector<Job> jobs)
{
    bool wake = false;
    {
        std::unique_lock lock(m_mutex);
        if (m_queue.size() > mostWaiting)
            m_done.wait(lock, [this] { return m_queue.size() <= mostWaiting; });
        wake = m_queue.empty() || m_queue.size() + jobs.size() >= fullBatch;
        m_put += jobs.size();
        m_queue.insert(m_queue.end(), std::make_move_iterator(jobs.begin()),
                       std::make_move_iterator(jobs.end()));
    }
    if (wake)
        m_wake.notify_one();
}

void SessionWriter::flush()
{
    std::unique_lock lock(m_mutex);
    const quint64 wanted = m_put;
    if (m_committed >= wanted)
        return;
    m_urgent = true;
    m_wake.notify_one();
    m_done.wait(lock, [&] { return m_committed >= wanted; });
}

} // namespace rt
