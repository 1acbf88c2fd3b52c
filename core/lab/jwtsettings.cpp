// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/jwtsettings.h"

#include "lab/authmodes.h"
#include "lab/jwtdemokeys.h"
#include "lab/labconfig.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

JsValue setting(const LabConfig &config, QByteArrayView name)
{
    return config.setting(QByteArray("server.jwt.") + name.toByteArray());
}

/// `options` with the settings that are made.
JsValue withSettings(JsValue options, const LabConfig &config, const QStringList &names)
{
    for (const QString &name : names) {
        const JsValue value = setting(config, name.toUtf8());
        if (!value.isNullish() && (options.isObject() || options.isUndefined()))
            options.insert(name, value);
    }
    return options;
}

/// a ?? b
JsValue orElse(const JsValue &a, const JsValue &b)
{
    return a.isNullish() ? b : a;
}

bool usesKeyPair(const QString &algorithm)
{
    return algorithm.startsWith(u"RS") || algorithm.startsWith(u"PS")
        || algorithm.startsWith(u"ES");
}

/// A lab without keys works all the same, and changing the algorithm changes the kind of key.
void fillKeys(JwtSettings &settings, const LabConfig &config)
{
    const QString algorithm = settings.signOptions[u"algorithm"].toString();
    if (!usesKeyPair(algorithm)) {
        const JsValue secret
            = orElse(setting(config, "secret"), JsValue(u"the secret of this lab, kept by it"_s));
        settings.signKey = settings.verifyKey = secret;
        return;
    }
    const JsValue privateKey = setting(config, "privateKey");
    const JwtKeyPair own = jwtDemoKeys(algorithm);
    settings.signKey = orElse(privateKey, JsValue(QString::fromLatin1(own.privateKey)));
    settings.verifyKey = orElse(setting(config, "publicKey"),
                                orElse(privateKey, JsValue(QString::fromLatin1(own.publicKey))));
}

void fillCookie(JwtSettings &settings, const JsValue &cookie)
{
    const bool suite = settings.profile == DemoProfile::Suite;
    settings.cookieName = orElse(cookie[u"name"], JsValue(suite ? u"token"_s : u"auth"_s)).asText();
    JsValue httpOnly = JsValue::object();
    httpOnly.insert(u"httpOnly"_s, JsValue(true));
    settings.cookieOptions = orElse(cookie[u"options"], suite ? JsValue::object() : httpOnly);
}

} // namespace

JwtSettings JwtSettings::fromConfig(const LabConfig &config)
{
    JwtSettings settings;
    settings.profile = demoProfile(config);
    settings.signOptions
        = withSettings(setting(config, "sign"), config, {u"algorithm"_s, u"expiresIn"_s});
    settings.verifyOptions
        = withSettings(setting(config, "verify"), config, {u"algorithms"_s, u"clockTolerance"_s});
    settings.signKey = orElse(setting(config, "privateKey"), setting(config, "secret"));
    settings.verifyKey = orElse(setting(config, "publicKey"), setting(config, "secret"));
    settings.claims = setting(config, "claims");
    settings.naive = setting(config, "verifier") == JsValue(u"naive"_s);
    settings.denylist = setting(config, "denylist").isTruthy();
    settings.tokenVersion = setting(config, "tokenVersion").isTruthy();
    settings.jti = setting(config, "jti").isTruthy();
    settings.inCookie = setting(config, "delivery") == JsValue(u"cookie"_s);
    fillCookie(settings, setting(config, "cookie"));
    if (settings.profile == DemoProfile::Demo) {
        fillKeys(settings, config);
        settings.jti = settings.jti || settings.denylist;
    }
    return settings;
}

} // namespace rt
