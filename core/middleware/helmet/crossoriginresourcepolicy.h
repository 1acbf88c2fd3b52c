// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of Cross-Origin-Resource-Policy, or helmet's objection to the options. Fetch, CORP.
Result<QByteArray> crossOriginResourcePolicy(const JsValue &options);

} // namespace rt
