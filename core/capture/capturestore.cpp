// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/capturestore.h"

#include "base/mailbox.h"
#include "capture/bodybudget.h"
#include "capture/recentrecords.h"
#include "capture/sessionreader.h"
#include "capture/sessionwriter.h"
#include "capture/summarize.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QLockFile>
#include <QSet>

namespace rt {

// Few distinct texts stand in many rows; sharing them keeps a row small.
static constexpr qsizetype mostSharedTexts = 4096;

class CaptureStore::Private
{
public:
    explicit Private(CaptureLimits wanted) : limits(wanted), budget(wanted.totalBodyBytes) { }

    /// What one append() did, to be told afterwards.
    struct News
    {
        std::vector<quint64> updated;
        std::vector<quint64> calls;
    };

    void take(const ExchangeRecord &record, News &news);
    void take(const CallRecord &call, News &news);
    void take(const ChangeRecord &change, News &) { jobs.emplace_back(change); }
    void take(const ActRecord &act, News &) { jobs.emplace_back(act); }
    void putSummary(const ExchangeSummary &summary, News &news);
    void drop(const std::vector<BodyBudget::Owner> &owners);
    void load(SessionReader::Contents contents);
    void share(QByteArray &text);
    Result<void> startWriter(SessionWriter::Start how);
    Result<ExchangeRecord> read(quint64 id);

