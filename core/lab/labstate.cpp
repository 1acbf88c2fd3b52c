// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labstate.h"

#include "base/clock.h"
#include "base/jsnumber.h"
#include "express/exchange.h"

#include <cmath>
#include <utility>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

JsValue record(std::initializer_list<std::pair<QString, JsValue>> members)
{
    JsValue value = JsValue::object();
    for (const auto &[name, member] : members)
        value.insert(name, member);
    return value;
}

JsValue item(int id, const QString &name, double price)
{
    return record(
        {{u"id"_s, JsValue(id)}, {u"name"_s, JsValue(name)}, {u"price"_s, JsValue(price)}});
}

JsValue update(int id, const QString &text)
{
    return record({{u"id"_s, JsValue(id)}, {u"text"_s, JsValue(text)}});
}

} // namespace

LabState::LabState(LabClock &clock) : m_clock(clock)
{
    reset();
}

LabState::~LabState() = default;

void LabState::reset()
{
    user = record({{u"id"_s, JsValue(1)},
                   {u"name"_s, JsValue(u"Ada"_s)},
                   {u"email"_s, JsValue(u"ada@example.com"_s)},
                   {u"role"_s, JsValue(u"user"_s)}});
    users = record({{u"1"_s,
                     record({{u"id"_s, JsValue(1)},
                             {u"name"_s, JsValue(u"Ada"_s)},
                             {u"email"_s, JsValue(u"test@example.com"_s)}})}});
    nextUserId = 2;
    items = JsValue::array({item(1, u"Kettle"_s, 24.5), item(2, u"Teapot"_s, 31),
                            item(3, u"Mug"_s, 8.9), item(4, u"Tray"_s, 15),
                            item(5, u"Spoon"_s, 3.5)});
    likes = 0;
    updates = JsValue::array({update(1, u"first"_s), update(2, u"second"_s)});
    balance = 1000;
    sessions.clear();
    sessionIds = 0;
    csrfTokens = 0;
    tokenIds = 0;
    tokenVersion = 0;
    revokedTokens.clear();
    wakeWaiters(true);
}

void LabState::forgetMemory()
{
    sessions.clear();
    revokedTokens.clear();
}

LabState::WaiterId LabState::addWaiter(Waiter waiter)
{
    return m_waiters.insert(m_waiters.end(), std::move(waiter));
}

void LabState::removeWaiter(WaiterId waiter)
{
    m_waiters.erase(waiter);
}

void LabState::wakeWaiters(bool timedOut)
{
    // Each takes itself out of the list while it answers; new ones are not called.
    const auto count = m_waiters.size();
    for (size_t i = 0; i < count && !m_waiters.empty(); ++i) {
        const Waiter waiter = m_waiters.front();
        waiter(timedOut);
    }
}

ClockHeader::ClockHeader(QByteArray headerName, LabClock &clock)
    : m_headerName(std::move(headerName)), m_clock(clock)
{
}

void ClockHeader::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    if (const auto value = exchange->header(m_headerName)) {
        // Number(value): an empty one is 0.
        const double milliseconds = jsNumber(JsValue::latin1(*value));
        if (std::isfinite(milliseconds))
            m_clock.freeze(static_cast<qint64>(milliseconds));
    }
    next();
}

} // namespace rt
