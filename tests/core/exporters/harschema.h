// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "testfolder.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>

/// What the official JSON schema of HAR 1.2 (npm har-validator) holds against the file; empty when
/// nothing. Fetches the validator once into the build folder.
inline QString harSchemaFault(const QString &file)
{
    const QDir source(testFolder() + QStringLiteral("/core/exporters/schema"));
    const QDir work(QCoreApplication::applicationDirPath() + QStringLiteral("/../npm-har"));
    work.mkpath(QStringLiteral("."));
    QProcess process;
    process.setWorkingDirectory(work.path());
    if (!work.exists(QStringLiteral("node_modules/har-validator"))) {
        for (const char *name : {"package.json", "package-lock.json"}) {
            QFile::remove(work.filePath(QLatin1StringView(name)));
            QFile::copy(source.filePath(QLatin1StringView(name)),
                        work.filePath(QLatin1StringView(name)));
        }
        process.start(QStringLiteral("npm"), {QStringLiteral("ci"), QStringLiteral("--silent")});
        if (!process.waitForFinished(120'000) || process.exitCode() != 0)
            return QStringLiteral("npm ci failed: Node and the npm registry are needed");
    }
    process.start(QStringLiteral("node"), {source.filePath(QStringLiteral("check.mjs")), file});
    if (!process.waitForFinished(60'000))
        return QStringLiteral("the validator did not finish");
    return process.exitCode() == 0 ? QString() : QString::fromUtf8(process.readAllStandardError());
}
