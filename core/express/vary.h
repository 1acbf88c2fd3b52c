// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

namespace rt {

/// npm vary 1.1 append(): the value of Vary with the field names added that are not there yet.
QByteArray appendVary(const QByteArray &value, const QByteArray &fields);

} // namespace rt
