// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/lessonreader.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace rt {

namespace {

/// One member of lesson.json with the pointer it stands at.
struct Node
{
    JsValue value;
    QString pointer;

    Node operator[](const QString &key) const { return {value[key], pointer + u'/' + key}; }
    Node at(qsizetype index) const
    {
        return {value.items().at(index), pointer + u'/' + QString::number(index)};
    }
};

class Reader
{
public:
    Reader(QString file, std::vector<LessonProblem> &problems)
        : m_file(std::move(file)), m_problems(problems)
    {
    }

    Lesson read(QByteArrayView json)
    {
        const auto parsed = parseJson(
            json, [this](const QString &pointer, int line) { m_lines.insert(pointer, line); });
        if (const auto *error = std::get_if<JsonError>(&parsed)) {
            m_problems.push_back({m_file, error->line, {}, error->message, false});
            return {};
        }
        Lesson read = lesson({std::get<JsValue>(parsed), {}});
        read.lines = m_lines;
        return read;
    }

private:
    void report(const Node &node, const QString &message)
    {
        const QString key = node.pointer.isEmpty() ? QString() : node.pointer.sliced(1);
        m_problems.push_back({m_file, m_lines.value(node.pointer, 1), key, message, false});
    }

    void allow(const Node &object, const QStringList &keys)
    {
        if (!object.value.isObject()) {
            report(object, QStringLiteral("an object expected"));
            return;
        }
        for (const QString &key : object.value.keys()) {
            if (!keys.contains(key))
                report(object[key], QStringLiteral("unknown key"));
        }
    }

    QString string(const Node &node, bool required = true)
    {
        if (node.value.isUndefined() ? required : !node.value.isString())
            report(node, QStringLiteral("a text expected"));
        return node.value.toString();
    }

    int integer(const Node &node, int lowest, int highest, int otherwise)
    {
        if (node.value.isUndefined())
            return otherwise;
        const double number = node.value.toNumber(lowest - 1.0);
        if (number != std::floor(number) || number < lowest || number > highest) {
            report(
                node,
                QStringLiteral("a whole number from %1 to %2 expected").arg(lowest).arg(highest));
            return otherwise;
        }
        return static_cast<int>(number);
    }

    QStringList strings(const Node &node)
    {
        QStringList list;
        if (node.value.isUndefined())
            return list;
        if (!node.value.isArray())
            report(node, QStringLiteral("a list of texts expected"));
        for (qsizetype i = 0; i < node.value.items().size(); ++i)
            list.append(string(node.at(i)));
        return list;
    }

    Lesson lesson(const Node &root);
    void readDefs(const Node &node, Lesson &lesson);
    Question question(const QString &id, const Node &node);
    void readCorrect(const Node &node, Question &question);
    Step step(const Node &node, const Lesson &lesson);
    Step::Kind kind(const Node &node);
    void readQuestionIds(const Node &node, const Lesson &lesson, Step &step);
    void readMistakes(const Node &node, Step &step);
    void readWrong(const Node &node, Step &step);
    QList<JsValue> actions(const Node &node);
    void checkStart(const Node &node, const QStringList &keys);
    void unique(const Node &node, const QString &id, QStringList &seen);

