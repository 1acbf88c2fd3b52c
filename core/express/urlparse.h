// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "express/target.h"

namespace rt {

/// Path and query of Node's legacy url.parse() (v20, lib/url.js); `invalid` where it throws.
TargetParts legacyUrlParse(QByteArrayView text);

} // namespace rt
