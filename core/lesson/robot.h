// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lesson.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace rt {

class LabSession;
class LessonRunner;
struct Error;

/// What came of one lesson (solutions) or one wrong path.
struct RobotVerdict
{
    QString lesson;
    /// "s2 w1" for a wrong path; empty for the lesson as a whole.
    QString path;
    bool passed = false;
    /// Why it failed; the mistake's text that a refused wrong path showed.
    QString message;
};

/// Plays a lesson as a learner would, through the lab's command layer. Solutions: each step's check
/// is false before its solution and true within ten seconds after it, and the progress comes out as
/// recorded. Wrong paths: each in a fresh lab after the earlier solutions; the step must not pass
/// and exactly the named mistake must show.
class Robot : public QObject
{
    Q_OBJECT

public:
    /// A lab that has been started, for one run.
    using NewLab = std::function<std::unique_ptr<LabSession>()>;

    explicit Robot(NewLab newLab, QObject *parent = nullptr);
    ~Robot() override;

    void playSolutions(const Lesson &lesson);
    void playWrongPaths(const Lesson &lesson);
    /// How long a wrong path is watched once nothing is in flight; 500 ms.
    void setSettleTime(int milliseconds) { m_settleMs = milliseconds; }
    /// Progress outline of the last lesson whose solutions were played to the end.
    QByteArray outline() const { return m_outline; }

signals:
    void verdict(const rt::RobotVerdict &verdict);
    void finished();

private:
    /// A wrong path to try, or (step -1) the solutions to the end.
    struct Run
    {
        int step = -1;
        size_t path = 0;
    };
    enum class Phase { Opening, Solving, Erring, Settling };

    void begin(const Lesson &lesson, std::vector<Run> runs);
    void startNextRun();
    void openStep();
    void act();
    void actionsFinished();
    void stepPassed();
    void finishSolutions();
    void judgeWrongPath();
    void timeOut();
    void conclude(bool passed, const QString &message);
    QString whyNot() const;
    const WrongPath *wrongPath() const;

    NewLab m_newLab;
    Lesson m_lesson;
    std::vector<Run> m_runs;
    Run m_run;
    std::unique_ptr<LabSession> m_lab;
    std::unique_ptr<LessonRunner> m_runner;
    Phase m_phase = Phase::Opening;
    int m_step = 0;
    QTimer m_timer;
    int m_settleMs = 500;
    QByteArray m_outline;
};

} // namespace rt
