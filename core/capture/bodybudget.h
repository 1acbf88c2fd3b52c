// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QHash>

#include <deque>
#include <vector>

namespace rt {

/// Keeps the sum of all bodies of a capture below a limit by naming the oldest to drop.
class BodyBudget
{
public:
    struct Owner
    {
        enum class Kind { Exchange, Call };
        Kind kind = Kind::Exchange;
        quint64 id = 0;
        friend bool operator==(const Owner &, const Owner &) = default;
        friend size_t qHash(const Owner &owner, size_t seed = 0) noexcept
        {
            return qHashMulti(seed, static_cast<int>(owner.kind), owner.id);
        }
    };

    explicit BodyBudget(qint64 limit) : m_limit(limit) { }

    qint64 total() const { return m_total; }
    /// Bytes of what has been dropped so far.
    qint64 dropped() const { return m_dropped; }
    /// Bytes that never came in because one body was too long.
    void countCut(qint64 bytes) { m_dropped += bytes; }

    /// Sets what `owner` holds; returns those whose bodies have to go.
    std::vector<Owner> put(const Owner &owner, qint64 bytes)
    {
        const auto known = m_sizes.constFind(owner);
        m_total += bytes - (known == m_sizes.constEnd() ? 0 : *known);
        if (known == m_sizes.constEnd())
            m_order.push_back(owner);
        m_sizes.insert(owner, bytes);
        std::vector<Owner> gone;
        while (m_total > m_limit && !m_order.empty()) {
            const qint64 size = m_sizes.take(m_order.front());
            m_total -= size;
            m_dropped += size;
            gone.push_back(m_order.front());
            m_order.pop_front();
        }
        return gone;
    }

private:
    qint64 m_limit = 0;
    qint64 m_total = 0;
    qint64 m_dropped = 0;
    QHash<Owner, qint64> m_sizes;
    std::deque<Owner> m_order;
};

} // namespace rt
