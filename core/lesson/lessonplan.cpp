// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/lessonplan.h"

namespace rt {

namespace {

class Planner
{
public:
    Planner(const Lesson &lesson, const QString &file, std::vector<LessonProblem> &problems)
        : m_lesson(lesson), m_file(file), m_problems(problems)
    {
    }

    LessonPlan plan()
    {
        LessonPlan plan;
        for (size_t i = 0; i < m_lesson.steps.size(); ++i)
            plan.steps.push_back(step(i));
        for (const Question &question : m_lesson.questions)
            addAnswer(question, plan);
        return plan;
    }

private:
    StepPlan step(size_t index)
    {
        const Step &step = m_lesson.steps.at(index);
        const QString key = QStringLiteral("steps/%1").arg(index);
        StepPlan plan;
        if (!step.check.isEmpty())
            plan.check = compiled(step.check, key + QStringLiteral("/check"));
        for (size_t i = 0; i < step.mistakes.size(); ++i) {
            const LessonMistake &mistake = step.mistakes.at(i);
            auto when = compiled(mistake.when, key + QStringLiteral("/mistakes/%1/when").arg(i));
            if (when)
                plan.mistakes.emplace_back(mistake.id, *std::move(when));
        }
        return plan;
    }

    std::optional<Check> compiled(const QString &text, const QString &key)
    {
        auto check = Check::compile(text, m_lesson.defs);
        if (check) {
            checkQuestions(check->tree(), key);
            return *std::move(check);
        }
        report(key, check.error());
        return std::nullopt;
    }

    /// correct(q) and answered(q) of a question that the lesson does not ask can never hold.
    void checkQuestions(const CheckNode &node, const QString &key)
    {
        const bool asks
            = node.kind == CheckNode::Kind::Correct || node.kind == CheckNode::Kind::Answered;
        if (asks && !m_lesson.questions.contains(node.question))
            report(
                key,
                {node.position, QStringLiteral("there is no question \"%1\"").arg(node.question)});
        for (const auto &child : node.children)
            checkQuestions(*child, key);
    }

    void addAnswer(const Question &question, LessonPlan &plan)
    {
        if (question.correctFrom.isEmpty())
            return;
        auto value = ValueExpression::compile(question.correctFrom, m_lesson.defs);
        if (value)
            plan.answers.emplace(question.id, *std::move(value));
        else
            report(QStringLiteral("questions/%1/correctFrom").arg(question.id), value.error());
    }

    void report(const QString &key, const CheckError &error)
    {
        m_problems.push_back(
            {m_file, m_lesson.lines.value(u'/' + key), key,
             QStringLiteral("at character %1: %2").arg(error.position + 1).arg(error.message),
             false});
    }

    const Lesson &m_lesson;
    QString m_file;
    std::vector<LessonProblem> &m_problems;
};

} // namespace

LessonPlan planLesson(const Lesson &lesson, const QString &file,
                      std::vector<LessonProblem> &problems)
{
    return Planner(lesson, file, problems).plan();
}

} // namespace rt
