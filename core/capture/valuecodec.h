// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "capture/bytestream.h"

namespace rt {

/// JSON will not do for a JsValue: it knows no undefined, Buffer, RegExp or Date.
void writeValue(ByteWriter &out, const JsValue &value);
JsValue readValue(ByteReader &in);

} // namespace rt
