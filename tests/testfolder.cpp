// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "testfolder.h"

QString testFolder()
{
    return QStringLiteral(RT_TEST_FOLDER);
}
