// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QStringList>

namespace rt {

/// `roundtrip serve`: the lab's servers without a window, until SIGTERM or SIGINT. `arguments` are
/// those behind the word serve. Returns the exit code: 0 ended, 2 refused, 3 could not listen.
int serveCommand(const QStringList &arguments);
/// One line per option for --help and the man page: "--port N" and what it means.
const QList<std::pair<QString, QString>> &serveOptions();

} // namespace rt
