// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lessonrunner.h"

#include <QScrollArea>
#include <QUrl>

class QVBoxLayout;

namespace rt {

class CaptionLabel;
class DoneStep;
class LessonStepView;
class MarkdownView;
class StepBars;
class Theme;

/// The lesson that is being played: where it stands, what is done, what is to do now.
class LessonView final : public QScrollArea
{
    Q_OBJECT

public:
    LessonView(LessonRunner &runner, const Theme &theme, QWidget *parent = nullptr);

    void setLanguage(const QString &language) { m_language = language; }
    /// Title of the lesson that follows; empty when this is the last.
    void setNextTitle(const QString &title) { m_nextTitle = title; }

signals:
    void linkActivated(const QUrl &url);
    void answered();
    void nextLessonRequested();
    void listRequested();

private:
    void begin();
    void openStep(int step);
    void closeStep(int step);
    void finish();
    void showProgress();
    void clear(QVBoxLayout *box);
    QString helpSentence() const;

    LessonRunner &m_runner;
    const Theme &m_theme;
    QString m_language = QStringLiteral("en");
    QString m_nextTitle;
    CaptionLabel *m_title = nullptr;
    MarkdownView *m_objective = nullptr;
    StepBars *m_bars = nullptr;
    QVBoxLayout *m_done = nullptr;
    QVBoxLayout *m_open = nullptr;
    DoneStep *m_lastDone = nullptr;
    LessonStepView *m_stepView = nullptr;
};

} // namespace rt
