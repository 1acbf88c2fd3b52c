// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/checklexer.h"

#include <optional>

namespace rt {

/// Finds what can never be right: unknown fields and words, values that cannot be compared, mixed
/// units. Nothing when the check is sound.
std::optional<CheckError> checkTypes(const CheckNode &check);
std::optional<CheckError> checkTypes(const CheckOperand &value);

} // namespace rt
