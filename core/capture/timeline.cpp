// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/timeline.h"

#include <algorithm>

namespace rt {

namespace {

QString latin(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}

Timeline::Tone toneOf(int status)
{
    if (status >= 500 || status == 0)
        return Timeline::Tone::Bad;
    return status >= 300 ? Timeline::Tone::Caution : Timeline::Tone::Good;
}

/// "OPTIONS may I PUT with content-type?"
QString question(const ExchangeRecord &exchange)
{
    const HeaderList &headers = exchange.request().headers;
    const QByteArray method = headers.get("Access-Control-Request-Method").value_or("");
    const auto names = headers.get("Access-Control-Request-Headers");
    QString text = QStringLiteral("OPTIONS  may I %1").arg(latin(method));
    if (names)
        text += QStringLiteral(" with %1").arg(latin(*names));
    return text + u'?';
}

/// "204  yes, for 600 s"
QString permission(const ExchangeRecord &exchange, bool granted)
{
    const QString status = QString::number(exchange.response().status);
    if (!granted)
        return status + QStringLiteral("  not as asked");
    const auto age = exchange.response().headers.get("Access-Control-Max-Age");
    return status
        + (age ? QStringLiteral("  yes, for %1 s").arg(latin(*age)) : QStringLiteral("  yes"));
}

QString answer(const ExchangeRecord &exchange)
{
    const ResponseHead &head = exchange.response();
    if (head.status == 0)
        return QStringLiteral("no answer");
    const auto allowed = head.headers.get("Access-Control-Allow-Origin");
    QString text = QStringLiteral("%1 %2").arg(head.status).arg(latin(head.reasonPhrase));
    if (allowed)
        text += QStringLiteral("  Allow-Origin %1").arg(latin(*allowed));
    return text;
}

/// The few words a stage's box has room for.
QString summary(const StageRecord &stage, const ExchangeRecord &exchange)
{
    if (!stage.error.isEmpty())
        return QStringLiteral("error");
    if (stage.ended)
        return QString::number(exchange.response().status);
    const auto changes = stage.headerChanges.size() + stage.lateHeaderChanges.size();
    if (changes > 0)
        return QStringLiteral("%1 hdr").arg(changes);
    return stage.requestChanges.isObject() ? stage.requestChanges.keys().value(0) : QString();
}

class Builder
{
public:
    Builder(const CallRecord *call, const std::vector<ExchangeRecord> &exchanges)
        : m_call(call), m_exchanges(exchanges)
    {
        for (const ExchangeRecord &exchange : exchanges) {
            if (m_begin == 0 || exchange.end().startedNs < m_begin)
                m_begin = exchange.end().startedNs;
        }
    }

    Timeline build()
    {
        if (m_call)
            addCall();
        for (const ExchangeRecord &exchange : m_exchanges) {
            if (!exchange.client.forwarded || m_exchanges.size() == 1)
                addExchange(exchange);
        }
        if (m_call)
            addOutcome();
        m_timeline.rows = m_row;
        for (const Timeline::Message &message : m_timeline.messages)
            m_timeline.duration = std::max(m_timeline.duration, message.arrives);
        return std::move(m_timeline);
    }

private:
    double since(qint64 ns) const
    {
        return ns > m_begin ? static_cast<double>(ns - m_begin) / 1e6 : 0;
    }

    void addCall()
    {
        Timeline::Message message {Timeline::Lane::Page, Timeline::Lane::Browser, 0, 0, m_row++};
        message.label = QStringLiteral("%1 %2").arg(latin(m_call->api), latin(m_call->method));
        message.tone = Timeline::Tone::Accent;
        m_timeline.messages.push_back(message);
        if (m_call->preflight == CallRecord::Preflight::Cached) {
            message.from = message.to = Timeline::Lane::Browser;
            message.row = m_row++;
            message.label = QStringLiteral("permission remembered");
            m_timeline.messages.push_back(message);
        }
    }

    bool granted(const ExchangeRecord &preflight) const
    {
        return preflight.linked != 0 || !m_call
            || std::any_of(m_exchanges.begin(), m_exchanges.end(),
                           [&](const ExchangeRecord &other) { return other.id > preflight.id; });
    }

