// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/check.h"
#include "lesson/lessonloader.h"

namespace rt {

/// Everything wrong with a lesson, what loading found included, in the order of files and lines.
/// Problems keep a lesson from being played; notices are advice.
std::vector<LessonProblem> lintLesson(const LoadedLesson &loaded);

/// Whether the check asks for something to have happened, not only for something to be absent or
/// set: without, a step would pass by doing nothing.
bool hasPositiveEvidence(const CheckNode &check);

/// What is wrong with one action of a solution or wrong path; empty when nothing is.
QString actionProblem(const JsValue &action, const Lesson &lesson);

/// Problems of the texts: keys that differ from the rules, placeholders, links, HTML.
void lintTexts(const Lesson &lesson, std::vector<LessonProblem> &problems);

} // namespace rt
