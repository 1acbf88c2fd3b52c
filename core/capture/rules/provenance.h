// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <QByteArray>

#include <vector>

namespace rt {

/// Which option of which stage decides a response header. A test holds this against the option
/// tables, which this folder may not include.
struct HeaderSource
{
    QByteArray stage;
    QByteArray header;
    /// Dotted, "cors.origin".
    QByteArray option;
    JsValue defaultValue;
};

const std::vector<HeaderSource> &headerSources();

} // namespace rt
