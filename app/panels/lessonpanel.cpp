// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/lessonpanel.h"

namespace rt {

class LessonPanel::Private
{
public:
    LessonRunner &runner;
    const Theme &theme;
    std::vector<Lesson> lessons;
    QString language;
};

LessonPanel::LessonPanel(LessonRunner &runner, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , d(std::unique_ptr<Private>(new Private {runner, theme, {}, {}}))
{
}

LessonPanel::~LessonPanel() = default;

void LessonPanel::setLessons(std::vector<Lesson> lessons)
{
    d->lessons = std::move(lessons);
}

void LessonPanel::setLanguage(const QString &language)
{
    d->language = language;
}

void LessonPanel::showList() { }

bool LessonPanel::startLesson(const QString &)
{
    return false;
}

} // namespace rt
