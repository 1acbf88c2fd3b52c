// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/xdownloadoptions.h"

namespace rt {

Result<QByteArray> xDownloadOptions(const JsValue &)
{
    return QByteArray("noopen");
}

} // namespace rt