    void addExchange(const ExchangeRecord &exchange)
    {
        const EndReport &end = exchange.end();
        const EndReport &there = exchange.hasServer ? exchange.server.end : end;
        const bool preflight = exchange.kind == ExchangeRecord::Kind::Preflight;
        Timeline::Message request {Timeline::Lane::Browser, Timeline::Lane::Server,
                                   since(end.startedNs), since(there.startedNs), m_row++};
        request.label
            = preflight ? question(exchange) : latin(end.request.method + " " + exchange.path());
        request.tone = preflight ? Timeline::Tone::Neutral : Timeline::Tone::Accent;
        request.ownDoing = preflight;
        request.exchange = exchange.id;
        m_timeline.messages.push_back(request);
        addStages(exchange, m_row - 1, request.arrives);
        addSecondHops(exchange);
        Timeline::Message response {Timeline::Lane::Server, Timeline::Lane::Browser,
                                    since(there.finishedNs), since(end.finishedNs), m_row++};
        response.label = preflight ? permission(exchange, granted(exchange)) : answer(exchange);
        response.tone = preflight && granted(exchange) ? Timeline::Tone::Neutral
                                                       : toneOf(end.response.status);
        response.ownDoing = preflight;
        response.exchange = exchange.id;
        m_timeline.messages.push_back(response);
    }

    /// What a proxy sent on for this exchange happens on the server's side, before its answer.
    void addSecondHops(const ExchangeRecord &first)
    {
        for (const ExchangeRecord &hop : m_exchanges) {
            if (hop.client.forwarded != first.server.key)
                continue;
            Timeline::Message message {Timeline::Lane::Server, Timeline::Lane::Server,
                                       since(hop.end().startedNs), since(hop.end().finishedNs),
                                       m_row++};
            message.label = QStringLiteral("proxy to server: %1").arg(answer(hop));
            message.tone = toneOf(hop.response().status);
            message.exchange = hop.id;
            addStages(hop, m_row - 1, message.departs);
            m_timeline.messages.push_back(message);
        }
    }

    void addStages(const ExchangeRecord &exchange, int row, double arrived)
    {
        for (const StageRecord &stage : exchange.server.stages) {
            if (!m_timeline.stages.contains(stage.name))
                m_timeline.stages.append(stage.name);
            Timeline::StageBox box;
            box.stage = stage.name;
            box.begins = arrived + static_cast<double>(stage.enteredNs) / 1e6;
            box.ends = arrived + static_cast<double>(stage.leftNs) / 1e6;
            box.row = row;
            box.label = summary(stage, exchange);
            box.ended = stage.ended;
            box.exchange = exchange.id;
            if (!stage.error.isEmpty())
                box.tone = Timeline::Tone::Bad;
            else if (stage.ended)
                box.tone = toneOf(exchange.response().status);
            else if (!box.label.isEmpty())
                box.tone = Timeline::Tone::Accent;
            m_timeline.boxes.push_back(box);
        }
    }

    void addOutcome()
    {
        if (m_call->outcome == CallRecord::Outcome::Pending)
            return;
        const double at = m_exchanges.empty() ? 0 : since(m_exchanges.back().end().finishedNs);
        Timeline::Message message {Timeline::Lane::Browser, Timeline::Lane::Page, at, at, m_row++};
        const bool fine = m_call->outcome == CallRecord::Outcome::Ok;
        message.tone = fine ? Timeline::Tone::Good : Timeline::Tone::Bad;
        if (!fine)
            message.label = QStringLiteral("blocked: %1").arg(latin(m_call->reason));
        else
            message.label
                = m_call->readable ? QStringLiteral("readable") : QStringLiteral("opaque");
        if (m_call->outcome == CallRecord::Outcome::Aborted)
            message.label = QStringLiteral("cancelled");
        m_timeline.messages.push_back(message);
    }

    const CallRecord *m_call;
    const std::vector<ExchangeRecord> &m_exchanges;
    qint64 m_begin = 0;
    int m_row = 0;
    Timeline m_timeline;
};

} // namespace

Timeline timelineOf(const CallRecord *call, const std::vector<ExchangeRecord> &exchanges)
{
    return Builder(call, exchanges).build();
}

} // namespace rt
