// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/sessiontime.h"

#include <algorithm>
#include <cmath>

namespace rt {

SessionTime::SessionTime(const Clock &clock)
    : m_clock(clock), m_startMs(clock.now()), m_startNs(clock.monotonicNs())
{
}

double SessionTime::elapsed()
{
    const double ran = static_cast<double>(m_clock.monotonicNs() - m_startNs) / 1e6;
    const double ahead = static_cast<double>(m_clock.now() - m_startMs) - ran;
    // Two milliseconds: what truncation to whole milliseconds can make of two readings.
    if (std::abs(ahead - m_skipped) > 2)
        m_skipped = ahead;
    m_last = std::max(m_last, ran + m_skipped);
    return m_last;
}

} // namespace rt
