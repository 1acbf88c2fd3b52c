// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"
#include "express/exchange.h"
#include "express/expresssettings.h"
#include "express/middleware.h"
#include "express/pathpattern.h"

#include <memory>
#include <vector>

namespace rt {

class IncomingMessage;
class ServerResponse;

/// One `app.use([mountPaths,] middleware)`.
struct Stage
{
    /// Name in `order`: cors, json, routes, notFound, errors ...
    QByteArray name;
    /// Empty: every path.
    QByteArrayList mountPaths;
    std::shared_ptr<const Middleware> middleware;
    /// Disabled stages are skipped and not recorded.
    bool enabled = true;
};

/// The stack of one Express application: immutable, so that running exchanges finish on the one
/// they started with. Runs the stages with Express's rules and, when somebody watches, records what
/// each one did.
class Pipeline : public std::enable_shared_from_this<Pipeline>
{
public:
    Pipeline(std::vector<Stage> stages, ExpressSettings settings);

    const std::vector<Stage> &stages() const { return m_stages; }
    const ExpressSettings &settings() const { return m_settings; }

    /// Settings in force (dotted path -> value), handed to every server report.
    void setRecordedSettings(std::shared_ptr<const JsValue> settings)
    {
        m_recordedSettings = std::move(settings);
    }

    /// app(req, res). Keeps the response alive until it is answered.
    void handle(ServerResponse &response, const Clock &clock) const;

private:
    friend class PipelineRun;
    std::vector<Stage> m_stages;
    /// Compiled mount paths, parallel to m_stages.
    std::vector<std::vector<PathPattern>> m_patterns;
    ExpressSettings m_settings;
    std::shared_ptr<const JsValue> m_recordedSettings;
};

} // namespace rt
