// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of X-Content-Type-Options; takes no options. Fetch, nosniff.
Result<QByteArray> xContentTypeOptions(const JsValue &options);

} // namespace rt
