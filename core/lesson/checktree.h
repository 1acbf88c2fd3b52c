// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <QRegularExpression>

#include <memory>
#include <optional>
#include <vector>

namespace rt {

/// The streams of captured items a check can look at.
enum class CheckStream { Call, Http, Har, Ws, Frame, Packet, Event, Change, Act };
constexpr int checkStreamCount = 9;

/// One step of a path: ".name" or "["key"]".
struct PathSegment
{
    QString text;
    bool isKey = false;
    friend bool operator==(const PathSegment &, const PathSegment &) = default;
};
using CheckPath = QList<PathSegment>;

/// The path as the check language writes it: res.h["Content-Type"].
QString pathText(const CheckPath &path);

struct CheckNode;

/// Where items come from: [name:] stream [@lesson] [(condition)].
struct CheckSource
{
    QString bind;
    CheckStream stream = CheckStream::Http;
    bool wholeLesson = false;
    std::unique_ptr<CheckNode> condition;
    int position = 0;
};

enum class LiteralUnit { String, Number, Duration, Bytes, Bool, Null };

/// One side of a comparison.
struct CheckOperand
{
    enum class Kind { Literal, Path, Length, Count, First, Last };
    Kind kind = Kind::Literal;
    int position = 0;
    JsValue literal;
    LiteralUnit unit = LiteralUnit::String;
    /// Path, First and Last.
    CheckPath path;
    /// Length.
    std::unique_ptr<CheckOperand> inner;
    /// Count, First and Last.
    std::unique_ptr<CheckSource> source;
};

enum class Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Has,
    Contains,
    StartsWith,
    EndsWith,
    EqualIgnoringCase
};

/// One item of seq(...): a source to be found, or one that must not occur in between.
struct SequenceItem
{
    CheckSource source;
    bool none = false;
    /// `within` of a source, `for` of a none; milliseconds.
    std::optional<double> limit;
};

/// A parsed check. Which members are filled depends on `kind`.
struct CheckNode
{
    enum class Kind {
        And,
        Or,
        Not,
        Exists,
        No,
        Every,
        Sequence,
        Correct,
        Answered,
        Picked,
        Compare,
        Matches,
        In,
        Present,
        Absent,
        Truthy
    };
    Kind kind = Kind::And;
    /// Characters before it in the check's text; for what a macro stands for, those before its use.
    int position = 0;
    /// And, Or, Not; Every and Picked: the condition the item must meet (may be missing in Picked).
    std::vector<std::unique_ptr<CheckNode>> children;
    /// Exists, No, Every; Picked uses its stream.
    CheckSource source;
    std::vector<SequenceItem> items;
    Comparison comparison = Comparison::Equal;
    /// Left and right; In: left and all alternatives; otherwise one.
    std::vector<CheckOperand> operands;
    CheckPath path;
    /// Question id of Correct and Answered.
    QString question;
    QRegularExpression expression;
    /// The expression as written, for sentences.
    QString expressionText;
};

} // namespace rt
