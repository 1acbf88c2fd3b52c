// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/clock.h"

#include <QDateTime>

#include <chrono>

namespace rt {

qint64 LabClock::now() const
{
    return m_frozen ? *m_frozen : QDateTime::currentMSecsSinceEpoch() + m_skipped;
}

qint64 LabClock::monotonicNs() const
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

void LabClock::advance(qint64 milliseconds)
{
    Q_ASSERT(milliseconds >= 0);
    m_skipped += milliseconds;
    if (m_frozen)
        *m_frozen += milliseconds;
}

void LabClock::reset()
{
    m_skipped = 0;
    m_frozen.reset();
}

} // namespace rt
