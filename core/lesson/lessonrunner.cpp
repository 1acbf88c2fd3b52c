// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/lessonrunner.h"

#include "lesson/checknames.h"
#include "lesson/labpatch.h"
#include "lesson/lessonrunner_p.h"
#include "lesson/placeholders.h"

#include <algorithm>

namespace rt {

namespace {

constexpr int tickMs = 250;

/// A control or setting in words when nobody knows a label for it: "client.send" -> "send".
QString lastName(const QString &dotted)
{
    return dotted.section(u'.', -1);
}

} // namespace

LessonRunner::LessonRunner(LabSession &lab, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(lab, this))
{
    d->tick.setInterval(tickMs);
    connect(&d->tick, &QTimer::timeout, this, [this] { d->evaluate(); });
    connect(&lab, &LabSession::itemsArrived, this, [this](const auto &items) { d->take(items); });
    connect(&lab, &LabSession::configChanged, this, [this] { d->evaluate(); });
    connect(&lab, &LabSession::browserStateChanged, this, [this] { d->evaluate(); });
    connect(&d->actions, &ActionRunner::finished, this, &LessonRunner::actionsFinished);
    connect(&d->actions, &ActionRunner::failed, this, &LessonRunner::actionsFailed);
}

LessonRunner::~LessonRunner() = default;

void LessonRunner::start(const Lesson &lesson)
{
    stop();
    d->lesson = lesson;
    std::vector<LessonProblem> problems;
    d->plan = planLesson(lesson, {}, problems);
    d->answers.clear();
    d->states.assign(lesson.steps.size(), StepState());
    d->current = 0;
    d->lab.resetState();
    if (const auto config = startConfig(lesson))
        d->lab.setConfig(*config, true);
    d->evidence.clear();
    d->evidence.lessonStart = d->lab.elapsed();
    d->evidence.now = d->evidence.lessonStart;
    d->running = true;
    d->tick.start();
    emit lessonStarted();
    if (d->isOpen())
        d->open(0);
}

void LessonRunner::stop()
{
    d->running = false;
    d->actions.stop();
    d->tick.stop();
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
    const bool committed
        = d->isOpen() && d->step().kind == Step::Kind::Predict && d->answers.contains(question);
    if (committed || !d->lesson.questions.contains(question))
        return;
    d->answers.insert(question, value);
    if (!d->isOpen())
        return;
    if (d->step().kind == Step::Kind::Quiz)
        ++d->state().tries;
    const int answered = d->current;
    d->evaluate();
    if (d->current == answered)
        emit stepStateChanged(answered);
}

bool LessonRunner::isAnswered(const QString &question) const
{
    return d->answers.contains(question);
}

bool LessonRunner::isCorrect(const QString &question) const
{
    return d->evidence.correct.contains(question);
}

JsValue LessonRunner::answerGiven(const QString &question) const
{
    return d->answers.value(question);
}

void LessonRunner::pick(const QString &stream, const QString &path, quint64 itemId)
{
    const QString name = stream.isEmpty() ? checkStreamName(CheckStream::Http) : stream;
    const auto target = parsePickTarget(name + QStringLiteral(": ") + path);
    const EvidenceItem *item = target ? d->evidence.find(target->stream, itemId) : nullptr;
    if (!item || !d->isOpen())
        return;
    const double when = std::max(d->lab.elapsed(), d->evidence.stepStart);
    d->evidence.picked = PickedField {when, target->stream, pathText(target->path), *item};
    d->evaluate();
}

void LessonRunner::next()
{
    if (d->isOpen() && d->step().kind == Step::Kind::Read)
        d->pass();
}

void LessonRunner::restartStep()
{
    if (!d->isOpen())
        return;
    for (const QString &question : d->step().questions)
        d->answers.remove(question);
    d->state().tries = 0;
    d->enter();
    d->evaluate();
    emit stepStateChanged(d->current);
}

bool LessonRunner::openHint()
{
    if (!d->isOpen() || d->state().hintsOpened >= d->step().hints)
        return false;
    ++d->state().hintsOpened;
    emit stepStateChanged(d->current);
    return true;
}

void LessonRunner::showMe()
{
    if (!d->isOpen())
        return;
    d->helped = true;
    runActions(d->step().solution);
}

void LessonRunner::runActions(const QList<JsValue> &actions)
{
    d->actions.run(actions);
}

std::optional<QStringList> LessonRunner::focus() const
{
    return d->isOpen() ? d->step().focus : std::nullopt;
}

void LessonRunner::setLabels(Labels labels)
{
    d->labels = std::move(labels);
}

QString LessonRunner::resolve(const QString &markdown) const
{
    return withoutPlaceholders(markdown, [this](const Placeholder &placeholder) {
        if (placeholder.kind != u"v")
            return d->labels ? d->labels(placeholder.kind, placeholder.argument)
                             : lastName(placeholder.argument);
        return value(placeholder.argument);
    });
}

QString LessonRunner::value(const QString &expression) const
{
    const auto compiled = ValueExpression::compile(expression, d->lesson.defs);
    if (!compiled)
        return QStringLiteral("?");
    JsValue found = compiled->value(d->evidence);
    if (found.isNullish()) { // a text that is read after its step has passed
        Evidence whole = d->evidence;
        whole.stepStart = whole.lessonStart;
        found = compiled->value(whole);
    }
    return found.isNullish() ? QStringLiteral("?") : found.asText();
}

} // namespace rt
