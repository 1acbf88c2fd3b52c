// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "exporters/format.h"

#include "exporters/curl.h"
#include "exporters/har.h"

#include <QFileInfo>

#include <algorithm>

namespace rt {

const CallRecord *CaptureData::call(quint64 id) const
{
    const auto found = std::find_if(calls.begin(), calls.end(),
                                    [id](const CallRecord &record) { return record.id == id; });
    return found == calls.end() ? nullptr : &*found;
}

const std::vector<CaptureFormat> &captureFormats()
{
    static const std::vector<CaptureFormat> formats {
        {QStringLiteral("HTTP Archive 1.2"), {QStringLiteral("har")}, &writeHar, &readHar},
        {QStringLiteral("cURL commands"),
         {QStringLiteral("sh"), QStringLiteral("curl")},
         &writeCurl,
         nullptr},
    };
    return formats;
}

const CaptureFormat *captureFormat(const QString &fileName)
{
    const QString extension = QFileInfo(fileName).suffix().toLower();
    for (const CaptureFormat &format : captureFormats()) {
        if (format.extensions.contains(extension))
            return &format;
    }
    return nullptr;
}

} // namespace rt
