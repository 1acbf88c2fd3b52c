// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/convertcommand.h"

#include "cli/capturefile.h"
#include "cli/commandtable.h"

#include <QRegularExpression>
#include <QTextStream>

namespace rt {

int convertCommand(const QStringList &arguments)
{
    QTextStream err(stderr);
    QStringList files = arguments;
    ExportOptions options;
    options.keepSecrets = files.removeAll(QStringLiteral("--full")) > 0;
    const bool unknown = !files.filter(QRegularExpression(QStringLiteral("^-."))).isEmpty();
    if (files.size() != 2 || unknown) {
        err << "roundtrip: convert needs two files\n\n"
            << commandHelp(*findCommand(QStringLiteral("convert")));
        return UsageError;
    }
    const auto data = readCaptureFile(files.at(0));
    if (!data) {
        err << "roundtrip: " << data.error().message << '\n';
        return CouldNotRun;
    }
    if (const auto written = writeCaptureFile(files.at(1), *data, options); !written) {
        err << "roundtrip: " << written.error().message << '\n';
        return CouldNotRun;
    }
    err << QStringLiteral("roundtrip: %1 exchanges written to %2%3\n")
               .arg(data->exchanges.size())
               .arg(files.at(1),
                    options.keepSecrets ? QString() : QStringLiteral(", secrets masked"));
    return Done;
}

} // namespace rt
