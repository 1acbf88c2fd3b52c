// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of Cross-Origin-Embedder-Policy, or helmet's objection to the options. HTML §7.1.4.
Result<QByteArray> crossOriginEmbedderPolicy(const JsValue &options);

} // namespace rt
