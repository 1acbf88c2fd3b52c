// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "capture/exchangerecord.h"

#include <vector>

namespace rt {

/// What goes into or comes out of a file: exchanges and the calls they belong to.
struct CaptureContents
{
    std::vector<ExchangeRecord> exchanges;
    std::vector<CallRecord> calls;
};

struct ExportOptions
{
    /// Keep secrets (cookies, tokens) instead of masking them.
    bool full = false;
};

/// HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/) as browsers import it.
QByteArray exportHar(const CaptureContents &contents, const ExportOptions &options = {});
/// Exchanges of a HAR; tolerant of missing and odd members. The error says what is wrong with the file.
Result<CaptureContents> importHar(const QByteArray &utf8);

} // namespace rt
