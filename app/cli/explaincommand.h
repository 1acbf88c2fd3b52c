// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace rt {

/// `roundtrip explain FILE [--json]`: what happened in a HAR or capture, and what mends it.
/// `arguments` are those after the word "explain". Exit codes: 0 done, 2 usage, 3 could not run.
int explainCommand(const QStringList &arguments);

} // namespace rt
