// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "lab/demoroutes.h"

namespace rt {

class LabConfig;

/// The settings `jwt.*` of a configuration as the login by token uses them. The lab's own words
/// (algorithm, expiresIn; algorithms, clockTolerance) are added to the options `sign` and `verify`.
/// Under the profile `suite` nothing else is; under the others missing keys are the lab's, the
/// cookie is `auth` with HttpOnly, and a deny list gives every token an id.
struct JwtSettings
{
    static JwtSettings fromConfig(const LabConfig &config);

    DemoProfile profile = DemoProfile::Demo;
    /// What jwt.sign and jwt.verify get: a secret or PEM.
    JsValue signKey;
    JsValue verifyKey;
    JsValue signOptions;
    JsValue verifyOptions;
    /// Added to the payload.
    JsValue claims;
    bool naive = false;
    bool jti = false;
    bool denylist = false;
    bool tokenVersion = false;
    /// The token travels in a cookie instead of the answer and the header Authorization.
    bool inCookie = false;
    QString cookieName;
    JsValue cookieOptions;
};

} // namespace rt
