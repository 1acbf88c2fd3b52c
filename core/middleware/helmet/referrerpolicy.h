// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of Referrer-Policy, or helmet's objection to the options. Referrer Policy §3.
Result<QByteArray> referrerPolicy(const JsValue &options);

} // namespace rt
