// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "options/optionspec.h"

namespace rt {

/// The options of each middleware, one row per option in the package's documented order. Forms,
/// lab files, Express code, help and lesson checks derive from these rows; the middleware itself
/// takes its defaults from them.
const OptionTable &corsOptions();
const OptionTable &helmetOptions();
const OptionTable &compressionOptions();
const OptionTable &hppOptions();
const OptionTable &jsonOptions();
const OptionTable &urlencodedOptions();
const OptionTable &textOptions();
const OptionTable &rawOptions();
const OptionTable &cookieParserOptions();
const OptionTable &cookieSessionOptions();
const OptionTable &sessionOptions();

} // namespace rt
