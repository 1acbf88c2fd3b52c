// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/history.h"

#include <algorithm>

namespace rt {

int RequestHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant RequestHistory::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Entry &entry = m_entries[m_entries.size() - 1 - static_cast<size_t>(index.row())];
    const QString method = QString::fromUtf8(entry.request.method);
    const QString url = QString::fromUtf8(entry.request.url);
    switch (role) {
    case MethodRole:
        return method;
    case UrlRole:
    case Qt::ToolTipRole:
        return url;
    case PageRole:
        return QString::fromUtf8(entry.request.page);
    case OutcomeRole:
        return outcome(entry);
    case ToneRole:
        return tone(entry);
    case CallRole:
        return entry.call;
    case Qt::DisplayRole:
        return QStringLiteral("%1 %2").arg(method, url);
    case Qt::AccessibleTextRole:
        return tr("%1 %2, %3").arg(method, url, outcome(entry));
    default:
        return {};
    }
}

QString RequestHistory::outcome(const Entry &entry) const
{
    const QString reason = QString::fromUtf8(entry.reason.mid(entry.reason.indexOf('.') + 1));
    switch (entry.outcome) {
    case CallRecord::Outcome::Pending:
        return tr("on its way");
    case CallRecord::Outcome::Ok:
        return entry.status > 0 ? QString::number(entry.status) : tr("opaque");
    case CallRecord::Outcome::Blocked:
        return tr("blocked · %1").arg(reason);
    case CallRecord::Outcome::Failed:
        return tr("failed · %1").arg(reason);
    case CallRecord::Outcome::Aborted:
        return tr("cancelled");
    }
    return {};
}

int RequestHistory::tone(const Entry &entry)
{
    if (entry.outcome == CallRecord::Outcome::Pending)
        return 0;
    if (entry.outcome != CallRecord::Outcome::Ok || entry.status >= 500)
        return 3;
    return entry.status >= 300 ? 2 : 1;
}

void RequestHistory::add(quint64 call, const FetchRequest &request)
{
    if (m_entries.size() == capacity) {
        beginRemoveRows({}, capacity - 1, capacity - 1);
        m_entries.erase(m_entries.begin());
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_entries.push_back({call, request, CallRecord::Outcome::Pending, 0, {}});
    endInsertRows();
}

const FetchRequest &RequestHistory::request(int row) const
{
    return m_entries.at(m_entries.size() - 1 - static_cast<size_t>(row)).request;
}

std::optional<FetchRequest> RequestHistory::requestOfCall(quint64 call) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
                                    [call](const Entry &entry) { return entry.call == call; });
    return found == m_entries.end() ? std::nullopt : std::optional(found->request);
}

void RequestHistory::update(const std::vector<CaptureItem> &items)
{
    for (const CaptureItem &item : items) {
        const auto *call = std::get_if<CallRecord>(&item);
        if (!call)
            continue;
        const auto found
            = std::find_if(m_entries.begin(), m_entries.end(),
                           [call](const Entry &entry) { return entry.call == call->id; });
        if (found == m_entries.end())
            continue;
        found->outcome = call->outcome;
        found->status = call->status;
        found->reason = call->reason;
        const QModelIndex row = index(static_cast<int>(m_entries.end() - found) - 1);
        emit dataChanged(row, row);
    }
}

void RequestHistory::clear()
{
    beginResetModel();
    m_entries.clear();
    endResetModel();
}

} // namespace rt
