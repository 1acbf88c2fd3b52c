// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/explaincommand.h"

#include <cstdio>

namespace rt {

int explainCommand(const QStringList &)
{
    std::fputs("usage: roundtrip explain FILE [--json]\n", stderr);
    return 2;
}

} // namespace rt
