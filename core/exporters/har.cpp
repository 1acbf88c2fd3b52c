// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "exporters/har.h"

namespace rt {

QByteArray exportHar(const CaptureContents &, const ExportOptions &)
{
    return "{}";
}

Result<CaptureContents> importHar(const QByteArray &)
{
    return failure(QStringLiteral("This file is no HAR."));
}

} // namespace rt
