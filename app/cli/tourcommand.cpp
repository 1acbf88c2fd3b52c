// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/tourcommand.h"

#include "capture/annotation.h"
#include "cli/commandtable.h"
#include "lab/labsession.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTextStream>
#include <QTimer>

#include <map>

namespace rt {

namespace {

struct TourStop
{
    QString heading;
    /// Setting changed before the request; empty path for none.
    QByteArray path;
    JsValue value;
};

std::vector<TourStop> tourStops()
{
    return {
        {QStringLiteral("1. A page asks another origin. The server says nothing about CORS."),
         {},
         {}},
        {QStringLiteral("2. cors is on and names another origin."), "server.cors.origin",
         JsValue(QStringLiteral("http://evil.test:6660"))},
        {QStringLiteral("3. cors names the page's origin: one call, two requests."),
         "server.cors.origin", JsValue(QStringLiteral("http://app.shop.test:3000"))},
        {QStringLiteral("4. The same call again: the permission is still remembered."), {}, {}},
    };
}

/// Collects what the lab captures and prints a call once it is whole.
class TourPrinter : public QObject
{
public:
    explicit TourPrinter(LabSession &lab)
    {
        connect(&lab, &LabSession::itemsArrived, this,
                [this](const std::vector<CaptureItem> &items) { take(items); });
    }

    bool has(quint64 call) const
    {
        const auto found = m_calls.find(call);
        if (found == m_calls.end() || found->second.outcome == CallRecord::Outcome::Pending)
            return false;
        for (const quint64 id : found->second.exchanges) {
            if (!m_exchanges.contains(id))
                return false;
        }
        return true;
    }

    void print(quint64 id)
    {
        const CallRecord &call = m_calls.at(id);
        std::vector<ExchangeRecord> exchanges;
        for (const quint64 exchange : call.exchanges)
            exchanges.push_back(m_exchanges.at(exchange));
        for (const ExchangeRecord &exchange : exchanges)
            printExchange(exchange, call);
        const Diagnosis diagnosis = diagnose(call, exchanges);
        m_out << "   => " << diagnosis.story << '\n';
        if (!diagnosis.remedy.isEmpty())
            m_out << "      " << diagnosis.remedy << '\n';
        m_out << '\n';
        m_out.flush();
    }

    QTextStream &out() { return m_out; }

private:
    void take(const std::vector<CaptureItem> &items)
    {
        for (const CaptureItem &item : items) {
            if (const auto *call = std::get_if<CallRecord>(&item))
                m_calls[call->id] = *call;
            else if (const auto *exchange = std::get_if<ExchangeRecord>(&item))
                m_exchanges[exchange->id] = *exchange;
        }
    }

    void printExchange(const ExchangeRecord &exchange, const CallRecord &call)
    {
        m_out << "   " << exchange.request().method << ' ' << exchange.request().target << "  ->  "
              << exchange.response().status << ' ' << exchange.response().reasonPhrase << '\n';
        for (const Annotation &row : annotate(exchange, &call)) {
            if (row.onRequest || row.header.isEmpty())
                continue;
            m_out << "      " << (row.absent ? '!' : ' ') << ' ' << row.header << ": "
                  << (row.absent ? QByteArray("(absent)") : row.value) << '\n';
            if (!row.meaning.isEmpty())
                m_out << "          " << row.meaning << '\n';
        }
    }

    std::map<quint64, CallRecord> m_calls;
    std::map<quint64, ExchangeRecord> m_exchanges;
    QTextStream m_out {stdout};
};

/// Runs the event loop until `done` holds; false when that takes longer than ten seconds.
bool waitUntil(const std::function<bool()> &done)
{
    QEventLoop loop;
    QTimer poll;
    QTimer limit;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (done())
            loop.quit();
    });
    limit.setSingleShot(true);
    QObject::connect(&limit, &QTimer::timeout, &loop, [&] { loop.exit(1); });
    poll.start(5);
    limit.start(10'000);
    return loop.exec() == 0;
}

FetchRequest tourRequest()
{
    FetchRequest request;
    request.page = virtualOrigin("app");
    request.url = virtualOrigin("api") + "/api/user";
    request.method = "PUT";
    request.headers.append("Content-Type", "application/json");
    request.body = "{\"name\":\"Ada\"}";
    request.hasBody = true;
    return request;
}

Result<void> play(LabSession &lab, TourPrinter &printer)
{
    for (const TourStop &stop : tourStops()) {
        printer.out() << stop.heading << "\n";
        if (!stop.path.isEmpty()) {
            auto config = lab.config().withSetting("server.cors.enabled", JsValue(true));
            config = config ? config->withSetting(stop.path, stop.value) : config;
            if (!config)
                return failure(config.error().message);
            lab.setConfig(*config);
        }
        const quint64 call = lab.fetch(tourRequest());
        if (!waitUntil([&] { return printer.has(call); }))
            return failure(QStringLiteral("the lab did not answer within ten seconds"));
        printer.print(call);
    }
    return {};
}

} // namespace

int tourCommand(const QStringList &arguments)
{
    QTextStream err(stderr);
    if (!arguments.isEmpty())
        err << "roundtrip: there is no display to show " << arguments.join(u' ') << " on\n";
    err << "roundtrip: no display found; playing the tour here instead\n";
    err.flush();
    LabSession lab(LabSetup {});
    TourPrinter printer(lab);
    if (const auto started = lab.start(); !started) {
        err << "roundtrip: " << started.error().message << '\n';
        return CouldNotRun;
    }
    printer.out()
        << "PUT http://api.shop.test:8000/api/user from a page of http://app.shop.test:3000\n\n";
    if (const auto played = play(lab, printer); !played) {
        err << "roundtrip: " << played.error().message << '\n';
        return CouldNotRun;
    }
    printer.out()
        << "Every change of a setting made a difference on the wire. Open the lab on a display "
           "to go on.\n";
    return arguments.isEmpty() ? Done : CouldNotRun;
}

} // namespace rt
