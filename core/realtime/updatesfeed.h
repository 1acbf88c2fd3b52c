// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"
#include "base/jsvalue.h"
#include "base/timerqueue.h"
#include "server/serverresponse.h"

#include <deque>
#include <list>
#include <memory>

namespace rt {

/// A feed that is read by polling: short (at once) and long (held until there is news). Every
/// update has a number; who asks with the last number seen misses nothing.
class UpdatesFeed
{
public:
    struct Limits
    {
        /// Updates kept.
        size_t retained = 100;
        size_t waiters = 1000;
        /// Bytes of a publication.
        qsizetype body = 102400;
    };

    UpdatesFeed(const Clock &clock, TimerQueue &timers, const Limits &limits);
    ~UpdatesFeed();
    Q_DISABLE_COPY_MOVE(UpdatesFeed)

    /// /api/updates, /api/updates/long and /api/updates/stats; false: another path.
    bool handle(ServerResponse &response);
    JsValue publish(const QString &event, const JsValue &data);
    size_t waiting() const { return m_waiters.size(); }
    /// Everybody who waits is told that the server stops.
    void shutDown();

private:
    class Waiter;
    using Waiters = std::list<std::shared_ptr<Waiter>>;

    void answerShort(ServerResponse &response) const;
    void answerStats(ServerResponse &response) const;
    void answerLong(ServerResponse &response);
    void answerPublication(ServerResponse &response);
    void finishPublication(ServerResponse &response, const QByteArray &body);
    /// `timedOut`: nothing leaves it out.
    JsValue snapshot(double since, std::optional<bool> timedOut = {}) const;
    bool hasNews(double since) const;
    static bool answerOptions(ServerResponse &response);

    const Clock &m_clock;
    TimerQueue &m_timers;
    const Limits m_limits;
    std::deque<JsValue> m_updates;
    qint64 m_latest = 0;
    Waiters m_waiters;
};

} // namespace rt
