// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of Strict-Transport-Security, or helmet's objection to the options. RFC 6797.
Result<QByteArray> strictTransportSecurity(const JsValue &options);

} // namespace rt
