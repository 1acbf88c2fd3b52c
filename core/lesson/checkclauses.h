// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/evidence.h"
#include "lesson/lessonrunner.h"

namespace rt {

/// «Why not yet?»: each top-level clause of the check (each item of a sequence is one) with its
/// truth, in plain words, and for those that fail the nearest miss.
std::vector<Clause> explainCheck(const CheckNode &check, const Evidence &evidence);

} // namespace rt
