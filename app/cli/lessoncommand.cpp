// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/lessoncommand.h"

#include "lab/labsession.h"
#include "lesson/lessonlint.h"
#include "lesson/robot.h"
#include "lessonsfolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>
#include <QFile>

#include <algorithm>
#include <cstdio>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

constexpr int exitFailed = 1;
constexpr int exitUsage = 2;
constexpr int exitCannotRun = 3;

struct LessonArguments
{
    QString task;
    QStringList ids;
    bool all = false;
    bool wrong = false;
    bool writeGolden = false;
};

void print(const QString &line)
{
    std::printf("%s\n", qUtf8Printable(line));
    std::fflush(stdout);
}

int complain(int code, const QString &sentence)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(sentence));
    return code;
}

Result<LessonArguments> readArguments(const QStringList &words)
{
    LessonArguments arguments;
    for (const QString &word : words) {
        if (word == u"--all")
            arguments.all = true;
        else if (word == u"--wrong")
            arguments.wrong = true;
        else if (word == u"--write-golden")
            arguments.writeGolden = true;
        else if (word.startsWith(u'-'))
            return failure(u"roundtrip lesson has no option %1."_s.arg(word));
        else if (arguments.task.isEmpty())
            arguments.task = word;
        else
            arguments.ids.append(word);
    }
    const QStringList tasks {u"list"_s, u"lint"_s, u"play"_s};
    if (!tasks.contains(arguments.task))
        return failure(u"usage: roundtrip lesson list|lint|play [--all|ID...] [--wrong]"_s);
    if (arguments.task != u"list" && !arguments.all && arguments.ids.isEmpty())
        return failure(
            u"roundtrip lesson %1 needs the ids of lessons, or --all."_s.arg(arguments.task));
    if (arguments.wrong && arguments.task != u"play")
        return failure(u"--wrong belongs to roundtrip lesson play."_s);
    return arguments;
}

/// The lessons asked for: by id, or by the folder an author works in.
Result<std::vector<LoadedLesson>> chosenLessons(const LessonArguments &arguments,
                                                std::vector<LoadedLesson> known)
{
    if (arguments.all || arguments.ids.isEmpty())
        return known;
    std::vector<LoadedLesson> chosen;
    for (const QString &id : arguments.ids) {
        const auto found
            = std::find_if(known.begin(), known.end(),
                           [&](const LoadedLesson &loaded) { return loaded.lesson.id == id; });
        if (found != known.end())
            chosen.push_back(*found);
        else if (QFile::exists(QDir(id).filePath(u"lesson.json"_s)))
            chosen.push_back(loadLesson(id));
        else
            return failure(u"There is no lesson %1."_s.arg(id));
    }
    return chosen;
}

int closingLine(int passed, int failed)
{
    print(u"%1 passed, %2 failed"_s.arg(passed).arg(failed));
    return failed > 0 ? exitFailed : 0;
}

int listLessons(const std::vector<LoadedLesson> &lessons)
{
    for (const LoadedLesson &loaded : lessons) {
        const Lesson &lesson = loaded.lesson;
        print(u"%1  %2  %3 min  %4 steps  %5%6"_s.arg(lesson.id, -24)
                  .arg(lesson.track, -16)
                  .arg(lesson.minutes, 2)
                  .arg(lesson.steps.size(), 2)
                  .arg(lesson.text().title,
                       lesson.unavailable.isEmpty() ? QString() : u" - "_s + lesson.unavailable));
    }
    return 0;
}

int lintLessons(const std::vector<LoadedLesson> &lessons)
{
    int failed = 0;
    for (const LoadedLesson &loaded : lessons) {
        bool sound = true;
        for (const LessonProblem &problem : lintLesson(loaded)) {
            sound = sound && problem.notice;
            print(u"%1  %2%3"_s.arg(loaded.lesson.id, problem.notice ? u"notice: "_s : QString(),
                                    problem.sentence()));
        }
        failed += sound ? 0 : 1;
    }
    return closingLine(static_cast<int>(lessons.size()) - failed, failed);
}

