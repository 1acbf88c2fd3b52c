// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

#include <optional>

namespace rt {

/// MessagePack as npm notepack.io 3 writes it: shortest forms, undefined as nil, undefined members
/// left out, bytes as bin, dates as timestamps.
/// notepack.io differs: whole numbers from 2^64 on are written as floats, where the package's own
/// writer loses their upper half.
QByteArray toMessagePack(const JsValue &value);

/// One value and nothing behind it; nothing when the bytes are anything else. Integers become
/// JavaScript numbers, ext values arrays of type and bytes. Nesting deeper than 100 is refused.
std::optional<JsValue> parseMessagePack(QByteArrayView bytes);

} // namespace rt
