// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/demoroutes.h"
#include "lab/jwtsettings.h"

namespace rt {

/// The mode whose login is a JSON Web Token, in the header Authorization or in a cookie. `state`
/// must outlive the handlers.
AuthHandlers jwtHandlers(const JwtSettings &settings, LabState &state);

} // namespace rt
