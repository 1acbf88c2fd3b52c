// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace rt {

/// `roundtrip explain FILE [--json]`.
int explainCommand(const QStringList &arguments);

} // namespace rt
