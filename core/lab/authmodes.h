// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/demoroutes.h"

namespace rt {

class LabConfig;

/// How the lab knows who sends a request. `None`: everybody may log in and nobody is known
/// afterwards.
enum class AuthMode { None, CookieSession, Session, Jwt };

/// The mode of a configuration: `server.auth.mode`; where that says none, the session middleware
/// that is switched on decides.
AuthMode authMode(const LabConfig &config);

/// A request has one req.session: true for the other session stage when the mode names one.
bool isOtherSession(const LabConfig &config, QByteArrayView stage);

/// Which demo routes a configuration has.
DemoProfile demoProfile(const LabConfig &config);

/// What answers /login, /me, /logout and the guard in the configuration's mode. `state` must
/// outlive the handlers.
AuthHandlers authHandlers(const LabConfig &config, LabState &state);

} // namespace rt
