// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/lessonloader.h"

#include "lesson/lessonreader.h"

#include <QDir>
#include <QFile>

#include <algorithm>

namespace rt {

namespace {

std::optional<QByteArray> contents(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return file.readAll();
}

QString languageOf(const QString &fileName)
{
    return fileName.section(u'.', 1, 1);
}

void loadTexts(const QDir &folder, LoadedLesson &loaded)
{
    const QStringList files
        = folder.entryList({QStringLiteral("text.*.md")}, QDir::Files, QDir::Name);
    for (const QString &file : files) {
        const QString markdown
            = QString::fromUtf8(contents(folder.filePath(file)).value_or(QByteArray()));
        LessonText text = parseLessonText(markdown, loaded.lesson, file, loaded.problems);
        text.language = languageOf(file);
        loaded.lesson.texts.insert(text.language, text);
    }
    if (!loaded.lesson.texts.contains(QStringLiteral("en")))
        loaded.problems.push_back({QStringLiteral("text.en.md"),
                                   0,
                                   {},
                                   QStringLiteral("the reference text is missing"),
                                   false});
}

/// Ids of the tracks in the order of the collection's manifest.
QStringList trackOrder(const QString &root)
{
    const auto json = contents(QDir(root).filePath(QStringLiteral("manifest.json")));
    const auto parsed = parseJson(QByteArrayView(json.value_or(QByteArray())));
    QStringList tracks;
    if (const auto *manifest = std::get_if<JsValue>(&parsed)) {
        const JsValue list = (*manifest)[QStringLiteral("tracks")];
        for (const JsValue &track : list.items())
            tracks.append(track[QStringLiteral("id")].toString());
    }
    return tracks;
}

} // namespace

bool LoadedLesson::isSound() const
{
    return std::all_of(problems.begin(), problems.end(),
                       [](const LessonProblem &problem) { return problem.notice; });
}

LoadedLesson loadLesson(const QString &folder)
{
    LoadedLesson loaded;
    const QDir directory(folder);
    const QString rules = QStringLiteral("lesson.json");
    const auto json = contents(directory.filePath(rules));
    if (!json) {
        loaded.problems.push_back({rules, 0, {}, QStringLiteral("the file cannot be read"), false});
        return loaded;
    }
    loaded.lesson = readLesson(*json, rules, loaded.problems);
    loaded.lesson.folder = directory.absolutePath();
    loadTexts(directory, loaded);
    return loaded;
}

QStringList lessonFolders(const QString &root)
{
    QStringList folders;
    const QDir top(root);
    const auto children = [](const QDir &folder) {
        return folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    };
    for (const QString &track : children(top)) {
        const QDir trackFolder(top.filePath(track));
        for (const QString &lesson : children(trackFolder)) {
            const QDir folder(trackFolder.filePath(lesson));
            if (folder.exists(QStringLiteral("lesson.json")))
                folders.append(folder.absolutePath());
        }
    }
    return folders;
}

std::vector<LoadedLesson> loadLessons(const QString &root)
{
    std::vector<LoadedLesson> lessons;
    for (const QString &folder : lessonFolders(root))
        lessons.push_back(loadLesson(folder));
    const QStringList tracks = trackOrder(root);
    const auto rank = [&tracks](const LoadedLesson &loaded) {
        const qsizetype at = tracks.indexOf(loaded.lesson.track);
        return std::pair(at < 0 ? tracks.size() : at, loaded.lesson.order);
    };
    std::stable_sort(lessons.begin(), lessons.end(),
                     [&](const auto &a, const auto &b) { return rank(a) < rank(b); });
    return lessons;
}

} // namespace rt
