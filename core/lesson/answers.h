// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/lesson.h"

namespace rt {

/// Whether `given` answers the question, `correct` being what its lesson or the learner's own
/// capture says is right. Choices are compared as sets of keys, numbers within the tolerance, texts
/// after the question's normalisation.
bool isRightAnswer(const Question &question, const JsValue &given, const JsValue &correct);

/// The options that were chosen though they are wrong; to show what each of them teaches.
QStringList wrongChoices(const Question &question, const JsValue &given);

/// trim, case, spaces, quotes, list-order.
QString normalizedAnswer(QString text, const QStringList &ways);

} // namespace rt
