// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/lessontext.h"

#include <QRegularExpression>

namespace rt {

namespace {

/// One file, line by line. A heading opens a section; quoted lines with a keyword are entries, and
/// quoted lines without one continue the entry above.
class TextReader
{
public:
    TextReader(const Lesson &rules, const QString &file, std::vector<LessonProblem> &problems)
        : m_rules(rules), m_file(file), m_problems(problems)
    {
    }

    LessonText read(const QString &markdown)
    {
        for (const QString &line : markdown.split(u'\n')) {
            ++m_line;
            readLine(line.endsWith(u'\r') ? line.chopped(1) : line);
        }
        for (StepText &step : m_text.steps)
            step.body = step.body.trimmed();
        return std::move(m_text);
    }

private:
    void readLine(const QString &line)
    {
        if (line.startsWith(u"## "))
            openSection(line.sliced(3).trimmed());
        else if (line.startsWith(u"# "))
            m_text.title = line.sliced(2).trimmed();
        else if (line.startsWith(u'>'))
            readQuoted(line.sliced(1).trimmed());
        else if (m_question && line.startsWith(u"- "))
            readOption(line.sliced(2).trimmed());
        else
            readProse(line);
    }

    void openSection(const QString &heading)
    {
        m_entry = nullptr;
        m_step = nullptr;
        m_question = nullptr;
        m_section = heading.section(u' ', 0, 0);
        const QString rest = heading.section(u' ', 1).trimmed();
        if (m_text.steps.contains(m_section) || m_text.questions.contains(m_section)) {
            report(QStringLiteral("the section appears twice"));
        } else if (m_rules.step(m_section)) {
            m_step = &m_text.steps[m_section];
            m_step->instruction = rest;
        } else if (m_rules.questions.contains(m_section)) {
            m_question = &m_text.questions[m_section];
            m_question->question = rest;
        } else {
            report(QStringLiteral("no step and no question has this id"));
        }
    }

    void readQuoted(const QString &line)
    {
        static const QRegularExpression entry(
            QStringLiteral("^([a-z]+)(?: ([A-Za-z0-9_-]+))?:(?:\\s+(.*))?$"));
        const QRegularExpressionMatch match = entry.match(line);
        if (!match.hasMatch()) {
            if (m_entry)
                *m_entry += u'\n' + line;
            else if (!line.isEmpty())
                report(QStringLiteral("a quoted line needs a keyword such as \"hint:\""));
            return;
        }
        m_entry = entryFor(match.captured(1), match.captured(2));
        if (m_entry)
            *m_entry = match.captured(3);
        else
            report(QStringLiteral("unknown entry \"%1\"").arg(line.section(u':', 0, 0)));
    }

    QString *entryFor(const QString &keyword, const QString &id)
    {
        if (m_section.isEmpty())
            return keyword == u"objective" && id.isEmpty() ? &m_text.objective : nullptr;
        if (m_step)
            return stepEntry(keyword, id);
        if (m_question && keyword == u"wrong" && !id.isEmpty())
            return &m_question->wrong[id];
        if (m_question && keyword == u"right" && id.isEmpty())
            return &m_question->right;
        return nullptr;
    }

    QString *stepEntry(const QString &keyword, const QString &id)
    {
        if (keyword == u"mistake" && !id.isEmpty())
            return &m_step->mistakes[id];
        if (!id.isEmpty())
            return nullptr;
        if (keyword == u"after")
            return &m_step->after;
        if (keyword != u"hint")
            return nullptr;
        m_step->hints.append(QString());
        return &m_step->hints.last();
    }

    void readOption(const QString &line)
    {
        m_entry = nullptr;
        const qsizetype colon = line.indexOf(u':');
        if (colon < 1) {
            report(QStringLiteral("an option reads \"- key: text\""));
            return;
        }
        m_question->options.insert(line.first(colon).trimmed(), line.sliced(colon + 1).trimmed());
    }

    void readProse(const QString &line)
    {
        m_entry = nullptr;
        if (m_step)
            m_step->body += line + u'\n';
        else if (!line.trimmed().isEmpty() && (m_question || m_section.isEmpty()))
            report(QStringLiteral("text that belongs to no entry"));
    }

    void report(const QString &message)
    {
        m_problems.push_back({m_file, m_line, m_section, message, false});
    }

    const Lesson &m_rules;
    QString m_file;
    std::vector<LessonProblem> &m_problems;
    LessonText m_text;
    StepText *m_step = nullptr;
    QuestionText *m_question = nullptr;
    QString *m_entry = nullptr;
    QString m_section;
    int m_line = 0;
};

/// Takes entries over from the reference language, one notice for each.
class Completion
{
public:
    Completion(const QString &file, std::vector<LessonProblem> &problems)
        : m_file(file), m_problems(problems)
    {
    }

    void fill(const QString &section, QString &entry, const QString &reference, const QString &name)
    {
        if (!entry.isEmpty() || reference.isEmpty())
            return;
        entry = reference;
        m_problems.push_back(
            {m_file, 0, section, QStringLiteral("no translation of \"%1\"").arg(name), true});
    }

    void fillMap(const QString &section, QHash<QString, QString> &entries,
                 const QHash<QString, QString> &reference, const QString &name)
    {
        for (auto entry = reference.begin(); entry != reference.end(); ++entry)
            fill(section, entries[entry.key()], *entry, name + u' ' + entry.key());
    }

    void fillStep(const QString &id, StepText &step, const StepText &reference)
    {
        fill(id, step.instruction, reference.instruction, QStringLiteral("instruction"));
        fill(id, step.body, reference.body, QStringLiteral("text"));
        fill(id, step.after, reference.after, QStringLiteral("after"));
        fillMap(id, step.mistakes, reference.mistakes, QStringLiteral("mistake"));
        while (step.hints.size() < reference.hints.size())
            step.hints.append(QString());
        for (qsizetype i = 0; i < reference.hints.size(); ++i)
            fill(id, step.hints[i], reference.hints.at(i), QStringLiteral("hint"));
    }

    void fillQuestion(const QString &id, QuestionText &question, const QuestionText &reference)
    {
        fill(id, question.question, reference.question, QStringLiteral("question"));
        fill(id, question.right, reference.right, QStringLiteral("right"));
        fillMap(id, question.options, reference.options, QStringLiteral("option"));
        fillMap(id, question.wrong, reference.wrong, QStringLiteral("wrong"));
    }

private:
    QString m_file;
    std::vector<LessonProblem> &m_problems;
};

} // namespace

QString LessonProblem::sentence() const
{
    QString place = file;
    if (line > 0)
        place += u':' + QString::number(line);
    return key.isEmpty() ? QStringLiteral("%1: %2").arg(place, message)
                         : QStringLiteral("%1: %2: %3").arg(place, key, message);
}

void completeFromReference(LessonText &text, const LessonText &reference, const QString &file,
                           std::vector<LessonProblem> &problems)
{
    Completion completion(file, problems);
    completion.fill(QString(), text.title, reference.title, QStringLiteral("title"));
    completion.fill(QString(), text.objective, reference.objective, QStringLiteral("objective"));
    for (auto step = reference.steps.begin(); step != reference.steps.end(); ++step)
        completion.fillStep(step.key(), text.steps[step.key()], *step);
    for (auto question = reference.questions.begin(); question != reference.questions.end();
         ++question)
        completion.fillQuestion(question.key(), text.questions[question.key()], *question);
}

LessonText parseLessonText(const QString &markdown, const Lesson &rules, const QString &file,
                           std::vector<LessonProblem> &problems)
{
    return TextReader(rules, file, problems).read(markdown);
}

} // namespace rt
