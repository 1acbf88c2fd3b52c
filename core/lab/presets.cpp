// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/presets.h"

#include <QtGlobal>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

const QString app = u"http://app.shop.test:3000"_s;

LabConfig changed(LabConfig config, const std::vector<std::pair<QByteArray, JsValue>> &settings)
{
    for (const auto &[path, value] : settings) {
        const auto next = config.withSetting(path, value);
        Q_ASSERT(next.has_value());
        config = *next;
    }
    return config;
}

LabConfig openToApp()
{
    return changed(LabConfig::base(), {{"server.cors.enabled", true}, {"server.cors.origin", app}});
}

LabConfig withLogin()
{
    return changed(LabConfig::base(),
                   {{"server.cors.enabled", true},
                    {"server.cors.origin", JsValue::stringArray({app})},
                    {"server.cors.credentials", true},
                    {"server.cookieSession.enabled", true},
                    {"server.cookieSession.keys", JsValue::stringArray({u"k1"_s})},
                    {"server.auth.mode", u"cookieSession"_s}});
}

LabConfig careful()
{
    return changed(withLogin(),
                   {{"server.helmet.enabled", true},
                    {"server.hpp.enabled", true},
                    {"server.compression.enabled", true},
                    {"server.cors.maxAge", 600}});
}

} // namespace

const std::vector<Preset> &presets()
{
    static const std::vector<Preset> all {
        {"base", QT_TRANSLATE_NOOP("presets", "Plain Express"),
         QT_TRANSLATE_NOOP("presets", "Body parsers and routes, nothing else."), LabConfig::base()},
        {"cors", QT_TRANSLATE_NOOP("presets", "Open to the app"),
         QT_TRANSLATE_NOOP("presets", "The site's pages may call the API."), openToApp()},
        {"login", QT_TRANSLATE_NOOP("presets", "With a login"),
         QT_TRANSLATE_NOOP("presets", "Cookies across origins and a signed session."), withLogin()},
        {"careful", QT_TRANSLATE_NOOP("presets", "All precautions"),
         QT_TRANSLATE_NOOP("presets", "helmet, cors, hpp, compression and a session together."),
         careful()},
    };
    return all;
}

const Preset *preset(QByteArrayView id)
{
    for (const Preset &one : presets()) {
        if (one.id == id)
            return &one;
    }
    return nullptr;
}

} // namespace rt
