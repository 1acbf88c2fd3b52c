// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"
#include "capture/exchangerecord.h"

namespace rt {

/// What makes the same call again.
FetchRequest requestOf(const CallRecord &call);

} // namespace rt
