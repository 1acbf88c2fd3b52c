// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "server/httpserver.h"

namespace rt {

class Lab;

/// POST /__control/config and /__control/reset, by which a differential test moves one running lab
/// from case to case. Loopback only; before all middleware.
RequestListener testControl(Lab &lab);
/// The same paths without the switch: 404, as nothing of the lab may see them.
RequestListener withoutTestControl();

} // namespace rt
