// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/hoplinks.h"

#include <algorithm>

namespace rt {

namespace {

// Whole records wait here, so few; heads of first hops are small, yet ports come back into use.
constexpr size_t mostWaiting = 256;
constexpr size_t mostFirsts = 256;

} // namespace

void HopLinks::adopt(ExchangeRecord &second, const First &first)
{
    second.call = first.call;
    second.kind = first.kind;
    second.external = first.external;
}

bool HopLinks::second(ExchangeRecord &record)
{
    const auto known = std::find_if(m_firsts.rbegin(), m_firsts.rend(), [&](const First &first) {
        return first.key == *record.client.forwarded;
    });
    if (known != m_firsts.rend()) {
        adopt(record, *known);
        return true;
    }
    if (m_waiting.size() >= mostWaiting)
        return true;
    m_waiting.push_back(std::move(record));
    return false;
}

std::vector<ExchangeRecord> HopLinks::first(ExchangeRecord &record)
{
    const First first {record.hasServer ? record.server.key : record.client.key, record.call,
                       record.kind, record.external};
    std::vector<ExchangeRecord> seconds;
    for (auto waiting = m_waiting.begin(); waiting != m_waiting.end();) {
        if (waiting->client.forwarded != first.key) {
            ++waiting;
            continue;
        }
        adopt(*waiting, first);
        record.server.executed = record.server.executed || waiting->server.executed;
        seconds.push_back(std::move(*waiting));
        waiting = m_waiting.erase(waiting);
    }
    if (seconds.empty()) { // its second hop is still under way
        m_firsts.push_back(first);
        if (m_firsts.size() > mostFirsts)
            m_firsts.pop_front();
    }
    return seconds;
}

} // namespace rt
