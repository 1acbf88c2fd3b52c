// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfig.h"
#include "middleware/optiontables.h"

#include <QtGlobal>

namespace rt {

const std::vector<MiddlewareInfo> &middlewareCatalog()
{
    static const std::vector<MiddlewareInfo> catalog {
        {"headers", "",
         QT_TRANSLATE_NOOP("middleware", "Headers set on every answer before anything else runs"),
         OptionTable(), true},
        {"helmet", "helmet",
         QT_TRANSLATE_NOOP("middleware", "Twelve response headers that make browsers more careful"),
         helmetOptions(), true},
        {"compression", "compression",
         QT_TRANSLATE_NOOP("middleware", "Compresses answers the client can unpack"),
         compressionOptions(), true},
        {"cors", "cors",
         QT_TRANSLATE_NOOP("middleware", "Lets pages of other origins read the answers"),
         corsOptions(), true},
        {"text", "express.text",
         QT_TRANSLATE_NOOP("middleware", "Reads plain text bodies into req.body"), textOptions(),
         true},
        {"json", "express.json", QT_TRANSLATE_NOOP("middleware", "Reads JSON bodies into req.body"),
         jsonOptions(), true},
        {"urlencoded", "express.urlencoded",
         QT_TRANSLATE_NOOP("middleware", "Reads form bodies into req.body"), urlencodedOptions(),
         true},
        {"raw", "express.raw",
         QT_TRANSLATE_NOOP("middleware", "Reads other bodies into req.body as bytes"), rawOptions(),
         true},
        {"hpp", "hpp",
         QT_TRANSLATE_NOOP("middleware", "Keeps only the last value of repeated parameters"),
         hppOptions(), true},
        {"cookies", "cookie-parser",
         QT_TRANSLATE_NOOP("middleware", "Reads the Cookie header into req.cookies"),
         cookieParserOptions(), true},
        {"cookieSession", "cookie-session",
         QT_TRANSLATE_NOOP("middleware", "Keeps the session in a signed cookie"),
         cookieSessionOptions(), true},
        {"session", "express-session",
         QT_TRANSLATE_NOOP("middleware", "Keeps the session at the server, its id in a cookie"),
         sessionOptions(), true},
        {"csrf", "csrf",
         QT_TRANSLATE_NOOP("middleware", "Asks for a token that only the own page can read"),
         OptionTable(), true},
        {"auth", "auth", QT_TRANSLATE_NOOP("middleware", "Answers 401 to whoever is not logged in"),
         OptionTable(), true},
        {"routes", "routes", QT_TRANSLATE_NOOP("middleware", "The handlers of the demo API"),
         OptionTable(), false},
        {"notFound", "notFound", QT_TRANSLATE_NOOP("middleware", "Answers 404 when no route did"),
         OptionTable(), false},
        {"errors", "errors", QT_TRANSLATE_NOOP("middleware", "Answers when something went wrong"),
         OptionTable(), false},
    };
    return catalog;
}

const MiddlewareInfo *middlewareInfo(QByteArrayView name)
{
    for (const MiddlewareInfo &info : middlewareCatalog()) {
        if (info.name == name)
            return &info;
    }
    return nullptr;
}

} // namespace rt
