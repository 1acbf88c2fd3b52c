// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of Cross-Origin-Opener-Policy, or helmet's objection to the options. HTML §7.1.3.
Result<QByteArray> crossOriginOpenerPolicy(const JsValue &options);

} // namespace rt
