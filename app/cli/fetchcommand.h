// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace rt {

/// `roundtrip fetch URL [--origin O] [-X M] [-H 'N: V']… [--data D] [--mode M] [--credentials C]
/// [--json]`: one fetch by the built-in browser with every decision. Exit code 1 when the browser
/// kept the answer from the page or none came.
int fetchCommand(const QStringList &arguments);

} // namespace rt
