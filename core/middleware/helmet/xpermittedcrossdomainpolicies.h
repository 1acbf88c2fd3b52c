// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of X-Permitted-Cross-Domain-Policies, or helmet's objection to the options.
Result<QByteArray> xPermittedCrossDomainPolicies(const JsValue &options);

} // namespace rt
