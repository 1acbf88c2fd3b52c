// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/xxssprotection.h"

namespace rt {

Result<QByteArray> xXssProtection(const JsValue &)
{
    return QByteArray("0");
}

} // namespace rt
