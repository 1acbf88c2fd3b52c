// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lessonrunner.h"

#include <QTimer>
#include <QUrl>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace rt {

class Card;
class ClauseCard;
class MarkdownView;
class QuestionCard;
class Theme;
enum class Token;

/// The open step: what to do, its questions, what is missing, help. Made anew for each step.
class LessonStepView final : public QWidget
{
    Q_OBJECT

public:
    LessonStepView(LessonRunner &runner, const QString &language, const Theme &theme,
                   QWidget *parent);

    int step() const { return m_step; }
    /// Shows what the runner knows now.
    void refresh();
    /// Markdown for the line of the finished step: the prediction beside the truth, then the text
    /// shown on passing.
    QString summary() const;

signals:
    void linkActivated(const QUrl &url);
    /// An answer was committed: Send may unlock.
    void answered();

private:
    const Step &rules() const;
    StepText texts() const;
    Card *textCard(Token surface, const QString &caption, const QString &markdown);
    void setupInstruction();
    void setupQuestions();
    void setupHelp();
    void refreshHints(const StepState &state);
    void refreshMistake(const StepState &state);
    void commit(QuestionCard *card, const JsValue &value);

    LessonRunner &m_runner;
    const LessonText &m_text;
    const Theme &m_theme;
    const int m_step;
    QVBoxLayout *m_column;
    QVBoxLayout *m_hints = nullptr;
    std::vector<QuestionCard *> m_questions;
    Card *m_mistake = nullptr;
    MarkdownView *m_mistakeText = nullptr;
    ClauseCard *m_clauses = nullptr;
    QPushButton *m_hintButton = nullptr;
    QPushButton *m_show = nullptr;
    QTimer m_hintPause;
    int m_hintsShown = 0;
};

} // namespace rt
