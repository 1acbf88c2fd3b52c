// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtGlobal>

#include <deque>
#include <functional>

namespace rt {

/// Node's process.nextTick: what is put off until the code that is running now has returned to the
/// event loop. npm engine.io and socket.io rely on it: an event is handled after the POST that
/// brought it was answered.
class Ticks
{
public:
    /// Around everything the event loop calls; the outermost one runs what was put off.
    class Scope
    {
    public:
        explicit Scope(Ticks &ticks) : m_ticks(ticks) { ++m_ticks.m_depth; }
        ~Scope()
        {
            if (m_ticks.m_depth == 1)
                m_ticks.run();
            --m_ticks.m_depth;
        }
        Q_DISABLE_COPY_MOVE(Scope)

    private:
        Ticks &m_ticks;
    };

    Ticks() = default;
    Q_DISABLE_COPY_MOVE(Ticks)
    /// Only inside a Scope.
    void next(std::function<void()> task)
    {
        Q_ASSERT(m_depth > 0);
        m_tasks.push_back(std::move(task));
    }

private:
    void run()
    {
        while (!m_tasks.empty()) {
            const auto task = std::move(m_tasks.front());
            m_tasks.pop_front();
            task();
        }
    }

    std::deque<std::function<void()>> m_tasks;
    int m_depth = 0;
};

} // namespace rt
