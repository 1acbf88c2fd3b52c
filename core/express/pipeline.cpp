// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/pipeline.h"

#include "express/pipelinerun.h"
#include "express/target.h"
#include "server/serverresponse.h"

namespace rt {

Pipeline::Pipeline(std::vector<Stage> stages, ExpressSettings settings)
    : m_stages(std::move(stages)), m_settings(std::move(settings))
{
    for (const Stage &stage : m_stages) {
        auto &patterns = m_patterns.emplace_back();
        for (const QByteArray &path : stage.mountPaths)
            patterns.emplace_back(
                path, PathPattern::Options {m_settings.caseSensitiveRouting, false, false});
    }
}

void Pipeline::handle(ServerResponse &response, const Clock &clock) const
{
    const auto exchange = std::make_shared<Exchange>(response, clock, &m_settings);
    PipelineRun::attach(shared_from_this(), exchange);
    // The layer that says so is one of those that a target without a path passes by.
    if (m_settings.xPoweredBy
        && (exchange->url.startsWith('/') || parseTarget(exchange->url).pathname))
        response.setHeader("X-Powered-By", "Express");
    PipelineRun::start(exchange);
}

} // namespace rt
