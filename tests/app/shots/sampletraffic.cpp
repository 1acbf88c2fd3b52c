// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "sampletraffic.h"

namespace rt {

namespace {

constexpr qint64 sessionStart = 1'760'000'000'000;

QByteArray startLines(const HeaderList &headers, QByteArray text)
{
    for (const HeaderField &field : headers)
        text += field.name + ": " + field.value + "\r\n";
    return text + "\r\n";
}

/// Builds exchanges and calls with running ids and plausible times.
class Sample
{
public:
    std::vector<CaptureItem> items;

    ExchangeRecord &exchange(const QByteArray &method, const QByteArray &target, double t,
                             double ms)
    {
        ExchangeRecord &record = m_records.emplace_back();
        record.id = ++m_lastId;
        record.t = t;
        record.startedAt = sessionStart + static_cast<qint64>(t);
        record.targetOrigin = "http://api.shop.test:8000";
        record.connection = 1;
        RequestHead request {method, target, {}, {}};
        request.headers.append("Host", "api.shop.test:8000");
        request.headers.append("Connection", "keep-alive");
        for (EndReport *end : {&record.client.end, &record.server.end}) {
            end->request = request;
            end->startedNs = static_cast<qint64>(t * 1e6);
            end->requestSentNs = end->startedNs + 120'000;
            end->firstByteNs = end->startedNs + static_cast<qint64>(ms * 0.8e6);
            end->finishedNs = end->startedNs + static_cast<qint64>(ms * 1e6);
        }
        return record;
    }

    void answer(ExchangeRecord &record, int status, const QByteArray &phrase, HeaderList headers,
                const QByteArray &body)
    {
        headers.append("Date", "Thu, 09 Oct 2025 08:53:20 GMT");
        headers.append("Connection", "keep-alive");
        for (EndReport *end : {&record.client.end, &record.server.end}) {
            end->response = ResponseHead {status, phrase, {}, headers};
            end->responseBody = body;
            const RequestHead &request = end->request;
            end->requestBytes = startLines(request.headers,
                                           request.method + ' ' + request.target + " HTTP/1.1\r\n")
                + end->requestBody;
            end->responseBytes
                = startLines(headers,
                             "HTTP/1.1 " + QByteArray::number(status) + ' ' + phrase + "\r\n")
                + body;
        }
        addStages(record, status);
    }

    CallRecord &call(const QByteArray &page, const QByteArray &method, const QByteArray &path)
    {
        CallRecord &call = m_calls.emplace_back();
        call.id = m_calls.size();
        call.page = page;
        call.method = method;
        call.path = path;
        call.url = "http://api.shop.test:8000" + path;
        call.mode = "cors";
        call.credentials = "same-origin";
        call.crossOrigin = true;
        return call;
    }

    static void header(ExchangeRecord &record, const QByteArray &name, const QByteArray &value)
    {
        record.client.end.request.headers.append(name, value);
        record.server.end.request.headers.append(name, value);
    }

    void finish(CallRecord &call)
    {
        double end = 0;
        call.t = m_records.front().t;
        call.startedAt = m_records.front().startedAt;
        for (ExchangeRecord &record : m_records) {
            record.call = call.id;
            record.client.call = call.id;
            call.exchanges.push_back(record.id);
            end = std::max(end, record.t + record.durationMs());
            items.emplace_back(record);
        }
        call.durationMs = end - call.t;
        items.emplace_back(call);
        m_records.clear();
    }