std::unique_ptr<LabSession> newLab()
{
    LabSetup setup;
    setup.apiPort = 0;
    setup.sitePort = 0;
    auto lab = std::make_unique<LabSession>(setup);
    const auto started = lab->start();
    if (started)
        return lab;
    complain(0, started.error().message);
    return nullptr;
}

/// Plays the lessons one after the other and counts the verdicts.
class Play
{
public:
    explicit Play(const LessonArguments &arguments) : m_arguments(arguments), m_robot(newLab)
    {
        QObject::connect(&m_robot, &Robot::verdict, &m_robot,
                         [this](const RobotVerdict &verdict) { count(verdict); });
    }

    int run(const std::vector<LoadedLesson> &lessons)
    {
        for (const LoadedLesson &loaded : lessons) {
            if (!loaded.lesson.unavailable.isEmpty())
                print(u"skip %1: %2"_s.arg(loaded.lesson.id, loaded.lesson.unavailable));
            else if (isSound(loaded))
                play(loaded.lesson);
        }
        return closingLine(m_passed, m_failed);
    }

private:
    /// The robot's first rule: load and lint.
    bool isSound(const LoadedLesson &loaded)
    {
        for (const LessonProblem &problem : lintLesson(loaded)) {
            if (problem.notice)
                continue;
            count({loaded.lesson.id, {}, false, problem.sentence()});
            return false;
        }
        return true;
    }

    void play(const Lesson &lesson)
    {
        QEventLoop loop;
        QObject::connect(&m_robot, &Robot::finished, &loop, &QEventLoop::quit);
        QMetaObject::invokeMethod(
            &m_robot,
            [this, &lesson] {
                if (m_arguments.wrong)
                    m_robot.playWrongPaths(lesson);
                else
                    m_robot.playSolutions(lesson);
            },
            Qt::QueuedConnection);
        loop.exec();
        if (m_arguments.writeGolden && !m_robot.outline().isEmpty())
            writeGolden(lesson);
    }

    void writeGolden(const Lesson &lesson)
    {
        QFile file(QDir(lesson.folder).filePath(u"golden.json"_s));
        if (!file.open(QIODevice::WriteOnly) || file.write(m_robot.outline()) < 0)
            complain(0, u"%1 cannot be written."_s.arg(file.fileName()));
    }

    void count(const RobotVerdict &verdict)
    {
        (verdict.passed ? m_passed : m_failed) += 1;
        QString line = (verdict.passed ? u"ok   "_s : u"FAIL "_s) + verdict.lesson;
        if (!verdict.path.isEmpty())
            line += u' ' + verdict.path + (verdict.passed ? u" refused"_s : QString());
        if (!verdict.message.isEmpty())
            line += u": "_s + verdict.message;
        print(line);
    }

    const LessonArguments &m_arguments;
    Robot m_robot;
    int m_passed = 0;
    int m_failed = 0;
};

} // namespace

int lessonCommand(const QStringList &words)
{
    const auto arguments = readArguments(words);
    if (!arguments)
        return complain(exitUsage, arguments.error().message);
    std::vector<LoadedLesson> known = loadLessons(lessonsFolder());
    const auto lessons = chosenLessons(*arguments, std::move(known));
    if (!lessons)
        return complain(exitUsage, lessons.error().message);
    if (lessons->empty())
        return complain(exitCannotRun, u"No lessons were found."_s);
    if (arguments->task == u"list")
        return listLessons(*lessons);
    if (arguments->task == u"lint")
        return lintLessons(*lessons);
    std::unique_ptr<QCoreApplication> application;
    static int count = 1;
    static char name[] = "roundtrip";
    static char *programWords[] = {name, nullptr};
    if (!QCoreApplication::instance())
        application = std::make_unique<QCoreApplication>(count, programWords);
    return Play(*arguments).run(*lessons);
}

} // namespace rt
