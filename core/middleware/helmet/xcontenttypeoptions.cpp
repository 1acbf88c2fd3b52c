// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/xcontenttypeoptions.h"

namespace rt {

Result<QByteArray> xContentTypeOptions(const JsValue &)
{
    return QByteArray("nosniff");
}

} // namespace rt
