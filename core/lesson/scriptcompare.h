// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lesson/checktree.h"

namespace rt {

/// Compares as the check language does: a missing value compares with nothing, a number compares
/// with a text that is a plain decimal, everything else as JavaScript without its type juggling.
bool compareValues(Comparison comparison, const JsValue &left, const JsValue &right);

/// value[key] as JavaScript has it for plain data: members, list items, `length`.
JsValue memberOf(const JsValue &value, const QString &key);
/// The member whose name equals `key` but for ASCII case; for header maps.
JsValue memberIgnoringCase(const JsValue &value, const QString &key);
/// RFC 6901, "/" being the value itself; undefined when absent.
JsValue pointerTarget(const JsValue &value, const QString &pointer);

} // namespace rt
