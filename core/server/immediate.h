// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <functional>

namespace rt {

/// Node's setImmediate(): `callback` runs when this thread returns to its event loop, in the order
/// of the calls and after what the running event has written is on its way.
void setImmediate(std::function<void()> callback);

} // namespace rt
