// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "options/optionspec.h"

namespace rt {

/// Whether a value can stand for this option: its shape first (what no reading of the package's
/// documentation allows), then the package's own objection. The error ends a sentence that begins
/// with the option's name.
Result<void> checkOption(const OptionSpec &spec, const JsValue &value);
/// The shape only, as a lab file is checked: package objections come from the package's part.
Result<void> checkOptionShape(const OptionSpec &spec, const JsValue &value);
/// "true or false", "a number" ...: what an option of this kind expects.
QString expectedShape(const OptionSpec &spec);

} // namespace rt
