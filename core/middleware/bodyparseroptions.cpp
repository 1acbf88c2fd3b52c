// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/optiontables.h"

namespace rt {

using namespace Qt::StringLiterals;

const OptionTable &jsonOptions()
{
    static const OptionTable table(std::vector<OptionSpec> {
        {.name = "limit",
         .kind = OptionKind::Any,
         .defaultValue = JsValue("100kb"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Size limit"),
         .help = QT_TRANSLATE_NOOP("options", "Longer bodies are answered with 413."),
         .source = "npm body-parser, limit",
         .unit = "bytes"},
        {.name = "inflate",
         .kind = OptionKind::Boolean,
         .defaultValue = JsValue(true),
         .title = QT_TRANSLATE_NOOP("options", "Accept compressed bodies"),
         .help
         = QT_TRANSLATE_NOOP("options", "Off: a body with Content-Encoding is answered with 415."),
         .source = "npm body-parser, inflate"},
        {.name = "strict",
         .kind = OptionKind::Boolean,
         .defaultValue = JsValue(true),
         .title = QT_TRANSLATE_NOOP("options", "Objects and lists only"),
         .help = QT_TRANSLATE_NOOP("options", "Off: a single number or text counts as JSON too."),
         .source = "npm body-parser, strict"},
        {.name = "type",
         .kind = OptionKind::StringList,
         .defaultValue = JsValue("application/json"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Content-Type"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Bodies of other types are left alone and the handler sees no "
                                   "body."),
         .source = "npm body-parser, type"},
        {.name = "verify",
         .kind = OptionKind::Any,
         .absentText = u"none"_s,
         .title = QT_TRANSLATE_NOOP("options", "Check before parsing"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Refuses a body that contains a text; stands for a function of "
                                   "yours."),
         .source = "npm body-parser, verify"},
    });
    return table;
}

const OptionTable &urlencodedOptions()
{
    static const OptionTable table(std::vector<OptionSpec> {
        {.name = "extended",
         .kind = OptionKind::Boolean,
         .defaultValue = JsValue(true),
         .title = QT_TRANSLATE_NOOP("options", "Nested fields"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "a[b]=1 becomes an object (qs). Off: brackets are ordinary "
                                   "characters (querystring)."),
         .source = "npm body-parser, extended"},
        {.name = "limit",
         .kind = OptionKind::Any,
         .defaultValue = JsValue("100kb"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Size limit"),
         .help = QT_TRANSLATE_NOOP("options", "Longer bodies are answered with 413."),
         .source = "npm body-parser, limit",
         .unit = "bytes"},
        {.name = "inflate",
         .kind = OptionKind::Boolean,
         .defaultValue = JsValue(true),
         .title = QT_TRANSLATE_NOOP("options", "Accept compressed bodies"),
         .help
         = QT_TRANSLATE_NOOP("options", "Off: a body with Content-Encoding is answered with 415."),
         .source = "npm body-parser, inflate"},
        {.name = "parameterLimit",
         .kind = OptionKind::Integer,
         .defaultValue = JsValue(1000),
         .title = QT_TRANSLATE_NOOP("options", "Most fields"),
         .help = QT_TRANSLATE_NOOP("options", "More fields are answered with 413."),
         .source = "npm body-parser, parameterLimit"},
        {.name = "depth",
         .kind = OptionKind::Integer,
         .defaultValue = JsValue(32),
         .title = QT_TRANSLATE_NOOP("options", "Deepest nesting"),
         .help = QT_TRANSLATE_NOOP("options", "Deeper nesting is answered with 400."),
         .source = "npm body-parser, depth"},
        {.name = "type",
         .kind = OptionKind::StringList,
         .defaultValue = JsValue("application/x-www-form-urlencoded"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Content-Type"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Bodies of other types are left alone and the handler sees no "
                                   "body."),
         .source = "npm body-parser, type"},
        {.name = "verify",
         .kind = OptionKind::Any,
         .absentText = u"none"_s,
         .title = QT_TRANSLATE_NOOP("options", "Check before parsing"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Refuses a body that contains a text; stands for a function of "
                                   "yours."),
         .source = "npm body-parser, verify"},
    });
    return table;
}

const OptionTable &textOptions()
{
    static const OptionTable table(std::vector<OptionSpec> {
        {.name = "limit",
         .kind = OptionKind::Any,
         .defaultValue = JsValue("100kb"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Size limit"),
         .help = QT_TRANSLATE_NOOP("options", "Longer bodies are answered with 413."),
         .source = "npm body-parser, limit",
         .unit = "bytes"},
        {.name = "inflate",
         .kind = OptionKind::Boolean,
         .defaultValue = JsValue(true),
         .title = QT_TRANSLATE_NOOP("options", "Accept compressed bodies"),
         .help
         = QT_TRANSLATE_NOOP("options", "Off: a body with Content-Encoding is answered with 415."),
         .source = "npm body-parser, inflate"},
        {.name = "type",
         .kind = OptionKind::StringList,
         .defaultValue = JsValue("text/plain"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Content-Type"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Bodies of other types are left alone and the handler sees no "
                                   "body."),
         .source = "npm body-parser, type"},
        {.name = "defaultCharset",
         .kind = OptionKind::Text,
         .defaultValue = JsValue("utf-8"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Default charset"),
         .help = QT_TRANSLATE_NOOP("options", "Used when Content-Type names none."),
         .source = "npm body-parser, defaultCharset"},
        {.name = "verify",
         .kind = OptionKind::Any,
         .absentText = u"none"_s,
         .title = QT_TRANSLATE_NOOP("options", "Check before parsing"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Refuses a body that contains a text; stands for a function of "
                                   "yours."),
         .source = "npm body-parser, verify"},
        {.name = "decode",
         .kind = OptionKind::Choice,
         .defaultValue = JsValue("concat"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Decode"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Glue the bytes, then decode; or decode chunk by chunk, which "
                                   "breaks characters that span two chunks."),
         .source = "Node: Buffer, StringDecoder",
         .choices = {u"concat"_s, u"per-chunk"_s},
         .own = true},
    });
    return table;
}

const OptionTable &rawOptions()
{
    static const OptionTable table(std::vector<OptionSpec> {
        {.name = "limit",
         .kind = OptionKind::Any,
         .defaultValue = JsValue("100kb"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Size limit"),
         .help = QT_TRANSLATE_NOOP("options", "Longer bodies are answered with 413."),
         .source = "npm body-parser, limit",
         .unit = "bytes"},
        {.name = "inflate",
         .kind = OptionKind::Boolean,
         .defaultValue = JsValue(true),
         .title = QT_TRANSLATE_NOOP("options", "Accept compressed bodies"),
         .help
         = QT_TRANSLATE_NOOP("options", "Off: a body with Content-Encoding is answered with 415."),
         .source = "npm body-parser, inflate"},
        {.name = "type",
         .kind = OptionKind::StringList,
         .defaultValue = JsValue("application/octet-stream"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Content-Type"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Bodies of other types are left alone and the handler sees no "
                                   "body."),
         .source = "npm body-parser, type"},
        {.name = "verify",
         .kind = OptionKind::Any,
         .absentText = u"none"_s,
         .title = QT_TRANSLATE_NOOP("options", "Check before parsing"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Refuses a body that contains a text; stands for a function of "
                                   "yours."),
         .source = "npm body-parser, verify"},
    });
    return table;
}

} // namespace rt
