// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "server/serverresponse.h"

#include <QByteArray>

namespace rt {

/// Node's /(?:^|\W)word(?:$|\W)/i: `word` (in lower case) stands in `text` between non-word
/// characters.
bool containsWord(QByteArrayView text, QByteArrayView word);

/// The error Node 20 throws; `detail` is the header name or the status code.
ResponseError responseError(ServerResponseFault fault, const QByteArray &detail);

} // namespace rt
