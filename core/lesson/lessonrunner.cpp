// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/lessonrunner.h"

#include "lab/labsession.h"

namespace rt {

class LessonRunner::Private
{
public:
    explicit Private(LabSession &session) : lab(session) { }

    LabSession &lab;
    Lesson lesson;
    bool running = false;
    int current = 0;
    std::vector<StepState> states;
    QHash<QString, JsValue> answers;
};

LessonRunner::LessonRunner(LabSession &lab, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(lab))
{
}

LessonRunner::~LessonRunner() = default;

void LessonRunner::start(const Lesson &lesson)
{
    d->lesson = lesson;
    d->running = true;
    d->current = 0;
    d->answers.clear();
    d->states.assign(lesson.steps.size(), StepState());
    emit lessonStarted();
    if (!isFinished()) {
        d->states.front().phase = StepState::Phase::Open;
        emit stepOpened(0);
    }
}

void LessonRunner::stop()
{
    d->running = false;
}

bool LessonRunner::isRunning() const
{
    return d->running;
}

const Lesson &LessonRunner::lesson() const
{
    return d->lesson;
}

int LessonRunner::currentStep() const
{
    return d->current;
}

const StepState &LessonRunner::state(int step) const
{
    return d->states.at(static_cast<size_t>(step));
}

bool LessonRunner::isFinished() const
{
    return d->current >= static_cast<int>(d->lesson.steps.size());
}

void LessonRunner::answer(const QString &question, const JsValue &value)
{
    d->answers.insert(question, value);
    if (!isFinished())
        emit stepStateChanged(d->current);
}

bool LessonRunner::isAnswered(const QString &question) const
{
    return d->answers.contains(question);
}

bool LessonRunner::isCorrect(const QString &question) const
{
    return d->answers.contains(question)
        && d->answers.value(question) == d->lesson.questions.value(question).correct;
}

JsValue LessonRunner::answerGiven(const QString &question) const
{
    return d->answers.value(question);
}

void LessonRunner::pick(const QString &stream, const QString &path, quint64 itemId)
{
    Q_UNUSED(stream)
    Q_UNUSED(path)
    Q_UNUSED(itemId)
}

void LessonRunner::next()
{
    if (isFinished())
        return;
    const int passed = d->current++;
    d->states.at(static_cast<size_t>(passed)).phase = StepState::Phase::Passed;
    emit stepPassed(passed);
    if (isFinished()) {
        emit lessonFinished();
        return;
    }
    d->states.at(static_cast<size_t>(d->current)).phase = StepState::Phase::Open;
    emit stepOpened(d->current);
}

void LessonRunner::restartStep() { }

bool LessonRunner::openHint()
{
    if (isFinished())
        return false;
    StepState &state = d->states.at(static_cast<size_t>(d->current));
    if (state.hintsOpened >= d->lesson.steps.at(static_cast<size_t>(d->current)).hints)
        return false;
    ++state.hintsOpened;
    emit stepStateChanged(d->current);
    return true;
}

void LessonRunner::showMe() { }

void LessonRunner::runActions(const QList<JsValue> &actions)
{
    Q_UNUSED(actions)
    emit actionsFinished();
}

std::optional<QStringList> LessonRunner::focus() const
{
    if (!d->running || isFinished())
        return std::nullopt;
    return d->lesson.steps.at(static_cast<size_t>(d->current)).focus;
}

QString LessonRunner::resolve(const QString &markdown) const
{
    return markdown;
}

} // namespace rt
