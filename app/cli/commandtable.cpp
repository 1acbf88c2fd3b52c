// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/commandtable.h"

#include "cli/convertcommand.h"
#include "cli/explaincommand.h"
#include "cli/expresscommand.h"
#include "cli/fetchcommand.h"
#include "cli/lessoncommand.h"
#include "cli/servecommand.h"

namespace rt {

namespace {

QList<CliOption> optionsFrom(const QList<std::pair<QString, QString>> &rows)
{
    QList<CliOption> options;
    for (const auto &[name, help] : rows)
        options.append({name, help});
    return options;
}

CliCommand serveRow()
{
    return {QStringLiteral("serve"),
            QStringLiteral("serve [--config lab.json] --port N [option]..."),
            QStringLiteral("Run the lab's server without a window."), optionsFrom(serveOptions()),
            &serveCommand};
}

CliCommand convertRow()
{
    return {QStringLiteral("convert"),
            QStringLiteral("convert IN OUT [--full]"),
            QStringLiteral("Turn a capture into another format, chosen by the file's extension."),
            {{QStringLiteral("--full"),
              QStringLiteral("keep cookies, credentials and tokens; masked otherwise")}},
            &convertCommand};
}

CliCommand explainRow()
{
    return {QStringLiteral("explain"),
            QStringLiteral("explain FILE [--json]"),
            QStringLiteral("Say of every exchange in a HAR or capture what happened and why."),
            {{QStringLiteral("--json"), QStringLiteral("print a JSON document instead of text")}},
            &explainCommand};
}

CliCommand expressRow()
{
    return {QStringLiteral("express"),
            QStringLiteral("express [--config lab.json] DIR"),
            QStringLiteral("Write the lab as a Node project: npm ci && node server.mjs."),
            {{QStringLiteral("--config FILE"),
              QStringLiteral("lab file; without it, an Express application with its defaults")},
             {QStringLiteral("--profile NAME"),
              QStringLiteral("which demo routes: suite, demo or recovery")}},
            &expressCommand};
}

CliCommand fetchRow()
{
    return {QStringLiteral("fetch"),
            QStringLiteral("fetch URL [option]..."),
            QStringLiteral("Do one fetch as a browser would and print each decision."),
            {{QStringLiteral("--origin O"), QStringLiteral("origin of the page that asks")},
             {QStringLiteral("-X M"), QStringLiteral("method; GET when not given")},
             {QStringLiteral("-H 'N: V'"), QStringLiteral("a request header; may be repeated")},
             {QStringLiteral("--data D"), QStringLiteral("request body")},
             {QStringLiteral("--mode M"), QStringLiteral("cors, no-cors, same-origin or raw")},
             {QStringLiteral("--credentials C"), QStringLiteral("omit, same-origin or include")},
             {QStringLiteral("--json"), QStringLiteral("print a JSON document instead of text")}},
            &fetchCommand};
}

CliCommand lessonRow()
{
    return {QStringLiteral("lesson"),
            QStringLiteral("lesson list|lint|play [--all|ID...] [--wrong]"),
            QStringLiteral("List lessons, check their files, or let a robot play them."),
            {{QStringLiteral("--all"), QStringLiteral("all lessons instead of the named ones")},
             {QStringLiteral("--wrong"),
              QStringLiteral("with play: try the wrong paths, which must be refused")},
             {QStringLiteral("--write-golden"),
              QStringLiteral("with play: record the progress the robot comes to")}},
            &lessonCommand};
}

QString optionLines(const QList<CliOption> &options)
{
    QString text;
    for (const CliOption &option : options)
        text += QStringLiteral("  %1  %2\n").arg(option.name, -16).arg(option.help);
    return text;
}

/// Text for man(7): a leading '-' of a word must stay a minus that can be copied.
QString roff(QString text)
{
    return text.replace(u'\\', QLatin1String("\\e")).replace(u'-', QLatin1String("\\-"));
}

} // namespace

const QList<CliCommand> &commandTable()
{
    static const QList<CliCommand> table {serveRow(),   fetchRow(),   convertRow(),
                                          explainRow(), expressRow(), lessonRow()};
    return table;
}

const CliCommand *findCommand(const QString &name)
{
    for (const CliCommand &command : commandTable()) {
        if (command.name == name)
            return &command;
    }
    return nullptr;
}

QString generalHelp()
{
    QString text = QStringLiteral(
        "Usage: roundtrip [FILE]\n"
        "       roundtrip COMMAND [argument]...\n\n"
        "Without a command: open the lab (with FILE: a lab, capture, HAR or lesson).\n"
        "Without a display: play the tour and print the annotated traffic.\n\n"
        "Commands:\n");
    for (const CliCommand &command : commandTable())
        text += QStringLiteral("  %1  %2\n").arg(command.name, -8).arg(command.summary);
    text += QStringLiteral("\n"
                           "  --help       this text; after a command: that command's\n"
                           "  --version    the version\n"
                           "  --man        the manual page, for man -l\n\n"
                           "Exit codes: 0 done, 1 a check failed, 2 usage, 3 could not run.\n");
    return text;
}

QString commandHelp(const CliCommand &command)
{
    return QStringLiteral("Usage: roundtrip %1\n\n%2\n\n%3")
        .arg(command.usage, command.summary, optionLines(command.options));
}

QString manPage()
{
    QString text
        = QStringLiteral(".TH ROUNDTRIP 1 \"\" \"roundtrip %1\"\n"
                         ".SH NAME\nroundtrip \\- a lab for how web servers and browsers talk\n"
                         ".SH SYNOPSIS\n.B roundtrip\n[FILE]\n.br\n")
              .arg(QStringLiteral(RT_VERSION));
    for (const CliCommand &command : commandTable())
        text += QStringLiteral(".B roundtrip\n%1\n.br\n").arg(roff(command.usage));
    text += QStringLiteral(
        ".SH DESCRIPTION\nWithout a command the lab opens, with FILE showing that lab, "
        "capture, HAR or lesson. Without a display the tour is played and the "
        "annotated traffic printed.\n.SH COMMANDS\n");
    for (const CliCommand &command : commandTable()) {
        text += QStringLiteral(".SS %1\n%2\n").arg(command.name, roff(command.summary));
        for (const CliOption &option : command.options)
            text += QStringLiteral(".TP\n.B %1\n%2\n").arg(roff(option.name), roff(option.help));
    }
    return text
        + QStringLiteral(".SH EXIT STATUS\n0 done, 1 a check failed, 2 usage, 3 could not run.\n");
}

} // namespace rt
