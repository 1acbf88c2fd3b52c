// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/progress.h"

#include "lesson/lessonrunner.h"

#include <QDateTime>
#include <QFile>
#include <QSaveFile>
#include <QTimeZone>

#include <algorithm>

namespace rt {

namespace {

const QString lessonsKey = QStringLiteral("lessons");
const QString misconceptionsKey = QStringLiteral("misconceptions");

QString keyOf(const QString &pack, const QString &lesson)
{
    return pack + u'/' + lesson;
}

bool isDone(StepState::Phase phase)
{
    return phase == StepState::Phase::Passed || phase == StepState::Phase::Shown;
}

JsValue stepEntry(const StepState &state, bool withTimes)
{
    JsValue entry = JsValue::object();
    const bool shown = state.phase == StepState::Phase::Shown;
    entry.insert(QStringLiteral("state"),
                 JsValue(shown ? QStringLiteral("shown") : QStringLiteral("done")));
    if (withTimes) {
        const auto at = QDateTime::fromMSecsSinceEpoch(state.passedAt, QTimeZone::utc());
        entry.insert(QStringLiteral("at"), JsValue(at.toString(Qt::ISODate)));
    }
    entry.insert(QStringLiteral("tries"), JsValue(state.tries));
    entry.insert(QStringLiteral("hints"), JsValue(state.hintsOpened));
    if (withTimes)
        entry.insert(QStringLiteral("ms"), JsValue(state.milliseconds));
    return entry;
}

JsValue stepEntries(const LessonRunner &runner, bool withTimes)
{
    JsValue steps = JsValue::object();
    const auto &all = runner.lesson().steps;
    for (size_t i = 0; i < all.size(); ++i) {
        const StepState &state = runner.state(static_cast<int>(i));
        if (isDone(state.phase))
            steps.insert(all.at(i).id, stepEntry(state, withTimes));
    }
    return steps;
}

JsValue answerEntries(const LessonRunner &runner)
{
    QStringList questions = runner.lesson().questions.keys();
    questions.sort();
    JsValue answers = JsValue::object();
    for (const QString &question : questions) {
        if (!runner.isAnswered(question))
            continue;
        JsValue answer = JsValue::object();
        answer.insert(QStringLiteral("value"), runner.answerGiven(question));
        answer.insert(QStringLiteral("right"), JsValue(runner.isCorrect(question)));
        answers.insert(question, answer);
    }
    return answers;
}

JsValue lessonEntry(const LessonRunner &runner, bool withTimes)
{
    JsValue entry = JsValue::object();
    entry.insert(QStringLiteral("version"), JsValue(runner.lesson().version));
    entry.insert(QStringLiteral("state"),
                 JsValue(runner.isFinished() ? QStringLiteral("done") : QStringLiteral("started")));
    entry.insert(QStringLiteral("steps"), stepEntries(runner, withTimes));
    entry.insert(QStringLiteral("answers"), answerEntries(runner));
    return entry;
}

/// Done without help: nothing shown, no hint, no wrong answer.
bool isUnaided(const LessonRunner &runner, const Step &step, const StepState &state)
{
    return state.phase == StepState::Phase::Passed && state.hintsOpened == 0
        && std::all_of(step.questions.begin(), step.questions.end(),
                       [&](const QString &question) { return runner.isCorrect(question); });
}

int majorVersion(const JsValue &entry)
{
    return entry[u"version"].toString().section(u'.', 0, 0).toInt();
}

JsValue withCount(const JsValue &counts, const QString &name, int more)
{
    JsValue changed = counts.isObject() ? counts : JsValue::object();
    changed.insert(name, JsValue(static_cast<int>(changed[name].toNumber()) + more));
    return changed;
}

bool isBetter(const JsValue &a, const JsValue &b)
{
    const auto rank = [](const JsValue &entry) {
        return (entry[u"state"].toString() == u"done" ? 1000 : 0) + entry[u"steps"].size();
    };
    return rank(a) > rank(b);
}

} // namespace

Result<Progress> Progress::load(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return Progress();
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            QStringLiteral("The progress in %1 cannot be read: %2").arg(path, file.errorString()));
    auto progress = fromJson(file.readAll());
    if (!progress)
        return failure(QStringLiteral("%1: %2").arg(path, progress.error().message));
    return progress;
}

