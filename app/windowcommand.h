// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

class QApplication;

namespace rt {

/// Opens the window, with `files` if any, and runs until it is closed. Exit codes as the command
/// line's: 0 done, 3 could not run.
int windowCommand(QApplication &application, const QStringList &files);

} // namespace rt
