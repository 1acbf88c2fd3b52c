// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"
#include "core/server/memorysink.h"
#include "express/pipeline.h"
#include "http/requestparser.h"

#include <functional>

/// Stages written as functions.
class FunctionStage final : public rt::Middleware
{
public:
    using Function = std::function<void(const std::shared_ptr<rt::Exchange> &, rt::Next)>;
    explicit FunctionStage(Function function) : m_function(std::move(function)) { }
    void handle(const std::shared_ptr<rt::Exchange> &exchange, rt::Next next) const override
    {
        m_function(exchange, std::move(next));
    }

private:
    Function m_function;
};

inline rt::Stage stage(const QByteArray &name, FunctionStage::Function function,
                       const QByteArrayList &paths = {})
{
    return {name, paths, std::make_shared<FunctionStage>(std::move(function)), true};
}

/// What came of one request that went through a pipeline without a socket.
struct PipelineAnswer
{
    QByteArray bytes;
    bool destroyed = false;
    /// Only when asked for.
    rt::ServerReport report;

    QByteArray head() const { return bytes.first(bytes.indexOf("\r\n\r\n") + 2); }
    QByteArray body() const { return bytes.mid(bytes.indexOf("\r\n\r\n") + 4); }
    int status() const { return bytes.mid(9, 3).toInt(); }
    bool has(const QByteArray &line) const { return head().contains("\r\n" + line + "\r\n"); }
};

/// The clock of runPipeline().
inline rt::LabClock &pipelineClock()
{
    static rt::LabClock clock;
    return clock;
}

/// Runs the bytes of one request; `traced` as if somebody watched.
inline PipelineAnswer runPipeline(const std::shared_ptr<const rt::Pipeline> &pipeline,
                                  const QByteArray &request, bool traced = false,
                                  const QByteArray &address = "127.0.0.1")
{
    MemorySink sink;
    std::shared_ptr<rt::ServerResponse> response;
    rt::RequestParser parser;
    for (const rt::RequestEvent &event : parser.feed(request)) {
        if (const auto *head = std::get_if<rt::RequestHeadEvent>(&event)) {
            response = std::make_shared<rt::ServerResponse>(
                head->head, rt::IncomingMessage::Peer {address, 40000, 8000, false},
                rt::ServerResponse::Persistence {head->keepAlive, 5}, sink);
            if (traced)
                response->observe(std::make_unique<rt::ServerResponse::Capture>());
            response->takeTurn();
            pipeline->handle(*response, pipelineClock());
        } else if (const auto *body = std::get_if<rt::BodyEvent>(&event)) {
            response->request().push(body->data);
        } else if (const auto *end = std::get_if<rt::MessageEndEvent>(&event)) {
            response->request().pushEnd(end->trailers);
        }
    }
    PipelineAnswer answer;
    if (response && response->capture()) {
        response->report(response->capture()->report);
        answer.report = response->capture()->report;
    }
    answer.bytes = sink.output;
    answer.destroyed = sink.destroyed;
    if (response) {
        response->connectionClosed();
        response->request().releaseCallbacks();
    }
    return answer;
}

inline std::shared_ptr<const rt::Pipeline> makePipeline(std::vector<rt::Stage> stages,
                                                        rt::ExpressSettings settings = {})
{
    return std::make_shared<const rt::Pipeline>(std::move(stages), std::move(settings));
}

/// GET of `target` with further header lines.
inline QByteArray get(const QByteArray &target, const QByteArray &lines = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: h.test\r\n" + lines + "\r\n";
}
