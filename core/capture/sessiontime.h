// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"

namespace rt {

/// Lab time since a session began, in milliseconds with the resolution of the monotonic clock:
/// Clock::now() counts whole milliseconds, which would give events of one exchange the same time.
class SessionTime
{
public:
    explicit SessionTime(const Clock &clock);

    /// Never goes back; skipped time is included as soon as the clock shows it.
    double elapsed();
    qint64 now() const { return m_clock.now(); }
    qint64 monotonicNs() const { return m_clock.monotonicNs(); }

private:
    const Clock &m_clock;
    qint64 m_startMs = 0;
    qint64 m_startNs = 0;
    /// How far now() is ahead of the monotonic clock since the start.
    double m_skipped = 0;
    double m_last = 0;
};

} // namespace rt
