// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace rt {

/// Plays the tour on a live lab without a window and prints the annotated traffic. This is what
/// `roundtrip` does when there is no display.
int tourCommand(const QStringList &arguments);

} // namespace rt
