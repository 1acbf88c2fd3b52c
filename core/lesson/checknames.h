// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/checktree.h"

namespace rt {

/// "http" -> Http; nullopt for a word that is no stream.
std::optional<CheckStream> checkStream(QStringView name);
QString checkStreamName(CheckStream stream);

/// The condition a built-in macro stands for ("pf" -> kind == "preflight").
std::optional<QString> checkMacro(QStringView name);

/// The comparison written as `word` ("==", "has", ...).
std::optional<Comparison> checkComparison(QStringView word);
QString checkComparisonName(Comparison comparison);

} // namespace rt