    void finishExternal()
    {
        for (ExchangeRecord &record : m_records) {
            record.external = true;
            record.hasClient = false;
            items.emplace_back(record);
        }
        m_records.clear();
    }

private:
    static void addStages(ExchangeRecord &record, int status)
    {
        const bool preflight = record.request().method == "OPTIONS";
        qint64 at = 40'000;
        for (const QByteArray &name : {QByteArray("compression"), QByteArray("cors"),
                                       QByteArray("json"), QByteArray("routes")}) {
            StageRecord stage;
            stage.name = name;
            stage.enteredNs = at;
            at += 90'000;
            stage.leftNs = at;
            if (name == "compression")
                stage.decisions.push_back(
                    {"compression.BelowThreshold",
                     QStringLiteral("The body is shorter than the threshold of 1024 bytes.")});
            if (name == "cors") {
                for (const HeaderField &field : record.response().headers) {
                    if (field.name.startsWith("Access-Control") || field.name == "Vary")
                        stage.headerChanges.push_back(
                            {HeaderChange::Kind::Added, field.name, {}, field.value});
                }
                stage.ended = preflight;
                stage.statusAfter = preflight ? status : 200;
            }
            if (name == "json" && !record.server.end.requestBody.isEmpty())
                stage.decisions.push_back(
                    {"json.Parsed", QStringLiteral("The body was read as JSON.")});
            if (name == "routes") {
                stage.ended = true;
                stage.statusAfter = status;
                stage.headerChanges.push_back({HeaderChange::Kind::Added,
                                               "Content-Type",
                                               {},
                                               "application/json; charset=utf-8"});
            }
            record.server.stages.push_back(stage);
            record.server.endedBy = name;
            if (stage.ended)
                break;
        }
        record.server.executed = !preflight;
    }

