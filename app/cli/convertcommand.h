// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace rt {

/// `roundtrip convert IN OUT [--full]`.
int convertCommand(const QStringList &arguments);

} // namespace rt
