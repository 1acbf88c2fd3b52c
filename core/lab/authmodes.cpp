// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/authmodes.h"

#include "lab/authjwt.h"
#include "lab/authsessions.h"
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

bool isOtherSession(const LabConfig &config, QByteArrayView stage)
{
    const AuthMode mode = authMode(config);
    return (stage == "session" && mode == AuthMode::CookieSession)
        || (stage == "cookieSession" && mode == AuthMode::Session);
}

DemoProfile demoProfile(const LabConfig &config)
{
    const bool suite = config.setting("server.profile") == JsValue(QStringLiteral("suite"));
    return suite ? DemoProfile::Suite : DemoProfile::Demo;
}

AuthHandlers authHandlers(const LabConfig &config, LabState &state)
{
    switch (authMode(config)) {
    case AuthMode::CookieSession:
        return cookieSessionHandlers(demoProfile(config));
    case AuthMode::Session: {
        const StackEntry *session = config.entry("session");
        return sessionHandlers(demoProfile(config), session ? session->options : JsValue(), state);
    }
    case AuthMode::Jwt:
        return jwtHandlers(JwtSettings::fromConfig(config), state);
    case AuthMode::None:
        return {};
    }
    Q_UNREACHABLE();
}

} // namespace rt
