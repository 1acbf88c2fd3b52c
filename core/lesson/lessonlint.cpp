// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/lessonlint.h"

#include "lesson/actionrunner.h"
#include "lesson/evidencefields.h"
#include "lesson/labpatch.h"
#include "lesson/lessonplan.h"

#include <algorithm>

namespace rt {

namespace {

using Kind = CheckNode::Kind;

bool isFromStream(const CheckOperand &operand)
{
    switch (operand.kind) {
    case CheckOperand::Kind::Literal:
        return false;
    case CheckOperand::Kind::Path:
        // Settings are no evidence; what the browser holds is.
        return operand.path.front().text != u"server" && operand.path.front().text != u"client";
    case CheckOperand::Kind::Length:
        return isFromStream(*operand.inner);
    case CheckOperand::Kind::Count:
    case CheckOperand::Kind::First:
    case CheckOperand::Kind::Last:
        return operand.source->stream != CheckStream::Change;
    }
    Q_UNREACHABLE();
}

/// "count ... >= 1" needs an item; "count ... < 3" and "count ... == 0" hold without any.
bool countsSomething(const CheckNode &node)
{
    const CheckOperand &left = node.operands.front();
    const CheckOperand &right = node.operands.back();
    if (left.kind != CheckOperand::Kind::Count || !right.literal.isNumber())
        return isFromStream(left) || isFromStream(right);
    const double number = right.literal.toNumber();
    const bool zeroPasses = (node.comparison == Comparison::Equal && number == 0)
        || (node.comparison == Comparison::NotEqual && number != 0)
        || (node.comparison == Comparison::Less && number > 0)
        || node.comparison == Comparison::LessOrEqual
        || (node.comparison == Comparison::GreaterOrEqual && number <= 0)
        || (node.comparison == Comparison::Greater && number < 0);
    return !zeroPasses;
}

/// Settings as they are when a step of the lesson opens, if every earlier one was solved.
class StartState
{
public:
    explicit StartState(const Lesson &lesson) : m_lesson(lesson), m_config(startConfig(lesson)) { }

    const Result<LabConfig> &config() const { return m_config; }

    void enter(const Step &step)
    {
        if (step.start[u"reset"].toBool())
            m_config = startConfig(m_lesson);
        if (m_config)
            m_config = withPatch(*m_config, step.start);
    }

    void solve(const Step &step)
    {
        for (const JsValue &action : step.solution) {
            if (m_config && action.contains(u"set"))
                apply(action[u"set"].toString().toUtf8(), action[u"to"]);
            if (m_config && action.contains(u"order"))
                apply("server.order", action[u"order"]);
            if (m_config && action.contains(u"page"))
                apply("client.page", action[u"page"]);
        }
    }

    Evidence evidence() const
    {
        JsValue server = nestedSettings(m_config->flattened());
        Evidence evidence;
        evidence.state.insert(QStringLiteral("client"), server[u"client"]);
        evidence.state.insert(QStringLiteral("server"), server);
        for (const char *empty : {"jar", "storage", "loot"})
            evidence.state.insert(QString::fromLatin1(empty), JsValue::object());
        return evidence;
    }

private:
    void apply(const QByteArray &path, const JsValue &value)
    {
        if (const auto changed = m_config->withSetting(path, withOrigins(value)))
            m_config = *changed;
    }

    const Lesson &m_lesson;
    Result<LabConfig> m_config;
};

class Lint
{
public:
    explicit Lint(const LoadedLesson &loaded) : m_lesson(loaded.lesson), m_problems(loaded.problems)
    {
    }

    std::vector<LessonProblem> run()
    {
        m_plan = planLesson(m_lesson, rules(), m_problems);
        lintSteps();
        lintStart();
        lintTexts(m_lesson, m_problems);
        std::stable_sort(m_problems.begin(), m_problems.end(), [](const auto &a, const auto &b) {
            return std::tie(a.file, a.line) < std::tie(b.file, b.line);
        });
        return std::move(m_problems);
    }

private:
    static QString rules() { return QStringLiteral("lesson.json"); }

    void report(const QString &key, const QString &message, bool notice = false)
    {
        const int line = m_lesson.lines.value(u'/' + key);
        m_problems.push_back({rules(), line, key, message, notice});
    }

    void lintSteps()
    {
        bool refuses = false;
        for (size_t i = 0; i < m_lesson.steps.size(); ++i) {
            const Step &step = m_lesson.steps.at(i);
            const QString key = QStringLiteral("steps/%1").arg(i);
            refuses = refuses || !step.wrong.empty();
            lintStep(step, key);
            lintEvidence(step, m_plan.steps.at(i), key);
        }
        if (!refuses)
            report(QStringLiteral("steps"), QStringLiteral("the lesson has no wrong path"));
    }

