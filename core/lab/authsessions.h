// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/demoroutes.h"

namespace rt {

/// The modes whose login lives in req.session. Under the profile `suite` the session holds
/// {user: {id, email, role}} and /me answers {user}, as the reference server does; under the others
/// it holds {userId, email, role} and /me answers {userId, email}, as the lessons have it.
AuthHandlers cookieSessionHandlers(DemoProfile profile);
/// `cookieOptions` are the options of express-session: its cookie's name, path and domain are
/// needed to clear it.
AuthHandlers sessionHandlers(DemoProfile profile, const JsValue &options, LabState &state);

} // namespace rt
