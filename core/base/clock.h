// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <optional>

namespace rt {

/// The lab's time. Every date comparison (cookies, preflight cache, tokens, HSTS) asks this and
/// never the system, so that a lesson can skip ten minutes and a test can stand still.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Milliseconds since 1970-01-01T00:00:00Z, as Date.now().
    virtual qint64 now() const = 0;
    /// Nanoseconds of a clock that never jumps; for durations only, not moved by skipping time.
    virtual qint64 monotonicNs() const = 0;
};

/// The system's time plus what has been skipped; may be frozen at one moment.
class LabClock final : public Clock
{
public:
    qint64 now() const override;
    qint64 monotonicNs() const override;
    /// How far the learner has moved this clock, in milliseconds.
    qint64 skipped() const { return m_skipped; }
    /// `milliseconds` >= 0; a frozen clock moves too.
    void advance(qint64 milliseconds);
    /// Stands still at `milliseconds` since the epoch until called with nullopt.
    void freeze(std::optional<qint64> milliseconds) { m_frozen = milliseconds; }
    void reset();

private:
    qint64 m_skipped = 0;
    std::optional<qint64> m_frozen;
};

} // namespace rt
