// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/capturestore.h"

#include <QDir>
#include <QHash>

namespace rt {

class CaptureStore::Private
{
public:
    QString file;
    std::vector<ExchangeSummary> rows;
    QHash<quint64, qsizetype> rowOf;
    std::vector<CallRecord> calls;
    QHash<quint64, qsizetype> callOf;
    QHash<quint64, ExchangeRecord> recent;
    qint64 bodyBytes = 0;
    qint64 bytesCut = 0;
};

CaptureStore::CaptureStore(std::unique_ptr<Private> data)
    : d(std::move(data))
{
}

CaptureStore::~CaptureStore() = default;

Result<std::unique_ptr<CaptureStore>> CaptureStore::create(const QString &folder, CaptureLimits)
{
    auto data = std::make_unique<Private>();
    data->file = QDir(folder).filePath(QStringLiteral("session"));
    return std::unique_ptr<CaptureStore>(new CaptureStore(std::move(data)));
}

Result<std::unique_ptr<CaptureStore>> CaptureStore::open(const QString &file)
{
    return failure(tr("%1 cannot be opened.").arg(file));
}

QStringList CaptureStore::abandonedSessions(const QString &)
{
    return {};
}

QString CaptureStore::fileName() const
{
    return d->file;
}

static ExchangeSummary summarize(const ExchangeRecord &record)
{
    ExchangeSummary row;
    row.id = record.id;
    row.call = record.call;
    row.linked = record.linked;
    row.kind = record.kind;
    row.external = record.external;
    row.status = record.response().status;
    row.t = record.t;
    row.durationMs = static_cast<float>(record.durationMs());
    row.wireBytes = record.end().responseBytes.size();
    row.method = record.request().method;
    row.path = record.path();
    row.targetOrigin = record.targetOrigin;
    row.endedBy = record.server.endedBy;
    return row;
}

void CaptureStore::append(const std::vector<CaptureItem> &items)
{
    const auto first = static_cast<qsizetype>(d->rows.size());
    for (const CaptureItem &item : items) {
        if (const auto *record = std::get_if<ExchangeRecord>(&item)) {
            d->recent.insert(record->id, *record);
            const auto known = d->rowOf.constFind(record->id);
            if (known != d->rowOf.constEnd()) {
                d->rows[static_cast<size_t>(*known)] = summarize(*record);
                if (*known < first)
                    emit exchangeUpdated(record->id);
                continue;
            }
            d->rowOf.insert(record->id, static_cast<qsizetype>(d->rows.size()));
            d->rows.push_back(summarize(*record));
        } else if (const auto *call = std::get_if<CallRecord>(&item)) {
            const auto known = d->callOf.constFind(call->id);
            if (known != d->callOf.constEnd()) {
                d->calls[static_cast<size_t>(*known)] = *call;
            } else {
                d->callOf.insert(call->id, static_cast<qsizetype>(d->calls.size()));
                d->calls.push_back(*call);
            }
            emit callChanged(call->id);
        }
    }
    const auto count = static_cast<qsizetype>(d->rows.size()) - first;
    if (count > 0)
        emit exchangesAdded(first, count);
}

void CaptureStore::flush() { }

void CaptureStore::clear()
{
    d->rows.clear();
    d->rowOf.clear();
    d->calls.clear();
    d->callOf.clear();
    d->recent.clear();
    emit cleared();
}

void CaptureStore::close() { }

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
    const auto found = d->recent.constFind(id);
    if (found == d->recent.constEnd())
        return failure(tr("Exchange %1 is not in this capture.").arg(id));
    return *found;
}

std::vector<ExchangeRecord> CaptureStore::exchangesOf(quint64 call) const
{
    std::vector<ExchangeRecord> found;
    for (const ExchangeSummary &row : d->rows) {
        if (row.call == call)
            found.push_back(*d->recent.constFind(row.id));
    }
    return found;
}

qint64 CaptureStore::bodyBytes() const
{
    return d->bodyBytes;
}

qint64 CaptureStore::bytesCut() const
{
    return d->bytesCut;
}

} // namespace rt
