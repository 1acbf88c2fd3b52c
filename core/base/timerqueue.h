// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"

#include <QTimer>

#include <functional>
#include <map>

namespace rt {

/// Many timers of one thread under a single one of the event loop: starting and stopping costs a
/// tree operation, and ten thousand waiting clients need no ten thousand QTimers. Precise to the
/// millisecond, as Node's. A timer started by another one counts from when that was due, so that
/// small delays do not add up.
class TimerQueue
{
public:
    explicit TimerQueue(const Clock &clock);
    Q_DISABLE_COPY_MOVE(TimerQueue)

    class Timer;

    /// Runs what is due. For whoever is called by a socket: the event loop looks at sockets first,
    /// and a request must not find what ran out before it came.
    void catchUp();

private:
    using Entries = std::multimap<qint64, Timer *>;
    Entries::iterator add(qint64 delayMs, Timer *timer);
    void remove(Entries::iterator entry);
    void arm();

    const Clock &m_clock;
    Entries m_entries;
    QTimer m_timer;
    /// When the timer that runs now was due; -1 when none runs.
    qint64 m_running = -1;
};

/// One timer; its callback runs once per start(). Must not outlive its queue.
class TimerQueue::Timer
{
public:
    Timer(TimerQueue &queue, std::function<void()> callback);
    ~Timer() { stop(); }
    Q_DISABLE_COPY_MOVE(Timer)

    /// Begins anew when it runs already. Less than a millisecond counts as one.
    void start(qint64 milliseconds);
    void stop();
    bool isActive() const { return m_active; }

private:
    friend class TimerQueue;
    TimerQueue &m_queue;
    std::function<void()> m_callback;
    Entries::iterator m_entry;
    bool m_active = false;
};

} // namespace rt
