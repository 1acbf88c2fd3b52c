// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "express/router.h"

#include <memory>

namespace rt {

class LabState;
struct ExpressSettings;

/// What answers /login, /me and /logout, by authentication mode. The default is mode "none".
struct AuthHandlers
{
    /// Credentials were right.
    Handler login;
    Handler me;
    Handler logout;
};

/// Which routes there are: those of the reference server only, so that answers can be compared, or
/// those of the lessons too.
enum class DemoProfile { Suite, Demo };

/// The routes of the demo API, in registration order. `state` must outlive the router.
std::shared_ptr<Router> makeDemoRoutes(const ExpressSettings &settings, LabState &state,
                                       AuthHandlers auth = {},
                                       DemoProfile profile = DemoProfile::Demo);

} // namespace rt
