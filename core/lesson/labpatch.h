// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/labconfig.h"
#include "lesson/lesson.h"

namespace rt {

/// `config` with the "server" and "client" settings of a lesson's start patch; "$app" and its like
/// become the origins they stand for. The error names the setting.
Result<LabConfig> withPatch(LabConfig config, const JsValue &patch);

/// The settings a lesson starts with: its preset and its patch.
Result<LabConfig> startConfig(const Lesson &lesson);

/// Replaces "$name" at the start of every text inside the value by its virtual origin.
JsValue withOrigins(const JsValue &value);

} // namespace rt
