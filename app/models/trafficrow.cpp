// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/trafficmodel.h"

#include "capture/annotation.h"
#include "lab/command.h"
#include "models/trafficformat.h"

// What a row of TrafficModel says; how the rows come about is in trafficmodel.cpp.
namespace rt {

namespace {

RowState stateOfStatus(int status)
{
    if (status == 0)
        return RowState::Pending;
    if (status < 200)
        return RowState::Informational;
    if (status < 300)
        return RowState::Success;
    if (status < 400)
        return RowState::Redirect;
    return status < 500 ? RowState::ClientError : RowState::ServerError;
}

/// "cors.OriginMismatch" -> "OriginMismatch".
QString shortReason(const QByteArray &reason)
{
    return QString::fromLatin1(reason.sliced(reason.indexOf('.') + 1));
}

} // namespace

const ExchangeSummary *TrafficModel::exchangeOf(const Row &row) const
{
    const Top &top = m_tops[row.top];
    const quint32 index = row.hop == none ? top.main : hopsOf(top)[row.hop];
    return index == none ? nullptr : summaryAt(index);
}

const CallRecord *TrafficModel::callOf(const Row &row) const
{
    const quint64 call = m_tops[row.top].call;
    return call ? m_store->call(call) : nullptr;
}

RowState TrafficModel::stateOf(const Row &row) const
{
    const CallRecord *call = row.hop == none ? callOf(row) : nullptr;
    const ExchangeSummary *exchange = exchangeOf(row);
    const RowState byStatus = stateOfStatus(exchange ? exchange->status : 0);
    if (!call)
        return byStatus;
    switch (call->outcome) {
    case CallRecord::Outcome::Pending:
        return RowState::Pending;
    case CallRecord::Outcome::Blocked:
        return RowState::Blocked;
    case CallRecord::Outcome::Failed:
        return RowState::Failed;
    case CallRecord::Outcome::Aborted:
        return RowState::Aborted;
    case CallRecord::Outcome::Ok:
        return byStatus == RowState::Pending ? stateOfStatus(call->status) : byStatus;
    }
    return byStatus;
}

QString TrafficModel::statusText(const Row &row) const
{
    const CallRecord *call = row.hop == none ? callOf(row) : nullptr;
    const ExchangeSummary *exchange = exchangeOf(row);
    switch (stateOf(row)) {
    case RowState::Blocked:
        return tr("\u2715 blocked \u00b7 %1").arg(shortReason(call->reason));
    case RowState::Failed:
        return tr("\u2715 failed \u00b7 %1").arg(shortReason(call->reason));
    case RowState::Aborted:
        return tr("\u2715 cancelled");
    case RowState::Pending:
        return tr("\u2026 waiting");
    case RowState::Informational:
    case RowState::Success:
    case RowState::Redirect:
    case RowState::ClientError:
    case RowState::ServerError:
        break;
    }
    const int status = exchange && exchange->status ? exchange->status : call ? call->status : 0;
    const QString code = QString::number(status);
    const QString phrase = row.hop == none ? statusPhrase(status) : QString();
    return phrase.isEmpty() ? code : code + u' ' + phrase;
}

QString TrafficModel::noteText(const Row &row) const
{
    const CallRecord *call = row.hop == none ? callOf(row) : nullptr;
    if (!call)
        return {};
    if (call->preflight == CallRecord::Preflight::Cached)
        return call->cacheSecondsLeft >= 0
            ? tr("no preflight: cached %1 s left").arg(qRound64(call->cacheSecondsLeft))
            : tr("no preflight: cached");
    if (call->outcome == CallRecord::Outcome::Blocked && call->executed)
        return tr("the server did it all the same");
    if (call->redirected)
        return tr("redirected");
    return {};
}

QString TrafficModel::shortNote(const Row &row) const
{
    const CallRecord *call = row.hop == none ? callOf(row) : nullptr;
    if (!call)
        return {};
    if (call->preflight == CallRecord::Preflight::Cached)
        return tr("cached %1 s").arg(std::max<qint64>(0, qRound64(call->cacheSecondsLeft)));
    if (call->outcome == CallRecord::Outcome::Blocked && call->executed)
        return tr("done anyway");
    return noteText(row);
}

QVariant TrafficModel::display(const Row &row, int column) const
{
    const ExchangeSummary *exchange = exchangeOf(row);
    const CallRecord *call = callOf(row);
    const bool top = row.hop == none;
    switch (column) {
    case Number:
        return exchange ? QString::number(exchange->id) : QStringLiteral("\u2013");
    case Method:
        return QString::fromLatin1(top && call    ? call->method
                                       : exchange ? exchange->method
                                                  : QByteArray());
    case Path:
        if (!top && exchange->via == ExchangeRecord::Via::Upstream)
            return tr("passed on to %1").arg(QString::fromLatin1(exchange->targetOrigin));
        if (!top && exchange->kind == ExchangeRecord::Kind::Preflight) {
            const quint32 main = m_tops[row.top].main;
            return main == none ? tr("preflight") : tr("preflight for %1").arg(summaryAt(main)->id);
        }
        return QString::fromUtf8(exchange ? exchange->path : call ? call->path : QByteArray());
    case Status:
        return statusText(row);
    case From:
        if (exchange && exchange->via == ExchangeRecord::Via::Upstream)
            return tr("proxy");
        if (!top)
            return tr("browser");
        return call ? pageText(call->page) : tr("external \u2197");
    case Wire:
        return exchange ? bytesText(exchange->wireBytes) : QStringLiteral("\u2013");
    case Time:
        if (stateOf(row) == RowState::Pending)
            return QString();
        return durationText(top && call    ? call->durationMs
                                : exchange ? static_cast<double>(exchange->durationMs)
                                           : 0.0);
    default:
        return {};
    }
}

QVariant TrafficModel::roleData(const Row &row, int role) const
{
    const ExchangeSummary *exchange = exchangeOf(row);
    const CallRecord *call = callOf(row);
    const Top &top = m_tops[row.top];
    const bool isTop = row.hop == none;
    switch (role) {
    case StateRole:
        return QVariant::fromValue(stateOf(row));
    case NoteRole:
        return noteText(row);
    case ShortNoteRole:
        return shortNote(row);
    case NoteToneRole:
        return static_cast<int>(call && call->outcome == CallRecord::Outcome::Blocked
                                    ? Annotation::Tone::Caution
                                    : Annotation::Tone::Neutral);
    case OriginRole:
        return exchange && exchange->targetOrigin != virtualOrigin("api")
            ? QString::fromLatin1(exchange->targetOrigin)
            : QString();
    case FoldRole:
        return QVariant::fromValue(!isTop || top.hops == none ? Fold::None
                                       : top.folded           ? Fold::Closed
                                                              : Fold::Open);
    case ChildRole:
        return !isTop;
    case StartRole:
        return isTop && call ? call->t : exchange ? exchange->t : 0.0;
    case DurationRole:
        return isTop && call ? call->durationMs
            : exchange       ? static_cast<double>(exchange->durationMs)
                             : 0.0;
    case ExchangeRole:
        // A call that never got past its preflight points at that.
        if (!exchange && top.hops != none)
            return summaryAt(hopsOf(top).back())->id;
        return exchange ? exchange->id : quint64(0);
    case CallRole:
        return top.call;
    default:
        return {};
    }
}

QVariant TrafficModel::data(const QModelIndex &index, int role) const
{
    if (!m_store || !index.isValid() || index.row() >= rowCount())
        return {};
    const Row &row = m_rows[static_cast<size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return display(row, index.column());
    case Qt::AccessibleTextRole:
        return sentence(index.row());
    case Qt::ToolTipRole: {
        const CallRecord *call = callOf(row);
        return index.column() == Path && call ? QString::fromUtf8(call->url) : QString();
    }
    case Qt::TextAlignmentRole:
        if (index.column() == Wire || index.column() == Time)
            return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default:
        return role > Qt::UserRole ? roleData(row, role) : QVariant();
    }
}

QString TrafficModel::sentence(int rowNumber) const
{
    const Row &row = m_rows[static_cast<size_t>(rowNumber)];
    const QString what = display(row, Method).toString() + u' ' + display(row, Path).toString();
    const QString note = noteText(row);
    QString text = tr("%1 from %2: %3, %4 in %5")
                       .arg(what, display(row, From).toString(), statusText(row),
                            display(row, Wire).toString(), display(row, Time).toString());
    if (!note.isEmpty())
        text += QStringLiteral("; ") + note;
    if (row.hop == none && m_tops[row.top].hops != none)
        text += m_tops[row.top].folded ? tr("; details folded") : tr("; details below");
    return text + u'.';
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            (section == Wire || section == Time ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Number:
        return QStringLiteral("#");
    case Method:
        return tr("Method");
    case Path:
        return tr("Path");
    case Status:
        return tr("Status");
    case From:
        return tr("From");
    case Wire:
        return tr("On the wire");
    case Time:
        return tr("Time");
    case Waterfall:
        return tr("Waterfall");
    default:
        return {};
    }
}

} // namespace rt
