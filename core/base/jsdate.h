// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringView>

#include <optional>

namespace rt {

/// Date.parse(): milliseconds since the epoch, or nothing where JavaScript has NaN. ISO 8601 as
/// ECMA-262 has it and, beyond that, what V8 11 makes of other texts; a time without a zone is
/// local.
std::optional<double> parseJsDate(QStringView text);

} // namespace rt
