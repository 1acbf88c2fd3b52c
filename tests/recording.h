// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "testfolder.h"

#include <QFile>

/// What a real package answered, recorded below tests/parity/express/record: a JSON file at `path`
/// below the tests' folder. Undefined when there is none.
inline rt::JsValue recording(const char *path)
{
    QFile file(testFolder() + QLatin1Char('/') + QLatin1StringView(path));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto parsed = rt::parseJson(file.readAll());
    const rt::JsValue *value = std::get_if<rt::JsValue>(&parsed);
    return value ? *value : rt::JsValue();
}