    QString file;
    CaptureLimits limits;
    BodyBudget budget;
    std::unique_ptr<QLockFile> lock;
    std::unique_ptr<Mailbox<QString>> failures;
    std::unique_ptr<SessionWriter> writer;
    std::unique_ptr<SessionReader> reader;
    bool created = false;
    bool closed = false;
    std::vector<ExchangeSummary> rows;
    QHash<quint64, qsizetype> rowOf;
    QHash<quint64, std::vector<quint64>> exchangesOfCall;
    std::vector<CallRecord> calls;
    QHash<quint64, qsizetype> callOf;
    RecentRecords recent;
    QSet<QByteArray> texts;
    std::vector<SessionWriter::Job> jobs;
};

static QString lockName(const QString &file)
{
    return file + QStringLiteral(".lock");
}

static std::unique_ptr<QLockFile> lockFor(const QString &file)
{
    auto lock = std::make_unique<QLockFile>(lockName(file));
    lock->setStaleLockTime(0); // a session may last for days; only a dead process makes it stale
    return lock;
}

void CaptureStore::Private::share(QByteArray &text)
{
    const auto known = texts.constFind(text);
    if (known != texts.constEnd())
        text = *known;
    else if (texts.size() < mostSharedTexts)
        texts.insert(text);
}

void CaptureStore::Private::putSummary(const ExchangeSummary &summary, News &news)
{
    ExchangeSummary row = summary;
    for (QByteArray *text : {&row.method, &row.path, &row.targetOrigin, &row.endedBy})
        share(*text);
    const auto known = rowOf.constFind(row.id);
    if (known != rowOf.constEnd()) {
        rows[static_cast<size_t>(*known)] = std::move(row);
        news.updated.push_back(summary.id);
        return;
    }
    rowOf.insert(row.id, static_cast<qsizetype>(rows.size()));
    if (row.call != 0) {
        std::vector<quint64> &ids = exchangesOfCall[row.call];
        ids.insert(std::upper_bound(ids.begin(), ids.end(), row.id), row.id);
    }
    rows.push_back(std::move(row));
}

void CaptureStore::Private::take(const ExchangeRecord &record, News &news)
{
    auto kept = std::make_shared<ExchangeRecord>(record);
    limitBodies(*kept, limits.oneBodyBytes);
    budget.countCut(kept->bytesCut - record.bytesCut);
    const ExchangeSummary summary = summarize(record);
    putSummary(summary, news);
    const BodyLayout layout = layOutBodies(*kept);
    recent.put(kept, layout.size);
    jobs.emplace_back(SessionWriter::PutExchange {kept, summary, layout});
    if (layout.size > SessionWriter::inlineBody)
        drop(budget.put({BodyBudget::Owner::Kind::Exchange, record.id}, layout.size));
}

void CaptureStore::Private::take(const CallRecord &call, News &news)
{
    CallRecord kept = call;
    for (QByteArray *body : {&kept.body, &kept.requestBody}) {
        budget.countCut(std::max<qint64>(0, body->size() - limits.oneBodyBytes));
        body->truncate(limits.oneBodyBytes);
    }
    const qint64 bytes = kept.body.size() + kept.requestBody.size();
    jobs.emplace_back(kept);
    const auto known = callOf.constFind(call.id);
    if (known != callOf.constEnd()) {
        calls[static_cast<size_t>(*known)] = std::move(kept);
    } else {
        callOf.insert(call.id, static_cast<qsizetype>(calls.size()));
        calls.push_back(std::move(kept));
    }
    news.calls.push_back(call.id);
    if (bytes > SessionWriter::inlineBody)
        drop(budget.put({BodyBudget::Owner::Kind::Call, call.id}, bytes));
}

void CaptureStore::Private::drop(const std::vector<BodyBudget::Owner> &owners)
{
    for (const BodyBudget::Owner &owner : owners) {
        if (owner.kind == BodyBudget::Owner::Kind::Exchange) {
            recent.remove(owner.id);
            jobs.emplace_back(SessionWriter::DropBody {owner.id});
            continue;
        }
        CallRecord &call = calls[static_cast<size_t>(callOf.value(owner.id))];
        call.body.clear();
        call.requestBody.clear();
        jobs.emplace_back(call);
    }
}

void CaptureStore::Private::load(SessionReader::Contents contents)
{
    News ignored;
    rows.reserve(contents.summaries.size());
    for (const ExchangeSummary &summary : contents.summaries)
        putSummary(summary, ignored);
    calls = std::move(contents.calls);
    for (size_t i = 0; i < calls.size(); ++i)
        callOf.insert(calls[i].id, static_cast<qsizetype>(i));
    for (const auto &[exchange, bytes] : contents.bodies)
        budget.put({BodyBudget::Owner::Kind::Exchange, exchange}, bytes);
    closed = contents.ended;
}

Result<void> CaptureStore::Private::startWriter(SessionWriter::Start how)
{
    writer = std::make_unique<SessionWriter>(
        [box = failures.get()](const QString &message) { box->put(message); });
    return writer->start(file, how);
}

Result<ExchangeRecord> CaptureStore::Private::read(quint64 id)
{
    if (writer)
        writer->flush();
    if (!reader) {
        auto opened = std::make_unique<SessionReader>();
        if (auto done = opened->open(file); !done)
            return tl::unexpected(done.error());
        reader = std::move(opened);
    }
    return reader->exchange(id);
}

CaptureStore::CaptureStore(std::unique_ptr<Private> data) : d(std::move(data))
{
    d->failures = std::make_unique<Mailbox<QString>>([this](const std::vector<QString> &messages) {
        for (const QString &message : messages)
            emit failed(message);
    });
}

CaptureStore::~CaptureStore()
{
    if (d->created)
        close();
}

Result<std::unique_ptr<CaptureStore>> CaptureStore::create(const QString &folder,
                                                           CaptureLimits limits)
{
    if (!QDir().mkpath(folder))
        return failure(tr("The folder %1 for captures cannot be made. Choose another one.")
                           .arg(QDir::toNativeSeparators(folder)));
    const QString name
        = QStringLiteral("session-%1-%2")
              .arg(QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz")))
              .arg(QCoreApplication::applicationPid());
    const QDir place(folder);
    QString file = place.filePath(name + QStringLiteral(".rtcap"));
    for (int n = 2; QFileInfo::exists(file); ++n)
        file = place.filePath(name + QStringLiteral("-%1.rtcap").arg(n));
    return createFile(file, limits);
}

Result<std::unique_ptr<CaptureStore>> CaptureStore::createFile(const QString &file,
                                                               CaptureLimits limits)
{
    std::unique_ptr<CaptureStore> store(new CaptureStore(std::make_unique<Private>(limits)));
    Private &data = *store->d;
    data.file = file;
    data.lock = lockFor(file);
    if (!data.lock->tryLock(0)) {
        const bool taken = data.lock->error() == QLockFile::LockFailedError;
        return failure((taken ? tr("%1 is being written by another program. Choose another name.")
                              : tr("%1 cannot be written. Choose a folder you may write to."))
                           .arg(QDir::toNativeSeparators(file)));
    }
    if (auto started = data.startWriter(SessionWriter::Start::Create); !started)
        return tl::unexpected(started.error());
    data.created = true;
    return store;
}

Result<std::unique_ptr<CaptureStore>> CaptureStore::open(const QString &file)
{
    std::unique_ptr<CaptureStore> store(
        new CaptureStore(std::make_unique<Private>(CaptureLimits {})));
    Private &data = *store->d;
    data.file = file;
    auto reader = std::make_unique<SessionReader>();
    if (auto opened = reader->open(file); !opened)
        return tl::unexpected(opened.error());
    auto contents = reader->contents();
    if (!contents)
        return tl::unexpected(contents.error());
    data.reader = std::move(reader);
    data.load(std::move(*contents));
    return store;
}

QStringList CaptureStore::abandonedSessions(const QString &folder)
{
    QStringList found;
    const QDir place(folder);
    for (const QString &name : place.entryList({QStringLiteral("session-*.rtcap")}, QDir::Files,
                                               QDir::Name | QDir::Reversed)) {
        const QString file = place.filePath(name);
        if (!lockFor(file)->tryLock(0)) // its process lives
            continue;
        SessionReader reader;
        if (reader.open(file) && !reader.isEnded() && !reader.isEmpty())
            found.append(file);
    }
    return found;
}

QString CaptureStore::fileName() const
{
    return d->file;
}

void CaptureStore::append(const std::vector<CaptureItem> &items)
{
    const auto first = static_cast<qsizetype>(d->rows.size());
    const qint64 cutBefore = d->budget.dropped();
    Private::News news;
    for (const CaptureItem &item : items)
        std::visit([&](const auto &record) { d->take(record, news); }, item);
    if (d->writer)
        d->writer->put(std::exchange(d->jobs, {}));
    d->jobs.clear();

    const auto count = static_cast<qsizetype>(d->rows.size()) - first;
    if (count > 0)
        emit exchangesAdded(first, count);
    for (const quint64 id : news.updated) {
        if (d->rowOf.value(id) < first)
            emit exchangeUpdated(id);
    }
    for (const quint64 id : news.calls)
        emit callChanged(id);
    if (d->budget.dropped() > cutBefore)
        emit limitReached(d->budget.dropped());
}

void CaptureStore::flush()
{
    if (d->writer)
        d->writer->flush();
}

void CaptureStore::clear()
{
    d->rows.clear();
    d->rowOf.clear();
    d->exchangesOfCall.clear();
    d->calls.clear();
    d->callOf.clear();
    d->recent = {};
    d->budget = BodyBudget(d->limits.totalBodyBytes);
    if (d->reader)
        d->reader->forgetSettings();
    if (d->writer)
        d->writer->put({SessionWriter::Clear {}});
    emit cleared();
}

void CaptureStore::close()
{
    if (std::exchange(d->closed, true))
        return;
    if (!d->writer
        && !d->startWriter(SessionWriter::Start::Open)) // what cannot be written stays as it is
        return;
    d->writer->put({SessionWriter::MarkEnded {}});
    d->reader.reset();
    d->writer.reset();
    d->lock.reset();
}

const std::vector<ExchangeSummary> &CaptureStore::exchanges() const
{
    return d->rows;
}

const std::vector<CallRecord> &CaptureStore::calls() const
{
    return d->calls;
}

const CallRecord *CaptureStore::call(quint64 id) const
{
    const auto found = d->callOf.constFind(id);
    return found == d->callOf.constEnd() ? nullptr : &d->calls[static_cast<size_t>(*found)];
}

const ExchangeSummary *CaptureStore::summary(quint64 id) const
{
    const auto found = d->rowOf.constFind(id);
    return found == d->rowOf.constEnd() ? nullptr : &d->rows[static_cast<size_t>(*found)];
}

Result<ExchangeRecord> CaptureStore::exchange(quint64 id) const
{
    if (const ExchangeRecord *record = d->recent.find(id))
        return *record;
    if (!d->rowOf.contains(id))
        return failure(tr("Exchange %1 is not in this capture.").arg(id));
    return d->read(id);
}

std::vector<ExchangeRecord> CaptureStore::exchangesOf(quint64 call) const
{
    std::vector<ExchangeRecord> found;
    for (const quint64 id : d->exchangesOfCall.value(call)) {
        if (auto record = exchange(id))
            found.push_back(std::move(*record));
    }
    return found;
}

qint64 CaptureStore::bodyBytes() const
{
    return d->budget.total();
}

qint64 CaptureStore::bytesCut() const
{
    return d->budget.dropped();
}

} // namespace rt
