// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/router.h"

#include <functional>
#include <memory>

namespace rt {

class LabState;
struct ExpressSettings;

/// What depends on the authentication mode. What is left empty is that of mode "none"; see
/// authmodes.h.
struct AuthHandlers
{
    /// POST /login, called when the credentials were right.
    Handler login;
    /// GET /me
    Handler me;
    /// POST /logout
    Handler logout;
    /// POST /logout-all: every login of the user ends. Empty: only the sender's, as `logout`.
    Handler logoutAll;
    /// The logged-in user of a request, undefined when there is none: asked by the stage `auth` and
    /// by routes that need a login. Names its decisions.
    std::function<JsValue(Exchange &)> identify;
    /// Answers a request that `identify` knows nobody for. Empty: 401 {"error":"not logged in"}.
    std::function<void(Exchange &)> refuse;
    /// Routes that exist in this mode only.
    std::function<void(Router &)> addRoutes;
};

/// Which routes there are: those of the reference server only, so that answers can be compared, or
/// those of the lessons too.
enum class DemoProfile { Suite, Demo };

struct DemoOptions
{
    DemoProfile profile = DemoProfile::Demo;
    /// GET /transfer moves money too (`server.transfer.allowGet`).
    bool transferByGet = false;
};

/// The routes of the demo API, in registration order. `state` must outlive the router.
std::shared_ptr<Router> makeDemoRoutes(const ExpressSettings &settings, LabState &state,
                                       AuthHandlers auth = {}, const DemoOptions &options = {});

} // namespace rt
