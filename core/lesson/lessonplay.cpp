// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/answers.h"
#include "lesson/checkclauses.h"
#include "lesson/checknames.h"
#include "lesson/labpatch.h"
#include "lesson/lessonrunner_p.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rt {

void LessonRunner::Private::take(const std::vector<CaptureItem> &records)
{
    if (!isOpen())
        return;
    for (const CaptureItem &record : records)
        items.put(evidence, record);
    evaluate();
}

/// Brings the evidence up to date: time, the lab's state, which answers are right.
void LessonRunner::Private::refresh()
{
    evidence.now = std::max(evidence.now, lab.elapsed());
    for (int i = 0; i < checkStreamCount; ++i) {
        const auto &stream = evidence.items(static_cast<CheckStream>(i));
        if (!stream.empty())
            evidence.now = std::max(evidence.now, stream.back().t);
    }
    evidence.state = labStateFields(lab);
    evidence.answered.clear();
    evidence.correct.clear();
    for (auto answer = answers.begin(); answer != answers.end(); ++answer) {
        evidence.answered.insert(answer.key());
        const Question question = lesson.questions.value(answer.key());
        if (isRightAnswer(question, *answer, correctAnswer(question)))
            evidence.correct.insert(answer.key());
    }
}

/// What a capture says is right may lie before this step: the whole lesson counts.
JsValue LessonRunner::Private::correctAnswer(const Question &question) const
{
    const auto expression = plan.answers.find(question.id);
    if (expression == plan.answers.end())
        return question.correct;
    Evidence whole = evidence;
    whole.stepStart = whole.lessonStart;
    return expression->second.value(whole);
}

/// A prediction counts when it was made before the run that shows the truth.
bool LessonRunner::Private::isCommitted() const
{
    const QStringList &questions = step().questions;
    return step().kind != Step::Kind::Predict
        || std::all_of(questions.begin(), questions.end(),
                       [this](const QString &id) { return answers.contains(id); });
}

QString LessonRunner::Private::presentMistake() const
{
    for (const auto &[id, when] : stepPlan().mistakes) {
        if (when.holds(evidence))
            return id;
    }
    return {};
}

std::vector<Clause> LessonRunner::Private::explain() const
{
    std::vector<Clause> clauses;
    if (stepPlan().check)
        clauses = explainCheck(stepPlan().check->tree(), evidence);
    if (step().kind == Step::Kind::Predict)
        clauses.insert(clauses.begin(),
                       {isCommitted(), LessonRunner::tr("You have committed a prediction"), {}});
    return clauses;
}

/// What a learner tried in this step: answers in a quiz, otherwise calls.
int LessonRunner::Private::tries() const
{
    if (step().kind == Step::Kind::Quiz)
        return states.at(static_cast<size_t>(current)).tries;
    const auto &calls = evidence.items(CheckStream::Call);
    return static_cast<int>(std::count_if(calls.begin(), calls.end(), [this](const auto &call) {
        return call.t >= evidence.stepStart;
    }));
}

void LessonRunner::Private::evaluate()
{
    // A pass opens the next step, whose start patch changes settings, which evaluates again.
    if (!isOpen() || std::exchange(evaluating, true))
        return;
    refresh();
    StepState &now = state();
    const StepState before = now;
    const bool passed = stepPlan().check && stepPlan().check->holds(evidence) && isCommitted();
    now.clauses = explain();
    now.mistake = passed ? QString() : presentMistake();
    now.tries = tries();
    evaluating = false;
    if (passed)
        pass();
    else if (!(before == now))
        emit q->stepStateChanged(current);
}

void LessonRunner::Private::pass()
{
    const int passed = current;
    state().phase = helped ? StepState::Phase::Shown : StepState::Phase::Passed;
    state().milliseconds = stepTime.elapsed();
    state().passedAt = lab.now();
    ++current;
    emit q->stepPassed(passed);
    if (!running)
        return;
    if (current < static_cast<int>(lesson.steps.size())) {
        open(current);
    } else {
        tick.stop();
        emit q->lessonFinished();
    }
}

void LessonRunner::Private::open(int step)
{
    current = step;
    state().phase = StepState::Phase::Open;
    enter();
    emit q->stepOpened(step);
    evaluate();
}

/// The step begins now: its patch is applied and only what comes from here on counts.
void LessonRunner::Private::enter()
{
    helped = false;
    stepTime.start();
    evidence.picked.reset();
    const bool reset = step().start[u"reset"].toBool();
    if (reset)
        lab.resetState();
    const auto base = reset ? startConfig(lesson) : Result<LabConfig>(lab.config());
    const auto patched = base ? withPatch(*base, step().start) : base;
    if (patched && !(*patched == lab.config()))
        lab.setConfig(*patched, true);
    // After everything seen so far, even if it came from a clock that was moved a moment ago.
    evidence.stepStart = std::max(
        lab.elapsed(), std::nextafter(evidence.now, std::numeric_limits<double>::infinity()));
}

Result<void> LessonRunner::Private::perform(const JsValue &action)
{
    const QString verb = actionVerb(action);
    if (verb == u"answer") {
        const JsValue with = action[u"with"];
        q->answer(action[verb].toString(),
                  with.isString() ? JsValue(q->resolve(with.toString())) : with);
        return {};
    }
    if (verb == u"next") {
        q->next();
        return {};
    }
    if (verb == u"pick")
        return pickWhere(action);
    return failure(QStringLiteral("\"%1\" is no action").arg(verb));
}

/// Clicks a field of the last item of the lesson that meets the condition.
Result<void> LessonRunner::Private::pickWhere(const JsValue &action)
{
    const auto target = parsePickTarget(action[u"pick"].toString());
    if (!target)
        return failure(QStringLiteral("pick: %1").arg(target.error().message));
    const QString stream = checkStreamName(target->stream);
    const QString where = action[u"where"].toString();
    const QString condition = where.isEmpty() ? QString() : u'(' + where + u')';
    const auto id = ValueExpression::compile(
        QStringLiteral("last %1@lesson%2.id").arg(stream, condition), lesson.defs);
    if (!id)
        return failure(QStringLiteral("pick: %1").arg(id.error().message));
    const JsValue found = id->value(evidence);
    if (!found.isNumber())
        return failure(QStringLiteral("pick: there is no such item"));
    q->pick(stream, pathText(target->path), static_cast<quint64>(found.toNumber()));
    return {};
}

Result<bool> LessonRunner::Private::holds(const QString &check)
{
    const auto compiled = Check::compile(check, lesson.defs);
    if (!compiled)
        return failure(QStringLiteral("wait: %1").arg(compiled.error().message));
    refresh();
    return compiled->holds(evidence);
}

} // namespace rt
