// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of X-Download-Options; takes no options. Old Internet Explorer.
Result<QByteArray> xDownloadOptions(const JsValue &options);

} // namespace rt
