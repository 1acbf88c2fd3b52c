// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "exporters/format.h"

namespace rt {

/// HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/) as the importers of Chrome,
/// Firefox and Safari take it: `pages` with timings, `cache: {}`, dates with a zone, never a NaN,
/// -1 where a figure is unknown. What the lab knows beyond that stands in members that begin with
/// "_".
Result<QByteArray> writeHar(const CaptureData &data, const ExportOptions &options);

/// Reads a HAR of any browser or tool. Entries that can't be used are left out; the result is an
/// error only when nothing is left or the file is no HAR. Imported exchanges have no server side.
Result<CaptureData> readHar(const QByteArray &json);

} // namespace rt
