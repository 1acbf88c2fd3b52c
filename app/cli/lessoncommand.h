// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace rt {

/// `roundtrip lesson list|lint|play [--all|ID…] [--wrong]`: lists lessons, checks their files, or
/// lets a robot play their solutions or wrong paths. `arguments` are those behind the word lesson.
/// Returns the exit code: 0 done, 1 a check failed, 2 usage, 3 no lessons found.
int lessonCommand(const QStringList &arguments);

} // namespace rt
