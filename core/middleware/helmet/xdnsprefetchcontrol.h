// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of X-DNS-Prefetch-Control, or helmet's objection to the options.
Result<QByteArray> xDnsPrefetchControl(const JsValue &options);

} // namespace rt
