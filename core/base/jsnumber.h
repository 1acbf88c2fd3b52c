// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

namespace rt {

/// ECMA-262 Number(text): blanks around are ignored, nothing is 0, what is no number is NaN.
double jsNumber(QStringView text);
/// Number(value) for values from JSON; objects and buffers are NaN.
double jsNumber(const JsValue &value);
/// White space and line ends of ECMA-262.
bool isJsBlank(QChar character);

} // namespace rt
