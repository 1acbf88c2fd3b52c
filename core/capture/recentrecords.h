// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"

#include <QHash>

#include <deque>
#include <memory>

namespace rt {

/// The last records of a capture, whole, bounded in number and in bytes.
class RecentRecords
{
public:
    static constexpr size_t mostRecords = 4096;
    static constexpr qint64 mostBytes = 64LL * 1024 * 1024;

    void put(std::shared_ptr<const ExchangeRecord> record, qint64 bytes)
    {
        const quint64 id = record->id;
        const auto known = m_records.find(id);
        m_bytes += bytes;
        if (known != m_records.end()) {
            m_bytes -= known->bytes;
            *known = {std::move(record), bytes};
        } else {
            m_records.insert(id, {std::move(record), bytes});
            m_order.push_back(id);
        }
        while (m_order.size() > mostRecords || (m_bytes > mostBytes && m_order.size() > 1)) {
            remove(m_order.front());
            m_order.pop_front();
        }
    }
    void remove(quint64 id)
    {
        const auto found = m_records.constFind(id);
        if (found == m_records.constEnd())
            return;
        m_bytes -= found->bytes;
        m_records.erase(found);
    }
    const ExchangeRecord *find(quint64 id) const
    {
        const auto found = m_records.constFind(id);
        return found == m_records.constEnd() ? nullptr : found->record.get();
    }

private:
    struct Entry
    {
        std::shared_ptr<const ExchangeRecord> record;
        qint64 bytes = 0;
    };
    QHash<quint64, Entry> m_records;
    std::deque<quint64> m_order;
    qint64 m_bytes = 0;
};

} // namespace rt
