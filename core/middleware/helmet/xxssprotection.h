// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of X-XSS-Protection: 0 switches an old filter off that made things worse; takes no
/// options.
Result<QByteArray> xXssProtection(const JsValue &options);

} // namespace rt
