// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/text.h"

#include "express/exchange.h"
#include "middleware/bodytext.h"

namespace rt {

using namespace Qt::StringLiterals;

TextParser::TextParser(Options options, QByteArray defaultCharset, bool perChunk)
    : BodyParser("text", std::move(options)), m_defaultCharset(std::move(defaultCharset)),
      m_perChunk(perChunk)
{
}

Result<std::shared_ptr<const Middleware>> TextParser::create(const JsValue &options)
{
    auto common = bodyParserOptions(options, u"text/plain"_s);
    if (!common)
        return tl::unexpected(common.error());
    const JsValue charset = options["defaultCharset"_L1];
    const bool perChunk = options["decode"_L1] == JsValue("per-chunk"_L1);
    return std::shared_ptr<const Middleware>(new TextParser(
        std::move(*common), charset.isTruthy() ? charset.asText().toLatin1() : QByteArray("utf-8"),
        perChunk));
}

std::variant<QByteArray, BodyFault> TextParser::charset(const Exchange &exchange) const
{
    const QByteArray charset = requestCharset(exchange);
    return charset.isEmpty() ? m_defaultCharset : charset;
}

std::variant<JsValue, BodyFault> TextParser::parse(const Body &body) const
{
    if (!m_perChunk)
        return JsValue(decodeBody(body.bytes, body.charset));
    QString text;
    for (const QByteArray &piece : body.pieces)
        text += decodeBody(piece, body.charset);
    return JsValue(text);
}

} // namespace rt
