// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/raw.h"

namespace rt {

using namespace Qt::StringLiterals;

RawParser::RawParser(Options options) : BodyParser("raw", std::move(options)) { }

Result<std::shared_ptr<const Middleware>> RawParser::create(const JsValue &options)
{
    auto common = bodyParserOptions(options, u"application/octet-stream"_s);
    if (!common)
        return tl::unexpected(common.error());
    return std::shared_ptr<const Middleware>(new RawParser(std::move(*common)));
}

std::variant<QByteArray, BodyFault> RawParser::charset(const Exchange &exchange) const
{
    Q_UNUSED(exchange)
    return QByteArray();
}

std::variant<JsValue, BodyFault> RawParser::parse(const Body &body) const
{
    return JsValue::buffer(body.bytes);
}

} // namespace rt
