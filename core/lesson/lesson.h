// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

#include <QHash>
#include <QStringList>

#include <optional>
#include <vector>

namespace rt {

/// A question of a lesson (CURRICULUM format 1).
struct Question
{
    enum class Type { Single, Multi, Number, Text };
    QString id;
    Type type = Type::Single;
    QStringList options;
    JsValue correct;
    double tolerance = 0;
    /// Value expression over the learner's own capture; empty when `correct` is given.
    QString correctFrom;
    QStringList normalize;
    bool shuffle = false;
};

struct LessonMistake
{
    QString id;
    QString when;
};

struct WrongPath
{
    QString id;
    QList<JsValue> actions;
    /// Id of the mistake whose text must show; empty when none must.
    QString mistake;
};

struct Step
{
    enum class Kind { Read, Predict, Do, Quiz, Find };
    QString id;
    Kind kind = Kind::Do;
    QStringList questions;
    /// Patch applied on entering: {"server": {...}, "client": {...}, "reset": true}.
    JsValue start;
    std::optional<QStringList> focus;
    QString check;
    QStringList highlight;
    int hints = 0;
    std::vector<LessonMistake> mistakes;
    QStringList misconceptions;
    QList<JsValue> solution;
    std::vector<WrongPath> wrong;
};

/// Texts of one step in one language, Markdown without HTML.
struct StepText
{
    QString instruction;
    QString body;
    QStringList hints;
    QHash<QString, QString> mistakes;
    QString after;
};

struct QuestionText
{
    QString question;
    QHash<QString, QString> options;
    QHash<QString, QString> wrong;
    QString right;
};

struct LessonText
{
    QString language;
    QString title;
    QString objective;
    QHash<QString, StepText> steps;
    QHash<QString, QuestionText> questions;
};

/// A lesson as loaded: rules and texts, no behaviour.
struct Lesson
{
    QString id;
    QString version;
    QString track;
    int order = 0;
    int minutes = 0;
    int level = 1;
    QStringList requiredLessons;
    QStringList features;
    QStringList teaches;
    QStringList misconceptions;
    JsValue start;
    QHash<QString, QString> defs;
    QHash<QString, Question> questions;
    std::vector<Step> steps;
    QString author;
    QString license;
    QString folder;
    /// Not empty: why this version of the program cannot play it (unknown format or feature).
    QString unavailable;
    QHash<QString, LessonText> texts;
    /// JSON pointer -> line of lesson.json, for messages to its author.
    QHash<QString, int> lines;

    /// Texts in `language`, missing entries taken from "en".
    const LessonText &text(const QString &language = QStringLiteral("en")) const;
    const Step *step(const QString &stepId) const;
};

} // namespace rt
