// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "lab/labconfig.h"

#include <memory>

namespace rt {

class LabState;
class Pipeline;

/// Mounted in front of every route's handlers instead of on the app (`cors.scope`).
bool isInRoutes(const StackEntry &entry);
/// The stack a configuration describes. The error is what Express or the npm package would stop the
/// program with ("X-Frame-Options received an invalid action \"x\""). `state` must outlive the
/// pipeline.
Result<std::shared_ptr<const Pipeline>> buildPipeline(const LabConfig &config, LabState &state);

/// One stage's middleware on its own, for checking options before they are used. An error as above;
/// nullptr when the stage has none in this configuration.
Result<void> checkStage(const StackEntry &entry);
/// What app.set() would throw for the settings of Express itself ("invalid IP address: x").
Result<void> checkSettings(const LabConfig &config);

} // namespace rt
