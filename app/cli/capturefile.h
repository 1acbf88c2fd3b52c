// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "exporters/format.h"

namespace rt {

/// Reads a capture session of ours or any format an importer knows. The error is a sentence naming
/// the file.
Result<CaptureData> readCaptureFile(const QString &fileName);
/// Writes by extension; `.rtcap` is a session file. The file is only replaced when all went well.
Result<void> writeCaptureFile(const QString &fileName, const CaptureData &data,
                              const ExportOptions &options);
/// "har, sh, rtcap": the extensions that can be written.
QString writableExtensions();

} // namespace rt
