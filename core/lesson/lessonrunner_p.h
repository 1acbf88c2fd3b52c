// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/labsession.h"
#include "lesson/actionrunner.h"
#include "lesson/evidenceitems.h"
#include "lesson/lessonplan.h"
#include "lesson/lessonrunner.h"

#include <QElapsedTimer>
#include <QTimer>

namespace rt {

/// The state of a lesson that is being played; LessonRunner is its face.
class LessonRunner::Private
{
public:
    Private(LabSession &session, LessonRunner *runner)
        : lab(session), q(runner),
          actions(
              session, [this](const JsValue &action) { return perform(action); },
              [this](const QString &check) { return holds(check); })
    {
    }

    bool isOpen() const { return running && current < static_cast<int>(lesson.steps.size()); }
    const Step &step() const { return lesson.steps.at(static_cast<size_t>(current)); }
    StepState &state() { return states.at(static_cast<size_t>(current)); }
    const StepPlan &stepPlan() const { return plan.steps.at(static_cast<size_t>(current)); }

    void take(const std::vector<CaptureItem> &records);
    void evaluate();
    void open(int step);
    void enter();
    void pass();
    Result<void> perform(const JsValue &action);
    Result<bool> holds(const QString &check);
    Result<void> pickWhere(const JsValue &action);

    LabSession &lab;
    LessonRunner *q;
    Lesson lesson;
    LessonPlan plan;
    Evidence evidence;
    EvidenceItems items;
    bool running = false;
    bool evaluating = false;
    bool helped = false;
    int current = 0;
    std::vector<StepState> states;
    QHash<QString, JsValue> answers;
    ActionRunner actions;
    QTimer tick;
    QElapsedTimer stepTime;
    Labels labels;

private:
    void refresh();
    bool isCommitted() const;
    JsValue correctAnswer(const Question &question) const;
    QString presentMistake() const;
    std::vector<Clause> explain() const;
    int tries() const;
};

} // namespace rt
