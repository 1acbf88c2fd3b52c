// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "capture/exchangerecord.h"
#include "lesson/lesson.h"

#include <QObject>

#include <functional>
#include <memory>

namespace rt {

class LabSession;

/// One clause of a check with its truth, for the "not yet, because" list.
struct Clause
{
    bool holds = false;
    QString sentence;
    /// The nearest miss: "Access-Control-Max-Age is 60, wanted 600"; empty when none.
    QString nearMiss;
    friend bool operator==(const Clause &, const Clause &) = default;
};

struct StepState
{
    enum class Phase { Waiting, Open, Passed, Shown };
    Phase phase = Phase::Waiting;
    int hintsOpened = 0;
    int tries = 0;
    /// Id of the mistake that is true now; empty when none.
    QString mistake;
    std::vector<Clause> clauses;
    /// How long the step took; 0 until it has passed.
    qint64 milliseconds = 0;
    /// Lab time of the pass, milliseconds since the epoch.
    qint64 passedAt = 0;
    friend bool operator==(const StepState &, const StepState &) = default;
};

/// Plays one lesson on one lab: keeps the evidence, evaluates the open step's check on every new
/// item, setting change and 250 ms tick, latches passes.
class LessonRunner : public QObject
{
    Q_OBJECT

public:
    explicit LessonRunner(LabSession &lab, QObject *parent = nullptr);
    ~LessonRunner() override;

    /// Puts the lab into the lesson's start state and opens its first step.
    void start(const Lesson &lesson);
    void stop();
    bool isRunning() const;
    const Lesson &lesson() const;
    /// Index of the open step; steps().size() when the lesson is finished.
    int currentStep() const;
    const StepState &state(int step) const;
    bool isFinished() const;

    /// Commits an answer; for a predict step this unlocks sending. Keys for single and multi.
    void answer(const QString &question, const JsValue &value);
    bool isAnswered(const QString &question) const;
    bool isCorrect(const QString &question) const;
    JsValue answerGiven(const QString &question) const;
    /// The learner clicked a field of the traffic: path as in the check language.
    void pick(const QString &stream, const QString &path, quint64 itemId);
    /// "Next" of a read step.
    void next();
    void restartStep();
    /// Opens the next hint; false when all are open.
    bool openHint();
    /// Runs the step's solution and marks it as shown.
    void showMe();
    /// Runs actions of a solution or wrong path, one after the other, waiting before each until no
    /// call is in flight. `actionsFinished` follows.
    void runActions(const QList<JsValue> &actions);
    /// Controls left enabled; nullopt when all are.
    std::optional<QStringList> focus() const;
    /// What stands for {{ui:…}} and {{set:…}} in texts: called with "ui" or "set" and the control's
    /// or setting's name. Without, the last part of the name is shown.
    using Labels = std::function<QString(const QString &kind, const QString &name)>;
    void setLabels(Labels labels);
    /// Text with {{v:…}}, {{ui:…}} and {{set:…}} replaced.
    QString resolve(const QString &markdown) const;

signals:
    void lessonStarted();
    void stepOpened(int step);
    void stepStateChanged(int step);
    void stepPassed(int step);
    void lessonFinished();
    void actionsFinished();
    /// An action could not be run; the rest is dropped.
    void actionsFailed(const rt::Error &error);

private:
    QString value(const QString &expression) const;

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rt
