// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet/originagentcluster.h"

namespace rt {

Result<QByteArray> originAgentCluster(const JsValue &)
{
    return QByteArray("?1");
}

} // namespace rt
