// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace rt {

/// The message of the SyntaxError that JSON.parse(text) throws in V8 11 (Node 20); empty for valid
/// JSON.
QString jsonSyntaxError(QStringView text);

} // namespace rt
