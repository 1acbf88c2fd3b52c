// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// What a learner types into a one-line editor, read as JavaScript would, with bare words taken as
/// strings: 600, true, /\.test$/i, "text", text. Empty text is undefined.
Result<JsValue> valueFromText(const QString &text);
/// The inverse: what an editor shows for a value. Undefined gives an empty text.
QString textFromValue(const JsValue &value);

/// Comma-separated items; a regular expression or quoted text may hold commas.
Result<JsValue> listFromText(const QString &text, bool withRegExps);
/// A list as it is typed; a string is shown as it is.
QString textFromList(const JsValue &value);

/// The sentence for a JSON error under a field.
QString jsonErrorSentence(const JsonError &error, bool oneLine);

} // namespace rt
