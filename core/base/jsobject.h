// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

namespace rt {

/// Own enumerable string keys with their values, as Object.keys, `for … in` and Object.assign see
/// them: members of an object, indexes of a list, of a Buffer or of a string's UTF-16 units;
/// nothing for all else.
QList<std::pair<QString, JsValue>> enumerableMembers(const JsValue &value);

/// True for a name every JavaScript object inherits (`"toString" in {}`).
bool isObjectPrototypeName(QStringView name);

/// ECMA-262 Number(value); NaN where it is no number.
double toJsNumber(const JsValue &value);

/// ECMA-262 TimeClip: what `new Date(milliseconds)` keeps; NaN out of range.
double timeClip(double milliseconds);

} // namespace rt