    quint64 m_lastId = 0;
    std::vector<ExchangeRecord> m_records;
    std::vector<CallRecord> m_calls;
};

const QByteArray appPage = "http://app.shop.test:3000";

HeaderList jsonAnswer(const QByteArray &allowedOrigin, qsizetype length)
{
    return {{"X-Powered-By", "Express"},
            {"Access-Control-Allow-Origin", allowedOrigin},
            {"Vary", "Origin"},
            {"Content-Type", "application/json; charset=utf-8"},
            {"Content-Length", QByteArray::number(length)},
            {"ETag", "W/\"2a-mNwE4Yc1QkZ\""}};
}

void addPreflight(Sample &sample, double t)
{
    ExchangeRecord &record = sample.exchange("OPTIONS", "/api/user", t, 1.1);
    record.kind = ExchangeRecord::Kind::Preflight;
    Sample::header(record, "Origin", appPage);
    Sample::header(record, "Access-Control-Request-Method", "PUT");
    Sample::header(record, "Access-Control-Request-Headers", "content-type");
    sample.answer(record, 204, "No Content",
                  {{"X-Powered-By", "Express"},
                   {"Access-Control-Allow-Origin", appPage},
                   {"Vary", "Origin, Access-Control-Request-Headers"},
                   {"Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE"},
                   {"Access-Control-Allow-Headers", "content-type"},
                   {"Access-Control-Max-Age", "600"},
                   {"Content-Length", "0"}},
                  {});
}

void addPut(Sample &sample, double t)
{
    ExchangeRecord &record = sample.exchange("PUT", "/api/user", t, 2.0);
    Sample::header(record, "Origin", appPage);
    Sample::header(record, "Content-Type", "application/json");
    Sample::header(record, "Content-Length", "16");
    record.client.end.requestBody = record.server.end.requestBody = "{\"name\":\"Grace\"}";
    const QByteArray body = "{\"id\":1,\"name\":\"Grace\",\"role\":\"user\"}";
    sample.answer(record, 200, "OK", jsonAnswer(appPage, body.size()), body);
}

void addSteps(CallRecord &call, bool cached)
{
    using O = AlgorithmStep::Outcome;
    const auto step = [&call](const char *id, O outcome, const QString &sentence,
                              const QByteArray &evidence, const QString &source) {
        call.steps.push_back({id, outcome, sentence, evidence, source, 0});
    };
    step("fetch.CrossOrigin", O::Info,
         QStringLiteral("The address is of another origin than the page, and the mode is cors."),
         "Origin: http://app.shop.test:3000", QStringLiteral("Fetch, main fetch, step 12"));
    step("preflight.Needed", O::Info,
         QStringLiteral("PUT is not CORS-safelisted, so the browser has to ask first."), {},
         QStringLiteral("Fetch, HTTP fetch, step 4"));
    if (cached)
        step("preflight.Cached", O::Passed,
             QStringLiteral("A permission for PUT from this page is still valid for 588 seconds."),
             {}, QStringLiteral("Fetch, CORS-preflight cache"));
    else
        step("preflight.Passed", O::Passed, QStringLiteral("The server allows the method PUT."),
             "Access-Control-Allow-Methods: GET,HEAD,PUT,PATCH,POST,DELETE",
             QStringLiteral("Fetch, CORS-preflight fetch, step 7"));
    step(
        "cors.Passed", O::Passed,
        QStringLiteral(
            "Access-Control-Allow-Origin equals the page's origin, so script may read the answer."),
        "Access-Control-Allow-Origin: http://app.shop.test:3000",
        QStringLiteral("Fetch, CORS check, step 5"));
}

} // namespace

std::vector<CaptureItem> sampleTraffic()
{
    Sample sample;
    const QByteArray items = "{\"items\":["
        + QByteArray("{\"id\":1,\"title\":\"Tea\"},").repeated(36)
        + "{\"id\":37,\"title\":\"Cup\"}]}";
    CallRecord call = sample.call(appPage, "GET", "/api/items");
    ExchangeRecord &get = sample.exchange("GET", "/api/items", 1000, 2.1);
    Sample::header(get, "Origin", appPage);
    sample.answer(get, 200, "OK", jsonAnswer(appPage, items.size()), items);
    call.outcome = CallRecord::Outcome::Ok;
    call.readable = true;
    call.status = 200;
    call.type = "cors";
    sample.finish(call);

    call = sample.call(appPage, "PUT", "/api/user");
    addPreflight(sample, 6000);
    addPut(sample, 6001.4);
    call.preflight = CallRecord::Preflight::Sent;
    call.outcome = CallRecord::Outcome::Ok;
    call.readable = call.executed = true;
    call.status = 200;
    call.type = "cors";
    addSteps(call, false);
    sample.finish(call);

    call = sample.call(appPage, "PUT", "/api/user");
    addPut(sample, 18000);
    call.preflight = CallRecord::Preflight::Cached;
    call.cacheSecondsLeft = 588;
    call.outcome = CallRecord::Outcome::Ok;
    call.readable = call.executed = true;
    call.status = 200;
    call.type = "cors";
    addSteps(call, true);
    sample.finish(call);

    call = sample.call("http://evil.test:6660", "GET", "/api/items");
    ExchangeRecord &evil = sample.exchange("GET", "/api/items", 25000, 1.2);
    Sample::header(evil, "Origin", "http://evil.test:6660");
    sample.answer(evil, 200, "OK", jsonAnswer(appPage, items.size()), items);
    call.outcome = CallRecord::Outcome::Blocked;
    call.reason = "cors.OriginMismatch";
    call.executed = true;
    call.type = "error";
    call.steps.push_back(
        {"cors.OriginMismatch", AlgorithmStep::Outcome::Failed,
         QStringLiteral("Access-Control-Allow-Origin names another origin than the page's."),
         "Access-Control-Allow-Origin: http://app.shop.test:3000",
         QStringLiteral("Fetch, CORS check, step 5"), evil.id});
    sample.finish(call);

    ExchangeRecord &me = sample.exchange("GET", "/me", 31000, 2.4);
    sample.answer(me, 401, "Unauthorized", {{"Content-Type", "application/json; charset=utf-8"}},
                  "{\"error\":\"not logged in\"}");
    sample.finishExternal();
    return sample.items;
}

std::vector<CaptureItem> externalTraffic(int count, quint64 firstId)
{
    std::vector<CaptureItem> items;
    items.reserve(static_cast<size_t>(count));
    for (int i = 0; i < count; ++i) {
        ExchangeRecord record;
        record.id = firstId + static_cast<quint64>(i);
        record.external = true;
        record.hasClient = false;
        record.t = static_cast<double>(record.id);
        record.targetOrigin = "http://api.shop.test:8000";
        record.server.end.request
            = {i % 3 ? "GET" : "POST", "/api/items?page=" + QByteArray::number(i), {}, {}};
        record.server.end.response = {i % 7 ? 200 : 404, i % 7 ? "OK" : "Not Found", {}, {}};
        record.server.end.responseBytes = QByteArray(64, 'x');
        record.server.end.finishedNs = 700'000;
        items.emplace_back(std::move(record));
    }
    return items;
}

} // namespace rt
