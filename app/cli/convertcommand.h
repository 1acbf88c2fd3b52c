// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace rt {

/// `roundtrip convert IN OUT [--full]`: any capture format to any other, by extension.
/// `arguments` are those after the word "convert". Exit codes: 0 done, 2 usage, 3 could not run.
int convertCommand(const QStringList &arguments);

} // namespace rt
