// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lessontext.h"

namespace rt {

/// Reads the rules of a lesson from the text of lesson.json. Whatever is unknown, missing or of the
/// wrong type becomes a problem with its line and key; the rest is read nevertheless.
Lesson readLesson(QByteArrayView json, const QString &file, std::vector<LessonProblem> &problems);

} // namespace rt
