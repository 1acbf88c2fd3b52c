// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/updatesfeed.h"

#include "realtime/requestpath.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

constexpr double longestTimeout = 60000;
constexpr double defaultTimeout = 25000;

JsValue objectOf(std::initializer_list<std::pair<QString, JsValue>> members)
{
    JsValue value = JsValue::object();
    for (const auto &[name, member] : members)
        value.insert(name, member);
    return value;
}

void sendJson(ServerResponse &response, int status, const JsValue &body,
              const HeaderList &more = {})
{
    const QByteArray text = toJson(body);
    HeaderList headers {{"Content-Type", "application/json; charset=utf-8"},
                        {"Content-Length", QByteArray::number(text.size())},
                        {"Cache-Control", "no-store"},
                        {"Access-Control-Allow-Origin", "*"}};
    for (const HeaderField &field : more)
        headers.append(field.name, field.value);
    response.writeHead(status, headers);
    response.end(text);
}

void sendError(ServerResponse &response, int status, const QString &error,
               const HeaderList &more = {})
{
    sendJson(response, status, objectOf({{u"error"_s, JsValue(error)}}), more);
}

/// 1 to 15 digits; nothing after the answer 400.
std::optional<double> readInteger(ServerResponse &response, const QString &name, double otherwise)
{
    const auto text = requestParameter(response.request().head(), name);
    if (!text)
        return otherwise;
    const bool digits = !text->isEmpty() && text->size() <= 15
        && std::all_of(text->begin(), text->end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (digits)
        return text->toDouble();
    sendError(response, 400, name + u" must be a non-negative integer"_s);
    return std::nullopt;
}

} // namespace

/// A held request. Taken out of the list by whatever answers or ends it.
class UpdatesFeed::Waiter
{
public:
    Waiter(UpdatesFeed &feed, std::shared_ptr<ServerResponse> response, double since)
        : m_feed(feed), m_response(std::move(response)), m_since(since),
          m_timer(feed.m_timers, [this] { release(true); })
    {
    }
    void start(Waiters::iterator place, qint64 timeout)
    {
        m_place = place;
        m_timer.start(timeout);
    }
    void release(bool timedOut)
    {
        const auto self = takeOut();
        sendJson(*m_response, 200, m_feed.snapshot(m_since, timedOut));
    }
    void shutDown()
    {
        const auto self = takeOut();
        sendError(*m_response, 503, u"server is shutting down"_s, {{"Connection", "close"}});
    }
    /// Its connection is gone.
    void forget() { takeOut(); }

private:
    std::shared_ptr<Waiter> takeOut()
    {
        auto self = std::move(*m_place);
        m_feed.m_waiters.erase(m_place);
        m_timer.stop();
        return self;
    }

    UpdatesFeed &m_feed;
    std::shared_ptr<ServerResponse> m_response;
    double m_since = 0;
    TimerQueue::Timer m_timer;
    Waiters::iterator m_place;
};

UpdatesFeed::UpdatesFeed(const Clock &clock, TimerQueue &timers, const Limits &limits)
    : m_clock(clock), m_timers(timers), m_limits(limits)
{
}

UpdatesFeed::~UpdatesFeed() = default;

bool UpdatesFeed::answerOptions(ServerResponse &response)
{
    response.writeHead(204,
                       {{"Access-Control-Allow-Origin", "*"},
                        {"Access-Control-Allow-Methods", "GET,POST"},
                        {"Access-Control-Allow-Headers", "content-type"},
                        {"Access-Control-Max-Age", "600"}});
    response.end();
    return true;
}

bool UpdatesFeed::handle(ServerResponse &response)
{
    const QByteArray path = requestPath(response.request().head());
    const bool feed = path == "/api/updates";
    if (!feed && path != "/api/updates/long" && path != "/api/updates/stats")
        return false;
    response.onReport([](ServerReport &report) {
        report.endedBy = "updates";
        report.executed = true;
    });
    const QByteArray &method = response.request().method();
    if (method == "OPTIONS")
        return answerOptions(response);
    if (feed && method == "POST")
        answerPublication(response);
    else if (method != "GET")
        sendError(response, 405, u"method not allowed"_s,
                  {{"Allow", feed ? QByteArray("GET, POST") : QByteArray("GET")}});
    else if (feed)
        answerShort(response);
    else if (path == "/api/updates/long")
        answerLong(response);
    else
        answerStats(response);
    return true;
}

void UpdatesFeed::answerShort(ServerResponse &response) const
{
    if (const auto since = readInteger(response, u"since"_s, 0))
        sendJson(response, 200, snapshot(*since));
}

void UpdatesFeed::answerStats(ServerResponse &response) const
{
    sendJson(
        response, 200,
        objectOf({{u"latest"_s, JsValue(m_latest)},
                  {u"oldest"_s, m_updates.empty() ? JsValue(nullptr) : m_updates.front()[u"id"]},
                  {u"retained"_s, JsValue(static_cast<qint64>(m_updates.size()))},
                  {u"waiters"_s, JsValue(static_cast<qint64>(m_waiters.size()))}}));
}

