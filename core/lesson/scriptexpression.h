// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"

#include <QRegularExpression>

namespace rt {

constexpr int longestExpression = 200;

/// A JavaScript regular expression literal (/…/ or /…/i) as one that matches the same texts here.
/// Refuses what JavaScript would refuse, and expressions longer than 200 characters.
Result<QRegularExpression> scriptExpression(const QString &literal);

} // namespace rt
