// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/lessonloader.h"
#include "lesson/lessonreader.h"
#include "testfolder.h"

#include <QRegularExpression>
#include <QTest>

using namespace rt;

class LessonLoaderTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void readsTheBundledLessonWithoutProblems();
};

void LessonLoaderTest::readsTheBundledLessonWithoutProblems()
{
    const auto lessons = loadLessons(testFolder() + QStringLiteral("/../lessons"));
    QVERIFY(!lessons.empty());
    for (const LoadedLesson &loaded : lessons) {
        for (const LessonProblem &problem : loaded.problems)
            qWarning().noquote() << loaded.lesson.id << problem.sentence();
        QVERIFY(loaded.isSound());
        QVERIFY(!loaded.lesson.text().title.isEmpty());
    }
}

QTEST_GUILESS_MAIN(LessonLoaderTest)
#include "tst_lessonloader.moc"
