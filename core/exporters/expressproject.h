// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "lab/labconfig.h"

namespace rt {

struct ProjectFile
{
    QString name;
    QByteArray bytes;
};

/// The lab as a Node project: `npm ci && node server.mjs` answers as the lab does, on the port in
/// PORT or 8000. Holds server.mjs as expressCode() shows it, the modules it asks for,
/// package.json with the versions the lab imitates, a lock file of exactly those packages, and a
/// README. Refuses a configuration that the packages refuse, in their words.
Result<std::vector<ProjectFile>> expressProject(const LabConfig &config);

/// Writes into `folder`, which is made if needed; files of the same names are replaced.
Result<void> writeProject(const std::vector<ProjectFile> &files, const QString &folder);

/// What `npm ci` installs for these packages: the entries of a complete lock file that they need,
/// directly or not.
JsValue prunedLock(const JsValue &lock, const QStringList &packages);

} // namespace rt
