// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/optiontables.h"

namespace rt {

using namespace Qt::StringLiterals;

const OptionTable &corsOptions()
{
    static const OptionTable table(std::vector<OptionSpec> {
        {.name = "origin",
         .kind = OptionKind::Origin,
         .defaultValue = JsValue("*"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Allowed origins"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Which origins may read the answers: * for all, one origin, a "
                                   "list, a pattern, or true to repeat the caller."),
         .source = "npm cors; Fetch: Access-Control-Allow-Origin",
         .headers = {"Access-Control-Allow-Origin", "Vary"}},
        {.name = "methods",
         .kind = OptionKind::StringList,
         .defaultValue = JsValue("GET,HEAD,PUT,PATCH,POST,DELETE"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Allowed methods"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Methods the preflight answer allows. A browser never asks for "
                                   "GET, HEAD and POST."),
         .source = "npm cors; Fetch: Access-Control-Allow-Methods",
         .headers = {"Access-Control-Allow-Methods"}},
        {.name = "allowedHeaders",
         .kind = OptionKind::StringList,
         .absentText = u"repeat what was asked"_s,
         .title = QT_TRANSLATE_NOOP("options", "Allowed request headers"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Request headers the preflight answer allows. Empty repeats "
                                   "what the browser asked for."),
         .source = "npm cors; Fetch: Access-Control-Allow-Headers",
         .headers = {"Access-Control-Allow-Headers", "Vary"},
         .alias = "headers"},
        {.name = "exposedHeaders",
         .kind = OptionKind::StringList,
         .absentText = u"none"_s,
         .title = QT_TRANSLATE_NOOP("options", "Readable response headers"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Response headers a script may read besides the few that are "
                                   "always readable."),
         .source = "npm cors; Fetch: Access-Control-Expose-Headers",
         .headers = {"Access-Control-Expose-Headers"}},
        {.name = "credentials",
         .kind = OptionKind::Boolean,
         .absentText = u"no"_s,
         .title = QT_TRANSLATE_NOOP("options", "Allow credentials"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Lets pages use answers to requests that carried cookies. Only "
                                   "true counts, and never together with *."),
         .source = "npm cors; Fetch: Access-Control-Allow-Credentials",
         .headers = {"Access-Control-Allow-Credentials"}},
        {.name = "maxAge",
         .kind = OptionKind::Integer,
         .absentText = u"not sent"_s,
         .title = QT_TRANSLATE_NOOP("options", "Preflight cache"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "How long a browser may reuse a preflight answer. Without it: "
                                   "five seconds."),
         .source = "npm cors; Fetch: Access-Control-Max-Age",
         .unit = "seconds",
         .headers = {"Access-Control-Max-Age"}},
        {.name = "preflightContinue",
         .kind = OptionKind::Boolean,
         .defaultValue = JsValue(false),
         .title = QT_TRANSLATE_NOOP("options", "Pass preflights on"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Sets the headers and lets later middleware answer OPTIONS, "
                                   "instead of answering here."),
         .source = "npm cors, preflightContinue"},
        {.name = "optionsSuccessStatus",
         .kind = OptionKind::Integer,
         .defaultValue = JsValue(204),
         .title = QT_TRANSLATE_NOOP("options", "Preflight status"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Status of the preflight answer. Some very old browsers stumble "
                                   "over 204."),
         .source = "npm cors, optionsSuccessStatus"},
        {.name = "scope",
         .kind = OptionKind::Choice,
         .defaultValue = JsValue("app"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Mounted on"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "The whole app, or the handlers of one route only: then no "
                                   "OPTIONS reaches it."),
         .source = "Express: app.use and route middleware",
         .choices = {u"app"_s, u"route"_s},
         .own = true},
        {.name = "delegate",
         .kind = OptionKind::Any,
         .absentText = u"the same for all"_s,
         .title = QT_TRANSLATE_NOOP("options", "Options per request"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Chooses the options by the Origin of each request: a list, the "
                                   "options for those in it, and the options for all others."),
         .source = "npm cors, Configuring CORS Asynchronously",
         .own = true},
    });
    return table;
}

} // namespace rt
