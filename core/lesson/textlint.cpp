// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfig.h"
#include "lesson/answers.h"
#include "lesson/lessonlint.h"
#include "lesson/placeholders.h"

#include <QRegularExpression>

#include <algorithm>

namespace rt {

namespace {

/// Compares one language with the rules of the lesson, and a translation with the reference.
class TextLint
{
public:
    TextLint(const Lesson &lesson, const LessonText &text, std::vector<LessonProblem> &problems)
        : m_lesson(lesson), m_text(text), m_problems(problems),
          m_file(QStringLiteral("text.%1.md").arg(text.language))
    {
    }

    void run()
    {
        if (m_text.title.isEmpty())
            report({}, QStringLiteral("the title (# ...) is missing"));
        if (m_text.objective.isEmpty())
            report({}, QStringLiteral("the objective (> objective:) is missing"));
        prose({}, m_text.objective);
        for (const Step &step : m_lesson.steps)
            lintStep(step, m_text.steps.value(step.id));
        for (const Question &question : m_lesson.questions)
            lintQuestion(question, m_text.questions.value(question.id));
    }

private:
    void lintStep(const Step &step, const StepText &text)
    {
        if (text.instruction.isEmpty())
            report(step.id,
                   QStringLiteral("the section \"## %1 <instruction>\" is missing").arg(step.id));
        if (text.hints.size() != step.hints)
            report(step.id,
                   QStringLiteral("lesson.json promises %1 hints, here are %2")
                       .arg(step.hints)
                       .arg(text.hints.size()));
        for (const LessonMistake &mistake : step.mistakes) {
            if (text.mistakes.value(mistake.id).isEmpty())
                report(step.id, QStringLiteral("\"> mistake %1:\" is missing").arg(mistake.id));
        }
        for (auto entry = text.mistakes.begin(); entry != text.mistakes.end(); ++entry) {
            const auto same = [&](const LessonMistake &m) { return m.id == entry.key(); };
            if (std::none_of(step.mistakes.begin(), step.mistakes.end(), same))
                report(step.id,
                       QStringLiteral("lesson.json has no mistake \"%1\"").arg(entry.key()));
            prose(step.id, *entry);
        }
        const QStringList entries
            = text.hints + QStringList {text.instruction, text.body, text.after};
        for (const QString &entry : entries)
            prose(step.id, entry);
    }

    void lintQuestion(const Question &question, const QuestionText &text)
    {
        if (text.question.isEmpty())
            report(question.id,
                   QStringLiteral("the section \"## %1 <question>\" is missing").arg(question.id));
        for (const QString &option : question.options) {
            if (text.options.value(option).isEmpty())
                report(question.id, QStringLiteral("option \"%1\" has no text").arg(option));
        }
        for (const QString &option : text.options.keys()) {
            if (!question.options.contains(option))
                report(question.id, QStringLiteral("lesson.json has no option \"%1\"").arg(option));
            prose(question.id, text.options.value(option));
        }
        const QStringList wrong = wrongChoices(question, JsValue::stringArray(question.options));
        for (const QString &option : text.wrong.keys()) {
            if (!wrong.contains(option))
                report(question.id, QStringLiteral("\"%1\" is no wrong option").arg(option));
            prose(question.id, text.wrong.value(option));
        }
        for (const QString &option : isQuiz(question.id) ? wrong : QStringList()) {
            if (!text.wrong.contains(option))
                report(question.id, QStringLiteral("\"> wrong %1:\" is missing").arg(option));
        }
        prose(question.id, text.right);
    }

    /// In a quiz each wrong option explains itself.
    bool isQuiz(const QString &question) const
    {
        return std::any_of(m_lesson.steps.begin(), m_lesson.steps.end(), [&](const Step &step) {
            return step.kind == Step::Kind::Quiz && step.questions.contains(question);
        });
    }

    void prose(const QString &section, const QString &text)
    {
        static const QRegularExpression html(QStringLiteral("<[A-Za-z/!][^>]*>"));
        static const QRegularExpression code(QStringLiteral("`[^`]*`"));
        static const QRegularExpression link(QStringLiteral("(!?)\\[[^\\]]*\\]\\(([^)]*)\\)"));
        QString bare = text;
        bare.remove(code);
        if (const auto match = html.match(bare); match.hasMatch())
            report(section, QStringLiteral("HTML is not allowed: %1").arg(match.captured()));
        for (auto links = link.globalMatch(bare); links.hasNext();) {
            const auto match = links.next();
            const QString target = match.captured(2);
            const bool image = !match.captured(1).isEmpty();
            const bool known = image ? target.startsWith(u"assets/")
                                     : target.startsWith(u"lesson:")
                    || target.startsWith(u"glossary:") || target.startsWith(u"https:");
            if (!known)
                report(section, QStringLiteral("a link may not lead to %1").arg(target));
        }
        for (const Placeholder &placeholder : placeholders(text))
            lintPlaceholder(section, placeholder);
    }

    void lintPlaceholder(const QString &section, const Placeholder &placeholder)
    {
        if (placeholder.kind == u"v") {
            const auto value = ValueExpression::compile(placeholder.argument, m_lesson.defs);
            if (!value)
                report(section,
                       QStringLiteral("{{v:%1}}: %2")
                           .arg(placeholder.argument, value.error().message));
        } else if (placeholder.kind == u"set") {
            if (!LabConfig::isKnownPath(placeholder.argument.toUtf8()))
                report(section,
                       QStringLiteral("there is no setting \"%1\"").arg(placeholder.argument));
        } else if (placeholder.kind != u"ui") {
            report(section, QStringLiteral("{{%1:...}} is no placeholder").arg(placeholder.kind));
        }
    }

    void report(const QString &section, const QString &message)
    {
        m_problems.push_back({m_file, 0, section, message, false});
    }

    const Lesson &m_lesson;
    const LessonText &m_text;
    std::vector<LessonProblem> &m_problems;
    QString m_file;
};

/// All placeholders of a text, whatever their place, as a sorted list.
QStringList allPlaceholders(const LessonText &text)
{
    QStringList parts {text.title, text.objective};
    for (const StepText &step : text.steps)
        parts << step.instruction << step.body << step.after << step.hints
              << step.mistakes.values();
    for (const QuestionText &question : text.questions)
        parts << question.question << question.right << question.options.values()
              << question.wrong.values();
    QStringList found;
    for (const Placeholder &placeholder : placeholders(parts.join(u'\n')))
        found.append(placeholder.kind + u':' + placeholder.argument);
    found.sort();
    return found;
}

} // namespace

void lintTexts(const Lesson &lesson, std::vector<LessonProblem> &problems)
{
    const QStringList wanted = allPlaceholders(lesson.text());
    QStringList languages = lesson.texts.keys();
    languages.sort();
    for (const QString &language : languages) {
        const LessonText &text = *lesson.texts.constFind(language);
        TextLint(lesson, text, problems).run();
        if (allPlaceholders(text) != wanted)
            problems.push_back({QStringLiteral("text.%1.md").arg(language),
                                0,
                                {},
                                QStringLiteral("its placeholders differ from text.en.md"),
                                false});
    }
}

} // namespace rt
