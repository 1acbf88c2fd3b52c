// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/authmodes.h"

#include "lab/labconfig.h"

namespace rt {

AuthMode authMode(const LabConfig &config)
{
    const QString mode = config.setting("server.auth.mode").toString();
    if (mode == u"cookieSession")
        return AuthMode::CookieSession;
    if (mode == u"session")
        return AuthMode::Session;
    if (mode == u"jwt")
        return AuthMode::Jwt;
    if (config.isEnabled("cookieSession"))
        return AuthMode::CookieSession;
    return config.isEnabled("session") ? AuthMode::Session : AuthMode::None;
}

AuthHandlers authHandlers(const LabConfig &config, LabState &state)
{
    Q_UNUSED(state)
    switch (authMode(config)) {
    case AuthMode::None:
    case AuthMode::CookieSession:
    case AuthMode::Session:
    case AuthMode::Jwt:
        return {};
    }
    Q_UNREACHABLE();
}

} // namespace rt
