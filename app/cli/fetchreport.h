// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/annotation.h"

namespace rt {

/// A finished call with its exchanges, for people.
QString fetchText(const CallRecord &call, const std::vector<ExchangeRecord> &exchanges);
/// The same as one JSON document.
JsValue fetchValue(const CallRecord &call, const std::vector<ExchangeRecord> &exchanges);

} // namespace rt
