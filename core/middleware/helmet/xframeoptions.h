// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of X-Frame-Options, or helmet's objection to the options. RFC 7034.
Result<QByteArray> xFrameOptions(const JsValue &options);

} // namespace rt
