// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lessonsfolder.h"

#include <QCoreApplication>
#include <QDir>

namespace rt {

using namespace Qt::StringLiterals;

QString lessonsFolder()
{
    const QStringList places {qEnvironmentVariable("RT_LESSONS"),
                              QStringLiteral(RT_DATA_DIR "/lessons"),
                              QCoreApplication::instance() ? QCoreApplication::applicationDirPath()
                                      + u"/../share/roundtrip/lessons"_s
                                                           : QString(),
                              QStringLiteral(RT_SOURCE_DIR "/lessons")};
    for (const QString &place : places) {
        if (!place.isEmpty() && QDir(place).exists())
            return QDir(place).absolutePath();
    }
    return {};
}

} // namespace rt
