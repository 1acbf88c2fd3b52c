// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/lessonlint.h"
#include "lesson/lessonreader.h"
#include "testfolder.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace rt;

namespace {

QString contents(const char *name)
{
    QFile file(testFolder()
               + QStringLiteral("/data/lessons/sound/%1").arg(QString::fromLatin1(name)));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The sound lesson with one place changed.
LoadedLesson changed(const QString &file, const QString &what, const QString &with)
{
    QString rules = contents("lesson.json");
    QString text = contents("text.en.md");
    QString &target = file == u"text" ? text : rules;
    if (!what.isEmpty() && !target.contains(what))
        qFatal("nothing to change");
    if (!what.isEmpty())
        target.replace(what, with);
    LoadedLesson loaded;
    loaded.lesson = readLesson(rules.toUtf8(), QStringLiteral("lesson.json"), loaded.problems);
    LessonText english
        = parseLessonText(text, loaded.lesson, QStringLiteral("text.en.md"), loaded.problems);
    english.language = QStringLiteral("en");
    loaded.lesson.texts.insert(english.language, english);
    return loaded;
}

QString sentences(const std::vector<LessonProblem> &problems)
{
    QStringList list;
    for (const LessonProblem &problem : problems)
        list.append(problem.sentence());
    return list.join(u'\n');
}

} // namespace

class LessonLintTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void acceptsASoundLesson();
    void namesFileLineAndKey_data();
    void namesFileLineAndKey();
    void wantsPositiveEvidence_data();
    void wantsPositiveEvidence();
    void comparesTranslationsWithTheReference();
};

void LessonLintTest::acceptsASoundLesson()
{
    QCOMPARE(sentences(lintLesson(changed({}, {}, {}))), QString());
}

void LessonLintTest::namesFileLineAndKey_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("with");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *name, const char *file, const char *what, const char *with,
                        const char *sentence) {
        QTest::addRow("%s", name) << QString::fromUtf8(file) << QString::fromUtf8(what)
                                  << QString::fromUtf8(with) << QString::fromUtf8(sentence);
    };
    row("unknown key", "rules", "\"hints\": 1", "\"hint\": 1",
        "lesson.json:9: steps/0/hint: unknown key");
    row("unknown kind", "rules", "\"kind\": \"do\"", "\"kind\": \"try\"",
        "lesson.json:9: steps/0/kind: one of read, predict, do, quiz, find expected");
    row("broken JSON", "rules", "\"order\": 1",
        "\"order\": ", "lesson.json:2: unexpected character");
    row("wrong id", "rules", "sound-lesson", "Sound Lesson",
        "lesson.json:1: id: 3 to 40 of a-z, 0-9 and - expected");
    row("unknown setting", "rules", "server.cors.maxAge", "server.cors.age",
        "lesson.json:12: steps/0/solution/0: there is no setting \"server.cors.age\"");
    row("unknown action", "rules", "{\"send\"", "{\"post\"",
        "lesson.json:12: steps/0/solution/1: \"post\" is no action");
    row("wrong check", "rules", "res.status == 204", "res.state == 204",
        "lesson.json:10: steps/0/check: at character 13: \"res\" has no field \"state\"");
    row("wrong mistake", "rules", "\"when\": \"exists http", "\"when\": \"exist http",
        "lesson.json:11: steps/0/mistakes/0/when: at character 7: the end expected, but there is "
        "\"http\"");
    row("unknown mistake", "rules", "\"mistake\": \"ms\"", "\"mistake\": \"seconds\"",
        "lesson.json:14: steps/0/wrong/0/mistake: the step has no mistake \"seconds\"");
    row("no wrong path", "rules",
        ",\n   \"wrong\": [{\"id\": \"w1\", \"do\": [{\"set\": \"server.cors.maxAge\", \"to\": "
        "600000}],\n     \"mistake\": \"ms\"}]",
        "", "lesson.json:8: steps: the lesson has no wrong path");
    row("unknown question", "rules", "correct(q2)", "correct(q3)",
        "lesson.json:16: steps/1/check: at character 1: there is no question \"q3\"");
    row("unknown start setting", "rules", "\"cors.enabled\": true", "\"cors.on\": true",
        "lesson.json:5: start: server.cors.on is not a setting of the lab");
    row("check of settings only", "rules", "exists http(res.status == 204)",
        "server.cors.maxAge == 600",
        "lesson.json:10: steps/0/check: the check holds without anything having happened");
    row("true from the start", "rules", "exists http(res.status == 204)",
        "server.cors.enabled or exists http",
        "lesson.json:10: steps/0/check: the check is true before the step begins");
    row("hint missing", "text", "> hint: The answer to OPTIONS carries it.\n", "",
        "text.en.md: s1: lesson.json promises 1 hints, here are 0");
    row("mistake text missing", "text",
        "> mistake ms:", "> after:", "text.en.md: s1: \"> mistake ms:\" is missing");
    row("unknown section", "text", "## s1", "## s7",
        "text.en.md:3: s7: no step and no question has this id");
    row("unknown entry", "text", "> hint:", "> tip:", "text.en.md:5: s1: unknown entry \"tip\"");
    row("wrong option unexplained", "text",
        "> wrong a:", "> right:", "text.en.md: q2: \"> wrong a:\" is missing");
    row("HTML", "text", "Look closely.", "Look <b>closely</b>.",
        "text.en.md: s1: HTML is not allowed: <b>");
    row("remote image", "text", "Look closely.", "![x](https://example.com/x.png)",
        "text.en.md: s1: a link may not lead to https://example.com/x.png");
    row("unknown placeholder setting", "text", "{{set:server.cors.maxAge}}",
        "{{set:server.maxAge}}", "text.en.md: s1: there is no setting \"server.maxAge\"");
    row("wrong value", "text", "{{v:last http.res.status}}", "{{v:last http.status}}",
        "text.en.md: s1: {{v:last http.status}}: \"status\" is no field of http");
}

