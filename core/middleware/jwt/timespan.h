// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <optional>

namespace rt {

/// npm ms 2.1.3: milliseconds of "2 days", "10h", "-1.5s"; a bare number is milliseconds already.
/// Nothing for what it cannot read.
std::optional<double> parseMs(const QString &text);
/// jsonwebtoken's lib/timespan: the moment `time` after `iat`, in seconds since the epoch. A number
/// counts in seconds, text as ms reads it; nothing for other values and unreadable text. An iat of
/// 0 means `now` (milliseconds since the epoch).
std::optional<double> timespan(const JsValue &time, double iat, qint64 now);

} // namespace rt
