// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/timerqueue.h"

#include <algorithm>

namespace rt {

namespace {

constexpr qint64 nsPerMs = 1000000;
/// A delay beyond this (the machine slept) is not made up for.
constexpr qint64 mostLagNs = 20 * nsPerMs;

} // namespace

TimerQueue::TimerQueue(const Clock &clock) : m_clock(clock)
{
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { catchUp(); });
}

TimerQueue::Entries::iterator TimerQueue::add(qint64 delayMs, Timer *timer)
{
    const qint64 now = m_clock.monotonicNs();
    const qint64 from = m_running < 0 ? now : std::max(m_running, now - mostLagNs);
    // As Node: a timer takes a millisecond at least.
    const auto entry = m_entries.emplace(from + std::max<qint64>(delayMs, 1) * nsPerMs, timer);
    if (entry == m_entries.begin())
        arm();
    return entry;
}

void TimerQueue::remove(Entries::iterator entry)
{
    // A wake-up too many does no harm: no need to set the event loop's timer again.
    m_entries.erase(entry);
}

void TimerQueue::arm()
{
    if (m_entries.empty())
        return;
    const qint64 wait = m_entries.begin()->first - m_clock.monotonicNs();
    m_timer.start(static_cast<int>(std::max<qint64>(0, (wait + nsPerMs - 1) / nsPerMs)));
}

void TimerQueue::catchUp()
{
    const qint64 now = m_clock.monotonicNs();
    const bool due = !m_entries.empty() && m_entries.begin()->first <= now;
    if (m_running >= 0 || (!due && m_timer.isActive()))
        return;
    while (!m_entries.empty() && m_entries.begin()->first <= now) {
        m_running = m_entries.begin()->first;
        Timer *timer = m_entries.begin()->second;
        m_entries.erase(m_entries.begin());
        timer->m_active = false;
        // The callback may destroy its timer.
        const auto callback = timer->m_callback;
        callback();
    }
    m_running = -1;
    arm();
}

TimerQueue::Timer::Timer(TimerQueue &queue, std::function<void()> callback)
    : m_queue(queue), m_callback(std::move(callback))
{
}

void TimerQueue::Timer::start(qint64 milliseconds)
{
    stop();
    m_entry = m_queue.add(milliseconds, this);
    m_active = true;
}

void TimerQueue::Timer::stop()
{
    if (!m_active)
        return;
    m_active = false;
    m_queue.remove(m_entry);
}

} // namespace rt
