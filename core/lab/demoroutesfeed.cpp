// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/demoroutesparts.h"

#include <QTimer>

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;

/// What is newer than update `since`.
JsValue newerThan(const LabState &state, double since)
{
    JsValue newer = JsValue::array();
    for (const JsValue &update : state.updates.items()) {
        if (update[u"id"].toNumber() > since)
            newer.append(update);
    }
    return objectOf({{u"updates"_s, newer}, {u"last"_s, state.updates.items().last()[u"id"]}});
}

/// The parameter `since`, or nothing after the answer 400.
std::optional<double> sinceOf(Exchange &exchange)
{
    const JsValue given = exchange.query[u"since"];
    const QString text = given.isUndefined() ? u"0"_s : given.toString();
    const bool valid = (given.isUndefined() || given.isString()) && !text.isEmpty()
        && text.size() <= 9
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (valid)
        return text.toDouble();
    exchange.status(400);
    exchange.json(errorBody(u"since must be a non-negative integer"_s));
    return std::nullopt;
}

/// A held request: answered by news, by its time-out, or forgotten with its connection.
class LongPoll : public std::enable_shared_from_this<LongPoll>
{
public:
    LongPoll(ExchangePointer exchange, LabState &state, double since)
        : m_exchange(std::move(exchange)), m_state(state), m_since(since)
    {
    }

    void wait(int milliseconds)
    {
        const auto self = shared_from_this();
        m_waiter = m_state.addWaiter([self](bool timedOut) { self->answer(timedOut); });
        m_timer.setSingleShot(true);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer,
                         [this] { shared_from_this()->answer(true); });
        m_timer.start(milliseconds);
        m_exchange->onClose([self] { self->forget(); });
    }

private:
    void answer(bool timedOut)
    {
        const auto self = shared_from_this();
        if (!forget())
            return;
        if (!timedOut) {
            m_exchange->json(newerThan(m_state, m_since));
            return;
        }
        m_exchange->status(204);
        m_exchange->end();
    }

    bool forget()
    {
        if (!m_waiter)
            return false;
        m_timer.stop();
        const auto waiter = *std::exchange(m_waiter, std::nullopt);
        m_state.removeWaiter(waiter);
        return true;
    }

    ExchangePointer m_exchange;
    LabState &m_state;
    double m_since = 0;
    std::optional<LabState::WaiterId> m_waiter;
    QTimer m_timer;
};

void poll(const ExchangePointer &exchange, LabState &state)
{
    const auto since = sinceOf(*exchange);
    if (!since)
        return;
    const JsValue now = newerThan(state, *since);
    if (now[u"updates"].size() > 0) {
        exchange->json(now);
        return;
    }
    const int timeout = countOf(lastOf(exchange->query[u"timeout"]), 25000, 30000);
    std::make_shared<LongPoll>(exchange, state, *since)->wait(timeout);
}

void publish(Exchange &exchange, LabState &state)
{
    const JsValue text = exchange.body[u"text"];
    if (text.toString().isEmpty()) {
        exchange.status(400);
        exchange.json(errorBody(u"text required"_s));
        return;
    }
    const JsValue update = objectOf(
        {{u"id"_s, JsValue(static_cast<int>(state.updates.size()) + 1)}, {u"text"_s, text}});
    state.updates.append(update);
    exchange.status(201);
    exchange.json(update);
    state.wakeWaiters(false);
}

} // namespace

void addFeedRoutes(Router &router, LabState &state)
{
    router.add("GET", "/lab/updates", [&state](const ExchangePointer &exchange) {
        if (const auto since = sinceOf(*exchange))
            exchange->json(newerThan(state, *since));
    });
    router.add("GET", "/lab/updates/long",
               [&state](const ExchangePointer &exchange) { poll(exchange, state); });
    router.add("GET", "/lab/updates/waiting", [&state](const ExchangePointer &exchange) {
        exchange->json(objectOf({{u"waiting"_s, JsValue(state.waiting())}}));
    });
    router.add("POST", "/lab/updates",
               [&state](const ExchangePointer &exchange) { publish(*exchange, state); });
}

} // namespace rt
