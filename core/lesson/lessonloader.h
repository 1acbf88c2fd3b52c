// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lessontext.h"

namespace rt {

/// A lesson folder as read: what could be understood, and everything that could not.
struct LoadedLesson
{
    Lesson lesson;
    std::vector<LessonProblem> problems;

    /// False when a problem keeps the lesson from being played.
    bool isSound() const;
};

/// Reads lesson.json and every text.<lang>.md of one folder.
LoadedLesson loadLesson(const QString &folder);

/// The folders <root>/<track>/<lesson> that hold a lesson.json, sorted by path.
QStringList lessonFolders(const QString &root);

/// All lessons below `root` in the order of tracks and their `order`.
std::vector<LoadedLesson> loadLessons(const QString &root);

} // namespace rt
