// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "capture/exchangerecord.h"

#include <QStringList>

#include <vector>

namespace rt {

/// What an exporter writes and an importer brings: a snapshot by value, so that either may run on
/// any thread.
struct CaptureData
{
    std::vector<ExchangeRecord> exchanges;
    std::vector<CallRecord> calls;

    const CallRecord *call(quint64 id) const;
};

struct ExportOptions
{
    /// False: cookies, credentials and tokens are masked (secrets.h says which).
    bool keepSecrets = false;
};

/// One file format of captures.
struct CaptureFormat
{
    QString title;
    /// Without the dot, lower case; the first is the usual one.
    QStringList extensions;
    /// Empty when the format can only be read.
    Result<QByteArray> (*write)(const CaptureData &, const ExportOptions &) = nullptr;
    /// Empty when the format can only be written.
    Result<CaptureData> (*read)(const QByteArray &) = nullptr;
};

const std::vector<CaptureFormat> &captureFormats();
/// By the extension of a file name; null when none fits.
const CaptureFormat *captureFormat(const QString &fileName);

} // namespace rt
