// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/expresscommand.h"

#include "cli/commandtable.h"
#include "exporters/expressproject.h"

#include <QFile>
#include <QFileInfo>
#include <QTextStream>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

struct ExpressArguments
{
    QString configFile;
    QString profile;
    QString folder;
};

Result<ExpressArguments> readArguments(const QStringList &words)
{
    ExpressArguments arguments;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString option = words.at(i).section(u'=', 0, 0);
        if (!option.startsWith(u'-')) {
            if (!arguments.folder.isEmpty())
                return failure(u"express writes one folder, not \"%1\" as well."_s.arg(option));
            arguments.folder = words.at(i);
            continue;
        }
        if (option != u"--config" && option != u"--profile")
            return failure(u"express does not know \"%1\"."_s.arg(option));
        const bool inOneWord = words.at(i).contains(u'=');
        if (!inOneWord && i + 1 >= words.size())
            return failure(u"%1 needs a value."_s.arg(option));
        const QString value = inOneWord ? words.at(i).section(u'=', 1) : words.at(++i);
        (option == u"--config" ? arguments.configFile : arguments.profile) = value;
    }
    if (arguments.folder.isEmpty())
        return failure(u"express needs the folder to write."_s);
    return arguments;
}

Result<LabConfig> readConfig(const ExpressArguments &arguments)
{
    LabConfig config = LabConfig::peerDefaults();
    if (!arguments.configFile.isEmpty()) {
        QFile file(arguments.configFile);
        if (!file.open(QIODevice::ReadOnly))
            return failure(
                u"%1 cannot be read: %2."_s.arg(arguments.configFile, file.errorString()));
        // An option the packages ignore is theirs to ignore in Node too.
        const auto read = LabConfig::fromJson(file.readAll(), QFileInfo(file).fileName(),
                                              OptionReading::AsPackages);
        if (!read)
            return read;
        config = *read;
    }
    return arguments.profile.isEmpty()
        ? Result<LabConfig>(config)
        : config.withSetting("server.profile", JsValue(arguments.profile));
}

} // namespace

int expressCommand(const QStringList &words)
{
    QTextStream err(stderr);
    const auto arguments = readArguments(words);
    if (!arguments) {
        err << "roundtrip: " << arguments.error().message << "\n\n"
            << commandHelp(*findCommand(u"express"_s));
        return UsageError;
    }
    const auto config = readConfig(*arguments);
    const auto files = config ? expressProject(*config)
                              : Result<std::vector<ProjectFile>>(failure(config.error().message));
    if (!files) {
        err << "config error: " << files.error().message << '\n';
        return UsageError;
    }
    if (const auto written = writeProject(*files, arguments->folder); !written) {
        err << "roundtrip: " << written.error().message << '\n';
        return CouldNotRun;
    }
    err << u"roundtrip: the lab as an Express project is in %1. Run npm ci && node server.mjs there.\n"_s
               .arg(arguments->folder);
    return Done;
}

} // namespace rt
