// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "delegates/waterfallscale.h"

#include <algorithm>

namespace rt {

void WaterfallScale::rebuild(std::vector<std::pair<double, double>> spans)
{
    m_knots.clear();
    if (spans.empty())
        return;
    std::sort(spans.begin(), spans.end());
    double busy = 0;
    double end = spans.front().first;
    for (const auto &[start, stop] : spans) {
        busy += std::max(0.0, stop - std::max(start, end));
        end = std::max(end, stop);
    }
    const double longestGap = std::max(1.0, busy / static_cast<double>(spans.size()));
    double at = 0;
    end = spans.front().first;
    m_knots.push_back({end, 0});
    for (const auto &[start, stop] : spans) {
        if (start > end) {
            at += std::min(start - end, longestGap);
            m_knots.push_back({start, at});
            end = start;
        }
        if (stop > end) {
            at += stop - end;
            m_knots.push_back({stop, at});
            end = stop;
        }
    }
    if (at <= 0)
        return;
    for (Knot &knot : m_knots)
        knot.at /= at;
}

double WaterfallScale::position(double time) const
{
    if (m_knots.empty())
        return 0;
    const auto after = std::lower_bound(m_knots.begin(), m_knots.end(), time,
                                        [](const Knot &knot, double t) { return knot.time < t; });
    if (after == m_knots.begin())
        return m_knots.front().at;
    if (after == m_knots.end())
        return m_knots.back().at;
    const Knot &left = *(after - 1);
    const double share = (time - left.time) / (after->time - left.time);
    return left.at + share * (after->at - left.at);
}

} // namespace rt