Result<Progress> Progress::fromJson(QByteArrayView json)
{
    const auto parsed = parseJson(json);
    if (const auto *error = std::get_if<JsonError>(&parsed))
        return failure(QStringLiteral("line %1: %2").arg(error->line).arg(error->message));
    Progress progress;
    progress.m_root = std::get<JsValue>(parsed);
    if (progress.m_root[u"format"] != JsValue(1) || !progress.m_root[lessonsKey].isObject())
        return failure(QStringLiteral("this is no progress of format 1"));
    return progress;
}

QByteArray Progress::toJson() const
{
    JsValue root = JsValue::object();
    root.insert(QStringLiteral("format"), JsValue(1));
    for (const QString &key : {lessonsKey, misconceptionsKey}) {
        const JsValue part = m_root[key];
        root.insert(key, part.isObject() ? part : JsValue::object());
    }
    return rt::toJson(root, QStringLiteral(" ")) + '\n';
}

Result<void> Progress::save(const QString &path) const
{
    QSaveFile file(path);
    const QByteArray json = toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(json) != json.size() || !file.commit())
        return failure(
            QStringLiteral("The progress cannot be kept in %1: %2").arg(path, file.errorString()));
    return {};
}

JsValue Progress::lesson(const QString &pack, const QString &lesson) const
{
    return m_root[lessonsKey][keyOf(pack, lesson)];
}

QString Progress::state(const QString &pack, const QString &lessonId) const
{
    return lesson(pack, lessonId)[u"state"].toString(QStringLiteral("new"));
}

void Progress::record(const QString &pack, const LessonRunner &runner)
{
    const QString key = keyOf(pack, runner.lesson().id);
    JsValue lessons = m_root[lessonsKey];
    const JsValue before = lessons[key];
    JsValue entry = lessonEntry(runner, true);
    if (before[u"state"].toString() == u"done" && !runner.isFinished())
        return; // finished lessons stay finished
    const bool sameSteps = majorVersion(before) == majorVersion(entry);
    const bool again = sameSteps && before[u"state"].toString() == u"done";
    lessons.insert(key, entry);
    m_root.insert(lessonsKey, lessons);
    if (again || !runner.isFinished())
        return;
    JsValue known = m_root[misconceptionsKey];
    for (size_t i = 0; i < runner.lesson().steps.size(); ++i) {
        const Step &step = runner.lesson().steps.at(i);
        const bool unaided = isUnaided(runner, step, runner.state(static_cast<int>(i)));
        for (const QString &id : step.misconceptions) {
            JsValue counts = withCount(known[id], QStringLiteral("met"), 1);
            known.insert(id, withCount(counts, QStringLiteral("right"), unaided ? 1 : 0));
        }
    }
    m_root.insert(misconceptionsKey, known.isObject() ? known : JsValue::object());
}

JsValue Progress::misconception(const QString &id) const
{
    return m_root[misconceptionsKey][id];
}

void Progress::merge(const Progress &other)
{
    JsValue lessons = m_root[lessonsKey];
    const JsValue theirs = other.m_root[lessonsKey];
    for (const auto &[key, entry] : theirs.members()) {
        if (isBetter(entry, lessons[key]))
            lessons.insert(key, entry);
    }
    m_root.insert(lessonsKey, lessons.isObject() ? lessons : JsValue::object());
    JsValue known = m_root[misconceptionsKey];
    const JsValue theirCounts = other.m_root[misconceptionsKey];
    for (const auto &[id, counts] : theirCounts.members()) {
        if (counts[u"met"].toNumber() > known[id][u"met"].toNumber())
            known.insert(id, counts);
    }
    m_root.insert(misconceptionsKey, known.isObject() ? known : JsValue::object());
}

JsValue progressOutline(const LessonRunner &runner)
{
    return lessonEntry(runner, false);
}

} // namespace rt
