// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/commandtable.h"
#include "cli/tourcommand.h"
#include "windowcommand.h"

#include <QApplication>
#include <QFileInfo>
#include <QTextStream>

#include <cstdio>

namespace {

void print(const QString &text)
{
    QTextStream(stdout) << text;
}

/// Without one of these Qt can't open a window and would abort the program.
bool hasDisplay()
{
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY")
        || qEnvironmentVariableIsSet("QT_QPA_PLATFORM");
}

int runCommand(const rt::CliCommand &command, int argc, char **argv)
{
    // The server and the client run on this thread: without GLib's dispatcher each answer costs two
    // system calls less.
    qputenv("QT_NO_GLIB", "1");
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments().sliced(2);
    if (arguments.contains(QStringLiteral("--help")) || arguments.contains(QStringLiteral("-h"))) {
        print(rt::commandHelp(command));
        return rt::Done;
    }
    return command.run(arguments);
}

int runWindow(int argc, char **argv)
{
    if (!hasDisplay()) {
        qputenv("QT_NO_GLIB", "1");
        QCoreApplication application(argc, argv);
        return rt::tourCommand(QCoreApplication::arguments().sliced(1));
    }
    QApplication application(argc, argv);
    return rt::windowCommand(application, QApplication::arguments().sliced(1));
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("roundtrip"));
    QCoreApplication::setOrganizationName(QStringLiteral("roundtrip"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RT_VERSION));
    const QString first = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    if (first == u"--help" || first == u"-h") {
        print(rt::generalHelp());
        return rt::Done;
    }
    if (first == u"--version") {
        print(QStringLiteral("roundtrip " RT_VERSION "\n"));
        return rt::Done;
    }
    if (first == u"--man") {
        print(rt::manPage());
        return rt::Done;
    }
    if (const rt::CliCommand *command = rt::findCommand(first))
        return runCommand(*command, argc, argv);
    if (first.startsWith(u'-')) {
        std::fputs(qPrintable(QStringLiteral("roundtrip: unknown option %1\n\n").arg(first)
                              + rt::generalHelp()),
                   stderr);
        return rt::UsageError;
    }
    if (!first.isEmpty() && !QFileInfo::exists(first)) {
        std::fputs(
            qPrintable(
                QStringLiteral("roundtrip: %1 is neither a command nor a file\n\n").arg(first)
                + rt::generalHelp()),
            stderr);
        return rt::UsageError;
    }
    return runWindow(argc, argv);
}
