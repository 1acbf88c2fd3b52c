// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/capturestore.h"

namespace rt {

/// The row of an exchange, as far as it is known.
ExchangeSummary summarize(const ExchangeRecord &record);

} // namespace rt
