// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/middleware.h"
#include "middleware/memorystore.h"

#include <QList>

#include <functional>
#include <list>
#include <memory>

namespace rt {

class LabClock;

/// What the demo routes remember between requests; outlives a change of configuration. Lives on the
/// lab thread.
class LabState
{
public:
    explicit LabState(LabClock &clock);
    ~LabState();
    Q_DISABLE_COPY_MOVE(LabState)

    /// Back to the beginning: data, counters, waiters (answered with a time-out).
    void reset();
    /// What a server keeps in its memory only is gone, as after a restart.
    void forgetMemory();
    LabClock &clock() { return m_clock; }

    /// The one demo user of /api/user.
    JsValue user;
    /// /api/users: id -> user, ids in order.
    JsValue users;
    int nextUserId = 2;
    JsValue items;
    int likes = 0;
    /// The feed of /lab/updates.
    JsValue updates;
    /// Ada's money at /transfer.
    int balance = 1000;
    /// Sessions of express-session; gone with a restart of the server.
    MemoryStore sessions;
    int sessionIds = 0;
    int csrfTokens = 0;
    int tokenIds = 0;
    int tokenVersion = 0;
    /// `jti` of tokens that were logged out, whatever it is: undefined for tokens without.
    QList<JsValue> revokedTokens;

    /// A long poll that waits for news. Called once: with true when it timed out.
    using Waiter = std::function<void(bool timedOut)>;
    using WaiterId = std::list<Waiter>::iterator;
    WaiterId addWaiter(Waiter waiter);
    void removeWaiter(WaiterId waiter);
    int waiting() const { return static_cast<int>(m_waiters.size()); }
    void wakeWaiters(bool timedOut);

private:
    LabClock &m_clock;
    std::list<Waiter> m_waiters;
};

/// The stage that moves the lab clock to the milliseconds a request header names (config
/// `clock.header`); mounted before all others.
class ClockHeader final : public Middleware
{
public:
    ClockHeader(QByteArray headerName, LabClock &clock);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    QByteArray m_headerName;
    LabClock &m_clock;
};

} // namespace rt
