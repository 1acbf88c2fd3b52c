// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lesson.h"

namespace rt {

/// Something wrong in the files of a lesson, as an author wants to read it.
struct LessonProblem
{
    QString file;
    /// From 1; 0 when the problem belongs to no line.
    int line = 0;
    /// JSON pointer or section the problem belongs to.
    QString key;
    QString message;
    /// Notices are reported but do not keep the lesson from being played.
    bool notice = false;

    /// "lesson.json:12: steps/s1/check: …"
    QString sentence() const;
    friend bool operator==(const LessonProblem &, const LessonProblem &) = default;
};

/// Reads text.<lang>.md. `rules` tells which headings are steps and which are questions; unknown
/// headings and entries become problems.
LessonText parseLessonText(const QString &markdown, const Lesson &rules, const QString &file,
                           std::vector<LessonProblem> &problems);

/// Fills what `text` lacks from the reference language and reports each missing entry as a notice.
void completeFromReference(LessonText &text, const LessonText &reference, const QString &file,
                           std::vector<LessonProblem> &problems);

} // namespace rt
