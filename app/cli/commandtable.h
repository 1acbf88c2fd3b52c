// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QList>
#include <QStringList>

namespace rt {

/// Exit codes of the program: the contract scripts rely on.
enum ExitCode { Done = 0, CheckFailed = 1, UsageError = 2, CouldNotRun = 3 };

/// One option in a command's help and man page. Texts are English; the command line is not
/// translated.
struct CliOption
{
    QString name;
    QString help;
};

/// One subcommand; --help, the man page and the dispatcher derive from this row.
struct CliCommand
{
    QString name;
    QString usage;
    QString summary;
    QList<CliOption> options;
    int (*run)(const QStringList &arguments) = nullptr;
};

const QList<CliCommand> &commandTable();
const CliCommand *findCommand(const QString &name);

QString generalHelp();
QString commandHelp(const CliCommand &command);
/// roundtrip(1) in man(7) macros.
QString manPage();

} // namespace rt
