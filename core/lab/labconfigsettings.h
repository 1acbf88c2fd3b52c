// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "options/optionspec.h"

namespace rt {

/// Settings of the server that belong to no stage of the stack, with dotted names as lessons write
/// them: "trustProxy", "express.etag", "jwt.expiresIn".
const OptionTable &expressSettings();
const OptionTable &serverSettings();
/// Settings of the built-in browser, without the "client." in front.
const OptionTable &clientSettings();

} // namespace rt