void LessonLintTest::namesFileLineAndKey()
{
    QFETCH(QString, file);
    QFETCH(QString, what);
    QFETCH(QString, with);
    QFETCH(QString, sentence);
    const QString found = sentences(lintLesson(changed(file, what, with)));
    QVERIFY2(found.split(u'\n').contains(sentence), qPrintable(found));
}

void LessonLintTest::wantsPositiveEvidence_data()
{
    QTest::addColumn<QString>("check");
    QTest::addColumn<bool>("positive");
    const auto row = [](const char *check, bool positive) {
        QTest::addRow("%s", check) << QString::fromUtf8(check) << positive;
    };
    row("exists http", true);
    row("no http", false);
    row("not exists http", false);
    row("no http and exists call", true);
    row("exists http or server.cors.enabled", false);
    row("count http >= 1", true);
    row("count http < 3", false);
    row("count http == 0", false);
    row("count http != 0", true);
    row("exists change(path == \"server.order\")", false);
    row("every http satisfies (aborted)", true);
    row("seq(none http for 5s)", false);
    row("seq(act, none http for 5s)", true);
    row("jar[\"sid\"] is present", true);
    row("jar[\"sid\"] is absent", false);
    row("server.cors.maxAge == 600", false);
    row("last http.res.status == 200", true);
    row("picked(res.status)", true);
    row("correct(q)", true);
}

void LessonLintTest::wantsPositiveEvidence()
{
    QFETCH(QString, check);
    QFETCH(bool, positive);
    const auto compiled = Check::compile(check);
    QVERIFY(compiled);
    QCOMPARE(hasPositiveEvidence(compiled->tree()), positive);
}

void LessonLintTest::comparesTranslationsWithTheReference()
{
    LoadedLesson loaded = changed({}, {}, {});
    LessonText german = loaded.lesson.text();
    german.language = QStringLiteral("de");
    german.steps[QStringLiteral("s1")].hints.clear();
    german.title.clear();
    std::vector<LessonProblem> problems;
    completeFromReference(german, loaded.lesson.text(), QStringLiteral("text.de.md"), problems);
    QCOMPARE(german.title, loaded.lesson.text().title);
    QCOMPARE(sentences(problems),
             QStringLiteral("text.de.md: no translation of \"title\"\n"
                            "text.de.md: s1: no translation of \"hint\""));
    german.steps[QStringLiteral("s1")].body = QStringLiteral("{{ui:client.send}}");
    loaded.lesson.texts.insert(german.language, german);
    QCOMPARE(sentences(lintLesson(loaded)),
             QStringLiteral("text.de.md: its placeholders differ from text.en.md"));
}

QTEST_GUILESS_MAIN(LessonLintTest)
#include "tst_lessonlint.moc"
