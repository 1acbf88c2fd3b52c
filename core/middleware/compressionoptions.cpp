// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/optiontables.h"

namespace rt {

using namespace Qt::StringLiterals;

const OptionTable &compressionOptions()
{
    static const OptionTable table(std::vector<OptionSpec> {
        {.name = "threshold",
         .kind = OptionKind::Any,
         .defaultValue = JsValue(1024),
         .title = QT_TRANSLATE_NOOP("options", "Compress from"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Smaller answers are sent as they are; small bodies grow when "
                                   "compressed."),
         .source = "npm compression, threshold",
         .unit = "bytes",
         .headers = {"Content-Encoding"}},
        {.name = "level",
         .kind = OptionKind::Integer,
         .defaultValue = JsValue(-1),
         .title = QT_TRANSLATE_NOOP("options", "Level"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "0 none, 1 fast, 9 small, -1 zlib chooses (6). For gzip and "
                                   "deflate."),
         .source = "zlib; npm compression, level"},
        {.name = "filter",
         .kind = OptionKind::Any,
         .absentText = u"types that compress well"_s,
         .title = QT_TRANSLATE_NOOP("options", "What to compress"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Answers a filter refuses are left alone. Without one: types "
                                   "that compress well."),
         .source = "npm compression, filter",
         .headers = {"Content-Encoding", "Vary"}},
        {.name = "memLevel",
         .kind = OptionKind::Integer,
         .defaultValue = JsValue(8),
         .title = QT_TRANSLATE_NOOP("options", "Memory"),
         .help = QT_TRANSLATE_NOOP("options", "1 little memory, 9 most."),
         .source = "zlib; npm compression, memLevel"},
        {.name = "windowBits",
         .kind = OptionKind::Integer,
         .defaultValue = JsValue(15),
         .title = QT_TRANSLATE_NOOP("options", "Window"),
         .help
         = QT_TRANSLATE_NOOP("options", "How far back repetitions are found, as a power of two."),
         .source = "zlib; npm compression, windowBits"},
        {.name = "strategy",
         .kind = OptionKind::Integer,
         .defaultValue = JsValue(0),
         .title = QT_TRANSLATE_NOOP("options", "Strategy"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "zlib tuning: 0 default, 1 filtered, 2 Huffman only, 3 runs, 4 "
                                   "fixed."),
         .source = "zlib; npm compression, strategy"},
        {.name = "chunkSize",
         .kind = OptionKind::Integer,
         .defaultValue = JsValue(16384),
         .title = QT_TRANSLATE_NOOP("options", "Chunk size"),
         .help = QT_TRANSLATE_NOOP("options", "Size of the pieces that leave the compressor."),
         .source = "npm compression, chunkSize",
         .unit = "bytes"},
        {.name = "enforceEncoding",
         .kind = OptionKind::Text,
         .defaultValue = JsValue("identity"_L1),
         .title = QT_TRANSLATE_NOOP("options", "Without Accept-Encoding"),
         .help = QT_TRANSLATE_NOOP("options", "Coding used when the request names none."),
         .source = "npm compression, enforceEncoding",
         .headers = {"Content-Encoding"}},
        {.name = "brotli",
         .kind = OptionKind::Any,
         .defaultValue = JsValue::object(),
         .title = QT_TRANSLATE_NOOP("options", "Brotli"),
         .help = QT_TRANSLATE_NOOP("options",
                                   "Parameters of the br coding, for example BROTLI_PARAM_QUALITY "
                                   "4."),
         .source = "npm compression, brotli"},
    });
    return table;
}

} // namespace rt
