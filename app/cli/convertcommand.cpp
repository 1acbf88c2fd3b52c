// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/convertcommand.h"

#include <cstdio>

namespace rt {

int convertCommand(const QStringList &)
{
    std::fputs("usage: roundtrip convert IN OUT [--full]\n", stderr);
    return 2;
}

} // namespace rt
