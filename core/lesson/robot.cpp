// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/robot.h"

#include "lab/labsession.h"
#include "lesson/lessonrunner.h"
#include "lesson/progress.h"

#include <QDir>
#include <QFile>

namespace rt {

namespace {

constexpr int solutionMs = 10'000;
/// Long enough for what was under way when a step opened to arrive, were there anything.
constexpr int openingMs = 40;

} // namespace

Robot::Robot(NewLab newLab, QObject *parent) : QObject(parent), m_newLab(std::move(newLab))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Robot::timeOut);
}

Robot::~Robot() = default;

void Robot::playSolutions(const Lesson &lesson)
{
    begin(lesson, {Run {}});
}

void Robot::playWrongPaths(const Lesson &lesson)
{
    std::vector<Run> runs;
    for (size_t step = 0; step < lesson.steps.size(); ++step) {
        for (size_t path = 0; path < lesson.steps.at(step).wrong.size(); ++path)
            runs.push_back({static_cast<int>(step), path});
    }
    begin(lesson, std::move(runs));
}

void Robot::begin(const Lesson &lesson, std::vector<Run> runs)
{
    m_lesson = lesson;
    m_runs = std::move(runs);
    startNextRun();
}

/// Each run has a lab of its own, so that nothing is left of the one before.
void Robot::startNextRun()
{
    m_timer.stop();
    m_runner.reset();
    m_lab.reset();
    if (m_runs.empty()) {
        emit finished();
        return;
    }
    m_run = m_runs.front();
    m_runs.erase(m_runs.begin());
    m_lab = m_newLab();
    if (!m_lab)
        return conclude(false, QStringLiteral("the lab could not be started"));
    m_runner = std::make_unique<LessonRunner>(*m_lab);
    // Queued: a run may end, and its runner with it, inside what the runner announces.
    connect(m_runner.get(), &LessonRunner::stepPassed, this, &Robot::stepPassed,
            Qt::QueuedConnection);
    connect(m_runner.get(), &LessonRunner::actionsFinished, this, &Robot::actionsFinished,
            Qt::QueuedConnection);
    connect(
        m_runner.get(), &LessonRunner::actionsFailed, this,
        [this](const Error &error) { conclude(false, error.message); }, Qt::QueuedConnection);
    m_runner->start(m_lesson);
    m_step = 0;
    openStep();
}

const WrongPath *Robot::wrongPath() const
{
    return m_run.step == m_step && m_run.step >= 0
        ? &m_lesson.steps.at(static_cast<size_t>(m_run.step)).wrong.at(m_run.path)
        : nullptr;
}

/// A step that passes by itself would do so now.
void Robot::openStep()
{
    m_phase = Phase::Opening;
    m_timer.start(openingMs);
}

void Robot::timeOut()
{
    switch (m_phase) {
    case Phase::Opening:
        return act();
    case Phase::Solving:
    case Phase::Erring:
        return conclude(false, whyNot());
    case Phase::Settling:
        return judgeWrongPath();
    }
}

void Robot::act()
{
    const Step &step = m_lesson.steps.at(static_cast<size_t>(m_step));
    const WrongPath *wrong = wrongPath();
    m_phase = wrong ? Phase::Erring : Phase::Solving;
    m_timer.start(solutionMs);
    if (wrong)
        m_runner->runActions(wrong->actions);
    else if (step.kind == Step::Kind::Read && step.solution.isEmpty())
        m_runner->next();
    else
        m_runner->runActions(step.solution);
}

void Robot::actionsFinished()
{
    if (m_phase != Phase::Erring)
        return;
    m_phase = Phase::Settling;
    m_timer.start(m_settleMs);
}

void Robot::stepPassed()
{
    if (m_phase == Phase::Opening)
        return conclude(false,
                        QStringLiteral("%1 passes before anything was done")
                            .arg(m_lesson.steps.at(static_cast<size_t>(m_step)).id));
    if (wrongPath())
        return conclude(false, QStringLiteral("the step passes"));
    ++m_step;
    if (m_runner->isFinished())
        finishSolutions();
    else
        openStep();
}

void Robot::finishSolutions()
{
    m_outline = toJson(progressOutline(*m_runner), QStringLiteral(" ")) + '\n';
    QFile golden(QDir(m_lesson.folder).filePath(QStringLiteral("golden.json")));
    if (golden.open(QIODevice::ReadOnly)) {
        const auto wanted = parseJson(QByteArrayView(golden.readAll()));
        const auto *value = std::get_if<JsValue>(&wanted);
        if (!value || !(*value == progressOutline(*m_runner)))
            return conclude(false,
                            QStringLiteral("the progress differs from golden.json: %1")
                                .arg(QString::fromUtf8(m_outline).simplified()));
    }
    conclude(true, {});
}

void Robot::judgeWrongPath()
{
    const QString shown = m_runner->state(m_step).mistake;
    const QString &wanted = wrongPath()->mistake;
    const LessonText &text = m_lesson.text();
    const QString stepId = m_lesson.steps.at(static_cast<size_t>(m_step)).id;
    const QString words = m_runner->resolve(text.steps.value(stepId).mistakes.value(shown));
    if (shown == wanted)
        return conclude(true, words);
    conclude(false,
             QStringLiteral("the mistake \"%1\" shows instead of \"%2\"").arg(shown, wanted));
}

QString Robot::whyNot() const
{
    const QString stepId = m_lesson.steps.at(static_cast<size_t>(m_step)).id;
    if (m_phase == Phase::Erring)
        return QStringLiteral("%1: the actions do not come to an end").arg(stepId);
    QStringList reasons;
    for (const Clause &clause : m_runner->state(m_step).clauses) {
        if (!clause.holds)
            reasons.append(clause.nearMiss.isEmpty()
                               ? clause.sentence
                               : QStringLiteral("%1 (%2)").arg(clause.sentence, clause.nearMiss));
    }
    return QStringLiteral("%1 does not pass: %2").arg(stepId, reasons.join(QStringLiteral("; ")));
}

void Robot::conclude(bool passed, const QString &message)
{
    m_timer.stop();
    RobotVerdict result {m_lesson.id, {}, passed, message};
    if (m_run.step >= 0) {
        const Step &step = m_lesson.steps.at(static_cast<size_t>(m_run.step));
        result.path = step.id + u' ' + step.wrong.at(m_run.path).id;
    }
    emit verdict(result);
    QMetaObject::invokeMethod(this, &Robot::startNextRun, Qt::QueuedConnection);
}

} // namespace rt
