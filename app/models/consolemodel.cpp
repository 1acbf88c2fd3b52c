// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "models/consolemodel.h"

#include "models/cookiewords.h"
#include "models/trafficformat.h"

#include <algorithm>

namespace rt {

std::vector<ConsoleEntry> ConsoleModel::entriesOf(const CallRecord &call)
{
    std::vector<ConsoleEntry> entries;
    for (const QString &line : call.console)
        entries.push_back({ConsoleEntry::Kind::Error, call.id, line, call.reason});
    const auto issue = [&entries, &call](const QString &text, const QByteArray &name,
                                         const QByteArray &reason) {
        entries.push_back({ConsoleEntry::Kind::Issue, call.id,
                           text.arg(QString::fromUtf8(name), cookieWordSentence(reason)), reason});
    };
    for (const auto &[name, reason] : call.withheld)
        issue(tr("The cookie %1 was not sent. %2"), name, reason);
    for (const auto &[name, reason] : call.rejected)
        issue(tr("The cookie %1 was not kept. %2"), name, reason);
    return entries;
}

void ConsoleModel::setStore(CaptureStore *store)
{
    if (m_store)
        m_store->disconnect(this);
    m_store = store;
    if (store) {
        connect(store, &CaptureStore::callChanged, this, &ConsoleModel::update);
        connect(store, &CaptureStore::cleared, this, &ConsoleModel::reload);
    }
    reload();
}

void ConsoleModel::reload()
{
    beginResetModel();
    m_entries.clear();
    if (m_store) {
        for (const CallRecord &call : m_store->calls()) {
            const auto entries = entriesOf(call);
            m_entries.insert(m_entries.end(), entries.begin(), entries.end());
        }
    }
    endResetModel();
}

void ConsoleModel::update(quint64 id)
{
    const CallRecord *call = m_store ? m_store->call(id) : nullptr;
    if (!call)
        return;
    const auto byCall
        = [](const ConsoleEntry &a, const ConsoleEntry &b) { return a.call < b.call; };
    const auto [first, last] = std::equal_range(m_entries.begin(), m_entries.end(),
                                                ConsoleEntry {{}, id, {}, {}}, byCall);
    const std::vector<ConsoleEntry> entries = entriesOf(*call);
    if (std::equal(first, last, entries.begin(), entries.end()))
        return;
    const int row = static_cast<int>(first - m_entries.begin());
    if (first != last) {
        beginRemoveRows({}, row, row + static_cast<int>(last - first) - 1);
        m_entries.erase(first, last);
        endRemoveRows();
    }
    if (entries.empty())
        return;
    beginInsertRows({}, row, row + static_cast<int>(entries.size()) - 1);
    m_entries.insert(m_entries.begin() + row, entries.begin(), entries.end());
    endInsertRows();
}

int ConsoleModel::rowOfCall(quint64 call) const
{
    const auto found
        = std::find_if(m_entries.begin(), m_entries.end(),
                       [call](const ConsoleEntry &entry) { return entry.call == call; });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

int ConsoleModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QString ConsoleModel::source(quint64 id) const
{
    const CallRecord *call = m_store ? m_store->call(id) : nullptr;
    return call ? tr("%1 %2, %3")
                      .arg(QString::fromUtf8(call->method), QString::fromUtf8(call->path),
                           pageText(call->page))
                : QString();
}

QVariant ConsoleModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ConsoleEntry &line = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return line.text;
    case KindRole:
        return static_cast<int>(line.kind);
    case CallRole:
        return line.call;
    case ReasonRole:
        return line.reason;
    case SourceRole:
        return source(line.call);
    case Qt::AccessibleTextRole:
        return line.kind == ConsoleEntry::Kind::Error ? tr("Error: %1").arg(line.text)
                                                      : tr("Issue: %1").arg(line.text);
    default:
        return {};
    }
}

} // namespace rt
