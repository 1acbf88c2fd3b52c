// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/evidence.h"

#include <algorithm>

namespace rt {

void Evidence::put(CheckStream stream, EvidenceItem item)
{
    auto &items = m_streams.at(static_cast<size_t>(stream));
    // What arrives again is nearly always among the latest.
    for (auto known = items.rbegin(); known != items.rend(); ++known) {
        if (known->id == item.id) {
            *known = std::move(item);
            return;
        }
    }
    const auto place = std::upper_bound(
        items.begin(), items.end(), item,
        [](const EvidenceItem &a, const EvidenceItem &b) { return a.key() < b.key(); });
    items.insert(place, std::move(item));
    if (items.size() > mostItems)
        items.erase(items.begin());
}

const EvidenceItem *Evidence::find(CheckStream stream, quint64 id) const
{
    const auto &known = items(stream);
    const auto found = std::find_if(known.begin(), known.end(),
                                    [id](const EvidenceItem &item) { return item.id == id; });
    return found != known.end() ? &*found : nullptr;
}

void Evidence::clear()
{
    *this = Evidence();
}

} // namespace rt