void UpdatesFeed::answerLong(ServerResponse &response)
{
    const auto since = readInteger(response, u"since"_s, 0);
    if (!since)
        return;
    const auto asked = readInteger(response, u"timeout"_s, defaultTimeout);
    if (!asked)
        return;
    if (hasNews(*since) || *asked == 0) {
        sendJson(response, 200, snapshot(*since, !hasNews(*since)));
        return;
    }
    if (m_waiters.size() >= m_limits.waiters) {
        sendError(response, 503, u"too many waiting clients"_s, {{"Retry-After", "1"}});
        return;
    }
    m_waiters.push_back(std::make_shared<Waiter>(*this, response.shared_from_this(), *since));
    const auto waiter = m_waiters.back();
    waiter->start(std::prev(m_waiters.end()),
                  static_cast<qint64>(std::min(*asked, longestTimeout)));
    // An answered one has left the list and is no more.
    response.onClose([weak = std::weak_ptr(waiter)] {
        if (const auto held = weak.lock())
            held->forget();
    });
}

bool UpdatesFeed::hasNews(double since) const
{
    // Newer updates, lost ones, or numbers this server has not given yet (it was restarted).
    return static_cast<double>(m_latest) != since;
}

JsValue UpdatesFeed::snapshot(double since, std::optional<bool> timedOut) const
{
    const auto latest = static_cast<double>(m_latest);
    const double oldest = m_updates.empty() ? latest + 1 : m_updates.front()[u"id"].toNumber();
    const bool reset = since > latest;
    JsValue updates = JsValue::array();
    for (const JsValue &update : m_updates) {
        if (!reset && update[u"id"].toNumber() > since)
            updates.append(update);
    }
    const double missed = reset ? 0 : std::max(0.0, oldest - 1 - since);
    JsValue value = objectOf({{u"since"_s, JsValue(since)},
                              {u"latest"_s, JsValue(latest)},
                              {u"updates"_s, updates},
                              {u"missed"_s, JsValue(missed)}});
    if (reset)
        value.insert(u"reset"_s, JsValue(true));
    if (timedOut)
        value.insert(u"timedOut"_s, JsValue(*timedOut));
    return value;
}

JsValue UpdatesFeed::publish(const QString &event, const JsValue &data)
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(m_clock.now(), Qt::UTC);
    const JsValue update = objectOf({{u"id"_s, JsValue(++m_latest)},
                                     {u"event"_s, JsValue(event)},
                                     {u"data"_s, data},
                                     {u"at"_s, JsValue(now.toString(Qt::ISODateWithMs))}});
    m_updates.push_back(update);
    while (m_updates.size() > m_limits.retained)
        m_updates.pop_front();
    // Each takes itself out. Who comes back at once waits for the next one.
    for (size_t count = m_waiters.size(); count > 0 && !m_waiters.empty(); --count)
        m_waiters.front()->release(false);
    return update;
}

void UpdatesFeed::answerPublication(ServerResponse &response)
{
    IncomingMessage &request = response.request();
    const QByteArray type = request.header("Content-Type").value_or(QByteArray());
    if (type.split(';').first().trimmed().toLower() != "application/json") {
        request.resume();
        sendError(response, 415, u"content-type must be application/json"_s);
        return;
    }
    const auto body = std::make_shared<QByteArray>();
    const auto size = std::make_shared<qsizetype>(0);
    request.onData([this, body, size, &response](const QByteArray &data) {
        const bool before = *size > m_limits.body;
        *size += data.size();
        if (*size <= m_limits.body)
            *body += data;
        else if (!before)
            sendError(response, 413, u"body larger than 102400 bytes"_s, {{"Connection", "close"}});
    });
    request.onEnd([this, body, size, &response] {
        if (*size <= m_limits.body)
            finishPublication(response, *body);
    });
    request.resume();
}

void UpdatesFeed::finishPublication(ServerResponse &response, const QByteArray &body)
{
    const auto parsed = parseJson(body);
    const auto *value = std::get_if<JsValue>(&parsed);
    if (!value) {
        sendError(response, 400, u"invalid JSON"_s);
        return;
    }
    if (!value->isObject() || !value->contains(u"data")) {
        sendError(response, 400, u"data is required"_s);
        return;
    }
    const JsValue event = (*value)[u"event"];
    if (value->contains(u"event") && (!event.isString() || event.toString().isEmpty())) {
        sendError(response, 400, u"event must be a non-empty string"_s);
        return;
    }
    sendJson(response, 201,
             publish(event.isString() ? event.toString() : u"message"_s, (*value)[u"data"]));
}

void UpdatesFeed::shutDown()
{
    while (!m_waiters.empty())
        m_waiters.front()->shutDown();
}

} // namespace rt