    QString m_file;
    std::vector<LessonProblem> &m_problems;
    QHash<QString, int> m_lines;
};

Lesson Reader::lesson(const Node &root)
{
    allow(root,
          {QStringLiteral("format"), QStringLiteral("id"), QStringLiteral("version"),
           QStringLiteral("track"), QStringLiteral("order"), QStringLiteral("minutes"),
           QStringLiteral("level"), QStringLiteral("requires"), QStringLiteral("features"),
           QStringLiteral("teaches"), QStringLiteral("misconceptions"), QStringLiteral("languages"),
           QStringLiteral("start"), QStringLiteral("defs"), QStringLiteral("questions"),
           QStringLiteral("steps"), QStringLiteral("author"), QStringLiteral("license")});
    const auto get = [&root](const char16_t *key) { return root[QString::fromUtf16(key)]; };
    Lesson lesson;
    lesson.id = string(get(u"id"));
    static const QRegularExpression idForm(QStringLiteral("^[a-z0-9-]{3,40}$"));
    if (!idForm.match(lesson.id).hasMatch())
        report(get(u"id"), QStringLiteral("3 to 40 of a-z, 0-9 and - expected"));
    lesson.version = string(get(u"version"));
    lesson.track = string(get(u"track"));
    lesson.order = integer(get(u"order"), 0, 1000, 0);
    lesson.minutes = integer(get(u"minutes"), 3, 30, 10);
    lesson.level = integer(get(u"level"), 1, 3, 1);
    lesson.requiredLessons = strings(get(u"requires"));
    lesson.features = strings(get(u"features"));
    lesson.teaches = strings(get(u"teaches"));
    lesson.misconceptions = strings(get(u"misconceptions"));
    lesson.author = string(get(u"author"), false);
    lesson.license = string(get(u"license"), false);
    lesson.start = get(u"start").value;
    checkStart(get(u"start"),
               {QStringLiteral("preset"), QStringLiteral("server"), QStringLiteral("client"),
                QStringLiteral("seed")});
    readDefs(get(u"defs"), lesson);
    const Node questions = get(u"questions");
    for (const QString &id : questions.value.keys())
        lesson.questions.insert(id, question(id, questions[id]));
    const Node steps = get(u"steps");
    if (steps.value.items().isEmpty() || steps.value.items().size() > 12)
        report(steps, QStringLiteral("1 to 12 steps expected"));
    QStringList seen;
    for (qsizetype i = 0; i < steps.value.items().size(); ++i) {
        lesson.steps.push_back(step(steps.at(i), lesson));
        unique(steps.at(i), lesson.steps.back().id, seen);
    }
    if (get(u"format").value != JsValue(1))
        lesson.unavailable
            = QStringLiteral("It is written in format %1; this version reads format 1.")
                  .arg(get(u"format").value.asText());
    return lesson;
}

void Reader::readDefs(const Node &node, Lesson &lesson)
{
    for (const QString &name : node.value.keys())
        lesson.defs.insert(name, string(node[name]));
}

void Reader::unique(const Node &node, const QString &id, QStringList &seen)
{
    if (seen.contains(id))
        report(node, QStringLiteral("the id \"%1\" is used twice").arg(id));
    seen.append(id);
}

Question Reader::question(const QString &id, const Node &node)
{
    allow(node,
          {QStringLiteral("type"), QStringLiteral("options"), QStringLiteral("correct"),
           QStringLiteral("correctFrom"), QStringLiteral("tolerance"), QStringLiteral("normalize"),
           QStringLiteral("shuffle")});
    static const QStringList types {QStringLiteral("single"), QStringLiteral("multi"),
                                    QStringLiteral("number"), QStringLiteral("text")};
    Question question;
    question.id = id;
    const Node type = node[QStringLiteral("type")];
    const qsizetype known = types.indexOf(type.value.toString());
    if (known < 0)
        report(type, QStringLiteral("one of %1 expected").arg(types.join(QStringLiteral(", "))));
    question.type = static_cast<Question::Type>(std::max<qsizetype>(known, 0));
    question.options = strings(node[QStringLiteral("options")]);
    question.tolerance = node[QStringLiteral("tolerance")].value.toNumber();
    question.correctFrom = string(node[QStringLiteral("correctFrom")], false);
    question.shuffle = node[QStringLiteral("shuffle")].value.toBool();
    const Node normalize = node[QStringLiteral("normalize")];
    question.normalize = normalize.value.isUndefined()
        ? QStringList {QStringLiteral("trim"), QStringLiteral("case")}
        : strings(normalize);
    static const QStringList ways {QStringLiteral("trim"), QStringLiteral("case"),
                                   QStringLiteral("spaces"), QStringLiteral("quotes"),
                                   QStringLiteral("list-order")};
    for (const QString &way : question.normalize) {
        if (!ways.contains(way))
            report(normalize,
                   QStringLiteral("one of %1 expected").arg(ways.join(QStringLiteral(", "))));
    }
    readCorrect(node, question);
    return question;
}

void Reader::readCorrect(const Node &node, Question &question)
{
    const Node correct = node[QStringLiteral("correct")];
    question.correct = correct.value;
    if (correct.value.isUndefined() != !question.correctFrom.isEmpty()) {
        report(node, QStringLiteral("either \"correct\" or \"correctFrom\" expected"));
        return;
    }
    const bool choice
        = question.type == Question::Type::Single || question.type == Question::Type::Multi;
    if (choice && question.options.size() < 2)
        report(node, QStringLiteral("at least two options expected"));
    if (!choice || correct.value.isUndefined())
        return;
    if (!correct.value.isArray() || correct.value.items().isEmpty())
        report(correct, QStringLiteral("a list of option keys expected"));
    for (const JsValue &key : correct.value.items()) {
        if (!question.options.contains(key.toString()))
            report(correct, QStringLiteral("\"%1\" is no option").arg(key.asText()));
    }
}

Step::Kind Reader::kind(const Node &node)
{
    static const QStringList kinds {QStringLiteral("read"), QStringLiteral("predict"),
                                    QStringLiteral("do"), QStringLiteral("quiz"),
                                    QStringLiteral("find")};
    const qsizetype known = kinds.indexOf(node.value.toString());
    if (known < 0) {
        report(node, QStringLiteral("one of %1 expected").arg(kinds.join(QStringLiteral(", "))));
        return Step::Kind::Do;
    }
    return static_cast<Step::Kind>(known);
}

Step Reader::step(const Node &node, const Lesson &lesson)
{
    allow(node,
          {QStringLiteral("id"), QStringLiteral("kind"), QStringLiteral("question"),
           QStringLiteral("start"), QStringLiteral("focus"), QStringLiteral("check"),
           QStringLiteral("highlight"), QStringLiteral("hints"), QStringLiteral("mistakes"),
           QStringLiteral("misconceptions"), QStringLiteral("solution"), QStringLiteral("wrong")});
    Step step;
    step.id = string(node[QStringLiteral("id")]);
    step.kind = kind(node[QStringLiteral("kind")]);
    readQuestionIds(node[QStringLiteral("question")], lesson, step);
    const Node start = node[QStringLiteral("start")];
    step.start = start.value;
    checkStart(start,
               {QStringLiteral("server"), QStringLiteral("client"), QStringLiteral("seed"),
                QStringLiteral("reset")});
    const Node focus = node[QStringLiteral("focus")];
    if (!focus.value.isUndefined())
        step.focus = strings(focus);
    step.check = string(node[QStringLiteral("check")], step.kind != Step::Kind::Read);
    step.highlight = strings(node[QStringLiteral("highlight")]);
    step.hints = integer(node[QStringLiteral("hints")], 0, 3, 0);
    readMistakes(node[QStringLiteral("mistakes")], step);
    step.misconceptions = strings(node[QStringLiteral("misconceptions")]);
    step.solution = actions(node[QStringLiteral("solution")]);
    readWrong(node[QStringLiteral("wrong")], step);
    return step;
}

void Reader::readQuestionIds(const Node &node, const Lesson &lesson, Step &step)
{
    if (node.value.isString())
        step.questions = {node.value.toString()};
    else
        step.questions = strings(node);
    for (const QString &id : step.questions) {
        if (!lesson.questions.contains(id))
            report(node, QStringLiteral("there is no question \"%1\"").arg(id));
    }
}

void Reader::readMistakes(const Node &node, Step &step)
{
    QStringList seen;
    for (qsizetype i = 0; i < node.value.items().size(); ++i) {
        const Node mistake = node.at(i);
        allow(mistake, {QStringLiteral("id"), QStringLiteral("when")});
        step.mistakes.push_back(
            {string(mistake[QStringLiteral("id")]), string(mistake[QStringLiteral("when")])});
        unique(mistake, step.mistakes.back().id, seen);
    }
}

void Reader::readWrong(const Node &node, Step &step)
{
    QStringList seen;
    for (qsizetype i = 0; i < node.value.items().size(); ++i) {
        const Node path = node.at(i);
        allow(path, {QStringLiteral("id"), QStringLiteral("do"), QStringLiteral("mistake")});
        WrongPath wrong;
        wrong.id = string(path[QStringLiteral("id")]);
        wrong.actions = actions(path[QStringLiteral("do")]);
        const Node mistake = path[QStringLiteral("mistake")];
        wrong.mistake = string(mistake, false);
        const bool known = wrong.mistake.isEmpty()
            || std::any_of(step.mistakes.begin(), step.mistakes.end(),
                           [&](const LessonMistake &m) { return m.id == wrong.mistake; });
        if (!known)
            report(mistake, QStringLiteral("the step has no mistake \"%1\"").arg(wrong.mistake));
        unique(path, wrong.id, seen);
        step.wrong.push_back(wrong);
    }
}

QList<JsValue> Reader::actions(const Node &node)
{
    if (!node.value.isUndefined() && !node.value.isArray())
        report(node, QStringLiteral("a list of actions expected"));
    for (qsizetype i = 0; i < node.value.items().size(); ++i) {
        if (!node.at(i).value.isObject())
            report(node.at(i),
                   QStringLiteral("an action is an object such as {\"advance\": \"10s\"}"));
    }
    return node.value.items();
}

void Reader::checkStart(const Node &node, const QStringList &keys)
{
    if (!node.value.isUndefined())
        allow(node, keys);
}

} // namespace

Lesson readLesson(QByteArrayView json, const QString &file, std::vector<LessonProblem> &problems)
{
    return Reader(file, problems).read(json);
}

} // namespace rt
