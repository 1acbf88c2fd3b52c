// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/check.h"
#include "lesson/lessontext.h"

#include <unordered_map>

namespace rt {

/// The checks of one step, compiled.
struct StepPlan
{
    /// Missing in read steps.
    std::optional<Check> check;
    /// In the order of the lesson: the first that holds shows its text.
    std::vector<std::pair<QString, Check>> mistakes;
};

/// Everything of a lesson that is written in the check language, compiled.
struct LessonPlan
{
    std::vector<StepPlan> steps;
    /// `correctFrom` of the questions that have one.
    std::unordered_map<QString, ValueExpression> answers;
};

/// Compiles a lesson; what is refused becomes a problem and is left out of the plan.
LessonPlan planLesson(const Lesson &lesson, const QString &file,
                      std::vector<LessonProblem> &problems);

} // namespace rt
