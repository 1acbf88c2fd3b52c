// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lesson.h"

#include <QUrl>
#include <QWidget>

#include <memory>
#include <vector>

namespace rt {

class LessonRunner;
class Theme;

/// The lessons: the list of all, or the one that is being played.
class LessonPanel final : public QWidget
{
    Q_OBJECT

public:
    LessonPanel(LessonRunner &runner, const Theme &theme, QWidget *parent = nullptr);
    ~LessonPanel() override;

    void setLessons(std::vector<Lesson> lessons);
    /// Language of the texts, "en" by default.
    void setLanguage(const QString &language);
    void showList();
    /// False when there is no such lesson or it cannot be played.
    bool startLesson(const QString &id);

signals:
    /// A step was opened or the lesson ended: which controls rest has changed.
    void focusChanged();
    /// "glossary:preflight", or an https address the learner must agree to first.
    void linkActivated(const QUrl &url);
    /// Path of the check language that the step wants marked in the traffic.
    void highlightChanged(const QStringList &paths);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rt