    void lintStep(const Step &step, const QString &key)
    {
        const bool asks = step.kind == Step::Kind::Predict || step.kind == Step::Kind::Quiz;
        if (asks && step.questions.isEmpty())
            report(key, QStringLiteral("the step asks no question"));
        if (step.kind != Step::Kind::Read && step.solution.isEmpty())
            report(key, QStringLiteral("the step has no solution"));
        const bool wantsWrong = step.kind == Step::Kind::Do || step.kind == Step::Kind::Find;
        if (wantsWrong && step.wrong.empty())
            report(key, QStringLiteral("the step has no wrong path"), true);
        if (step.focus && m_lesson.level > 2)
            report(key + QStringLiteral("/focus"),
                   QStringLiteral("controls are only limited in levels 1 and 2"));
        lintActions(step.solution, key + QStringLiteral("/solution"));
        for (size_t i = 0; i < step.wrong.size(); ++i)
            lintActions(step.wrong.at(i).actions, key + QStringLiteral("/wrong/%1/do").arg(i));
    }

    void lintActions(const QList<JsValue> &actions, const QString &key)
    {
        for (qsizetype i = 0; i < actions.size(); ++i) {
            const QString problem = actionProblem(actions.at(i), m_lesson);
            if (!problem.isEmpty())
                report(key + u'/' + QString::number(i), problem);
        }
    }

    void lintEvidence(const Step &step, const StepPlan &plan, const QString &key)
    {
        const bool wantsEvidence = step.kind == Step::Kind::Do || step.kind == Step::Kind::Find;
        if (!plan.check)
            return;
        if (wantsEvidence && !hasPositiveEvidence(plan.check->tree()))
            report(key + QStringLiteral("/check"),
                   QStringLiteral("the check holds without anything having happened"));
        lintSequences(plan.check->tree(), key + QStringLiteral("/check"));
    }

    /// Only the first of two "none" in a row would forbid anything.
    void lintSequences(const CheckNode &node, const QString &key)
    {
        for (size_t i = 1; i < node.items.size(); ++i) {
            if (node.items.at(i).none && node.items.at(i - 1).none)
                report(key, QStringLiteral("two \"none\" may not follow each other"));
        }
        for (const auto &child : node.children)
            lintSequences(*child, key);
    }

    void lintStart()
    {
        StartState state(m_lesson);
        if (!state.config())
            return report(QStringLiteral("start"), state.config().error().message);
        for (size_t i = 0; i < m_lesson.steps.size(); ++i) {
            const Step &step = m_lesson.steps.at(i);
            const QString key = QStringLiteral("steps/%1").arg(i);
            state.enter(step);
            if (!state.config())
                return report(key + QStringLiteral("/start"), state.config().error().message);
            const auto &check = m_plan.steps.at(i).check;
            if (check && check->holds(state.evidence()))
                report(key + QStringLiteral("/check"),
                       QStringLiteral("the check is true before the step begins"));
            state.solve(step);
        }
    }

    const Lesson &m_lesson;
    std::vector<LessonProblem> m_problems;
    LessonPlan m_plan;
};

} // namespace

bool hasPositiveEvidence(const CheckNode &check)
{
    const auto child = [](const auto &part) { return hasPositiveEvidence(*part); };
    switch (check.kind) {
    case Kind::And:
        return std::any_of(check.children.begin(), check.children.end(), child);
    case Kind::Or:
        return std::all_of(check.children.begin(), check.children.end(), child);
    case Kind::Exists:
    case Kind::Every:
        return check.source.stream != CheckStream::Change;
    case Kind::Sequence:
        return std::any_of(check.items.begin(), check.items.end(), [](const SequenceItem &item) {
            return !item.none && item.source.stream != CheckStream::Change;
        });
    case Kind::Correct:
    case Kind::Answered:
    case Kind::Picked:
        return true;
    case Kind::Compare:
        return countsSomething(check);
    case Kind::In:
    case Kind::Matches:
    case Kind::Present:
    case Kind::Truthy:
        return isFromStream(check.operands.front());
    case Kind::Not:
    case Kind::No:
    case Kind::Absent:
        return false;
    }
    Q_UNREACHABLE();
}

std::vector<LessonProblem> lintLesson(const LoadedLesson &loaded)
{
    return Lint(loaded).run();
}

} // namespace rt
