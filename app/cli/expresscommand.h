// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace rt {

/// `roundtrip express [--config lab.json] [--profile NAME] DIR`.
int expressCommand(const QStringList &arguments);

} // namespace rt
