// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "exporters/format.h"

namespace rt {

/// One cURL command line for a POSIX shell that repeats the request: what the client sent, header
/// by header. A virtual origin gets --connect-to the loopback port it was served from.
QByteArray curlCommand(const ExchangeRecord &exchange, const ExportOptions &options);

/// A shell script with one command for every exchange that is no preflight.
Result<QByteArray> writeCurl(const CaptureData &data, const ExportOptions &options);

} // namespace rt
