// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

namespace rt {

/// A value as somebody would type it in JavaScript: 'text', /pattern/i, new Date('…'), [1, 2],
/// { name: 'value' }. On one line.
QString jsLiteral(const JsValue &value);
/// A member name, quoted only where JavaScript needs it.
QString jsKey(const QString &name);

} // namespace rt
