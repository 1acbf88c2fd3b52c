// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace rt {

/// Where the bundled lessons are: $RT_LESSONS, an installed program's data, or the sources it was
/// built from. Empty when there are none.
QString lessonsFolder();

} // namespace rt
