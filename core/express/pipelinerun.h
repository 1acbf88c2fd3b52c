// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "express/pipeline.h"

#include <optional>

namespace rt {

/// One exchange on its way through one pipeline: Express's router.handle(). Owned by the exchange,
/// which every `next` keeps alive.
class PipelineRun
{
public:
    PipelineRun(const Pipeline &pipeline, Exchange &exchange);
    /// Binds an exchange to a pipeline and, when somebody watches, begins its trace.
    static void attach(const std::shared_ptr<const Pipeline> &pipeline,
                       const std::shared_ptr<Exchange> &exchange);
    static void start(const std::shared_ptr<Exchange> &exchange);
    /// Code of a stage is on the call stack, so that an error it raises is caught.
    bool isRunning() const { return m_depth > 0; }

private:
    void next(std::optional<ExpressError> error);
    const Stage *nextMatching(const QByteArray &path, QByteArray &mounted,
                              std::optional<ExpressError> &error);
    bool trimPrefix(const QByteArray &mounted, const QByteArray &path);
    void restoreUrl();
    void call(const Stage &stage, const QByteArray &mounted, std::optional<ExpressError> error);
    void finish(std::optional<ExpressError> error);
    Next makeNext();
    template<typename Function> void guarded(Function function);

    const Pipeline &m_pipeline;
    Exchange &m_exchange;
    size_t m_index = 0;
    /// Grows with every step; a `next` of an earlier step does nothing.
    quint32 m_step = 0;
    int m_depth = 0;
    QByteArray m_removed;
    qsizetype m_protohost = 0;
    bool m_slashAdded = false;
    bool m_finished = false;
};

} // namespace rt
