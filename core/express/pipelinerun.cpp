// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/pipelinerun.h"

#include "express/finalhandler.h"
#include "express/router.h"
#include "express/target.h"
#include "express/trace.h"
#include "server/serverresponse.h"

#include <utility>

namespace rt {

PipelineRun::PipelineRun(const Pipeline &pipeline, Exchange &exchange)
    : m_pipeline(pipeline), m_exchange(exchange)
{
}

void PipelineRun::attach(const std::shared_ptr<const Pipeline> &pipeline,
                         const std::shared_ptr<Exchange> &exchange)
{
    exchange->m_pipeline = pipeline;
    exchange->m_run = std::make_unique<PipelineRun>(*pipeline, *exchange);
    ServerResponse &response = exchange->response();
    auto *capture = response.capture();
    if (!capture)
        return;
    exchange->m_trace = std::make_unique<Exchange::Trace>(*exchange, capture->report.end.startedNs);
    // Added first, so it runs after the callbacks of all stages.
    response.onHeaders([trace = exchange->m_trace.get()] { trace->closeHeaders(); });
    response.onReport([exchange, settings = pipeline->m_recordedSettings](ServerReport &report) {
        exchange->m_trace->fill(report);
        report.settings = settings;
    });
}

void PipelineRun::start(const std::shared_ptr<Exchange> &exchange)
{
    exchange->m_run->next(std::nullopt);
}

Next PipelineRun::makeNext()
{
    return Next([exchange = m_exchange.shared_from_this(),
                 step = m_step](std::optional<ExpressError> error) {
        PipelineRun &run = *exchange->m_run;
        Q_ASSERT_X(run.m_step == step, "next", "called twice");
        if (run.m_step == step)
            run.next(std::move(error));
    });
}

/// router/index.js, next()
void PipelineRun::next(std::optional<ExpressError> error)
{
    ++m_step;
    if (m_exchange.m_trace) {
        m_exchange.m_trace->leave(error ? error->message : QString());
        if (error)
            m_exchange.m_trace->error
                = error->type.isEmpty() ? error->message : QString::fromLatin1(error->type);
    }
    while (true) {
        restoreUrl();
        const auto path = parseTarget(m_exchange.url).pathname;
        QByteArray mounted;
        const Stage *stage = path ? nextMatching(*path, mounted, error) : nullptr;
        if (!stage) {
            finish(std::move(error));
            return;
        }
        // A layer that cannot take what there is passes it on.
        if (trimPrefix(mounted, *path) && stage->middleware->handlesErrors() == error.has_value()) {
            call(*stage, mounted, std::move(error));
            return;
        }
    }
}

const Stage *PipelineRun::nextMatching(const QByteArray &path, QByteArray &mounted,
                                       std::optional<ExpressError> &error)
{
    while (m_index < m_pipeline.m_stages.size()) {
        const size_t index = m_index++;
        const Stage &stage = m_pipeline.m_stages[index];
        if (!stage.enabled || !stage.middleware)
            continue;
        if (stage.mountPaths.isEmpty()) {
            m_exchange.params = JsValue::object();
            return &stage;
        }
        for (const PathPattern &pattern : m_pipeline.m_patterns[index]) {
            const auto match = pattern.match(path);
            if (!match)
                continue;
            if (match->undecodable) {
                if (!error)
                    error = paramDecodeError(*match->undecodable);
                break;
            }
            m_exchange.params = match->params;
            mounted = match->path;
            return &stage;
        }
    }
    return nullptr;
}

bool PipelineRun::trimPrefix(const QByteArray &mounted, const QByteArray &path)
{
    if (mounted.isEmpty())
        return true;
    if (!path.startsWith(mounted))
        return false;
    const char behind = path.size() > mounted.size() ? path.at(mounted.size()) : '\0';
    if (behind != '\0' && behind != '/' && behind != '.')
        return false;
    m_protohost = protohostLength(m_exchange.url);
    m_removed = mounted;
    m_exchange.url.remove(m_protohost, mounted.size());
    if (m_protohost == 0 && !m_exchange.url.startsWith('/')) {
        m_exchange.url.prepend('/');
        m_slashAdded = true;
    }
    m_exchange.baseUrl = mounted.endsWith('/') ? mounted.chopped(1) : mounted;
    return true;
}

void PipelineRun::restoreUrl()
{
    if (std::exchange(m_slashAdded, false))
        m_exchange.url.remove(0, 1);
    if (m_removed.isEmpty())
        return;
    m_exchange.baseUrl.clear();
    m_exchange.url.insert(m_protohost, std::exchange(m_removed, {}));
}

template<typename Function> void PipelineRun::guarded(Function function)
{
    const quint32 step = m_step;
    const auto exchange = m_exchange.shared_from_this();
    ++m_depth;
    function(exchange);
    --m_depth;
    // Layer.handle_request(): what a handler throws goes to next().
    if (auto raised = m_exchange.takeRaised(); raised && m_step == step)
        next(std::move(raised));
}

void PipelineRun::call(const Stage &stage, const QByteArray &mounted,
                       std::optional<ExpressError> error)
{
    if (m_exchange.m_trace)
        m_exchange.m_trace->enter(stage.name, mounted);
    guarded([&](const std::shared_ptr<Exchange> &exchange) {
        if (error)
            stage.middleware->handleError(exchange, *error, makeNext());
        else
            stage.middleware->handle(exchange, makeNext());
    });
}

void PipelineRun::finish(std::optional<ExpressError> error)
{
    if (std::exchange(m_finished, true)) {
        // The final handler itself failed: in Node that ends the process.
        m_exchange.response().destroy();
        return;
    }
    if (m_exchange.m_trace)
        m_exchange.m_trace->enter(error ? "errors" : "notFound", {});
    guarded([&](const std::shared_ptr<Exchange> &exchange) {
        if (error)
            answerError(exchange, *error);
        else
            answerNotFound(exchange);
    });
}

} // namespace rt
