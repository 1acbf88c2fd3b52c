// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"

namespace rt {

/// Value of Origin-Agent-Cluster; takes no options. HTML §7.1.2.
Result<QByteArray> originAgentCluster(const JsValue &options);

} // namespace rt
