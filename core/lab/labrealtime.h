// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/labconfig.h"
#include "realtime/service.h"

namespace rt {

/// What a lab offers in real time. `profile` names the values to start from (suite, demo,
/// recovery); empty: the configuration's own, with no CORS unless it is set.
RealtimeOptions realtimeOptions(const LabConfig &config, const QByteArray &profile);
/// Both configurations offer the same in real time.
bool sameRealtime(const LabConfig &a, const LabConfig &b);

} // namespace rt
