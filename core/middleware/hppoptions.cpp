// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/optiontables.h"

namespace rt {

using namespace Qt::StringLiterals;

const OptionTable &hppOptions()
{
    static const OptionTable table(std::vector<OptionSpec> {
        {.name = "checkQuery",
         .kind = OptionKind::Boolean,
         .defaultValue = JsValue(true),
         .title = QT_TRANSLATE_NOOP("options", "Check the query"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Of a repeated parameter only the last value stays in "
                                   "req.query."),
         .source = "npm hpp, checkQuery"},
        {.name = "checkBody",
         .kind = OptionKind::Boolean,
         .defaultValue = JsValue(true),
         .title = QT_TRANSLATE_NOOP("options", "Check the body"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "The same for req.body, which needs the body parser above."),
         .source = "npm hpp, checkBody"},
        {.name = "checkBodyOnlyForContentType",
         .kind = OptionKind::StringList,
         .defaultValue = JsValue("urlencoded"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Bodies to check"),
         .help = QT_TRANSLATE_NOOP("options", "Content types whose bodies are checked."),
         .source = "npm hpp, checkBodyOnlyForContentType"},
        {.name = "whitelist",
         .kind = OptionKind::StringList,
         .absentText = u"none"_s,
         .title = QT_TRANSLATE_NOOP("options", "May repeat"),
         .help = QT_TRANSLATE_NOOP("options", "Parameters that may be lists."),
         .source = "npm hpp, whitelist"},
        {.name = "more",
         .kind = OptionKind::Any,
         .absentText = u"none"_s,
         .title = QT_TRANSLATE_NOOP("options", "Further instances"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Options of further hpp() mounted right after this one; their "
                                   "whitelists add up."),
         .source = "npm hpp, multiple instances",
         .own = true},
    });
    return table;
}

} // namespace rt
