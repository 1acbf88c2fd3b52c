// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/checktree.h"

namespace rt {

/// What a stream's items are called: "exchange", "call".
QString streamNoun(CheckStream stream, bool several = false);
/// A field in plain words: "Content-Type", "answer bytes", "setting cors.origin".
QString fieldLabel(const CheckPath &path);
QString operandLabel(const CheckOperand &operand);
/// A value as read in a sentence: texts bare, nothing as "missing".
QString valueLabel(const JsValue &value);
/// "is", "is at least", "contains".
QString comparisonPhrase(Comparison comparison);
/// What is wanted of a value: "600", "above 86400", "something with gzip in it".
QString wantedPhrase(const CheckNode &comparison, const QString &right);

/// The condition in plain words: "kind is preflight and status is 204".
QString conditionSentence(const CheckNode &node);
/// A whole clause: "There is an exchange where method is PUT."
QString clauseSentence(const CheckNode &node);
QString sequenceItemSentence(const SequenceItem &item, bool first);

} // namespace rt
