// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/urlencoded.h"

#include "base/jsobject.h"
#include "express/exchange.h"
#include "http/query.h"
#include "middleware/bodytext.h"

#include <cmath>

namespace rt {

using namespace Qt::StringLiterals;

UrlencodedParser::UrlencodedParser(Options options, Rules rules)
    : BodyParser("urlencoded", std::move(options)), m_rules(rules)
{
}

Result<std::shared_ptr<const Middleware>> UrlencodedParser::create(const JsValue &options)
{
    auto common = bodyParserOptions(options, u"application/x-www-form-urlencoded"_s);
    if (!common)
        return tl::unexpected(common.error());
    Rules rules;
    rules.extended = options["extended"_L1] != JsValue(false);
    if (const JsValue limit = options["parameterLimit"_L1]; !limit.isUndefined())
        rules.parameterLimit = toJsNumber(limit);
    const JsValue depth = options["depth"_L1];
    if (!depth.isUndefined())
        rules.depth = toJsNumber(depth);
    if (std::isnan(rules.parameterLimit) || rules.parameterLimit < 1)
        return failure(u"option parameterLimit must be a positive number"_s);
    if (rules.extended && (std::isnan(rules.depth) || rules.depth < 0))
        return failure(u"option depth must be a zero or a positive number"_s);
    rules.parameterLimit = std::trunc(rules.parameterLimit);
    // qs takes a number or false and else falls back to its own default.
    if (!depth.isUndefined() && !depth.isNumber() && depth != JsValue(false))
        rules.depth = 5;
    return std::shared_ptr<const Middleware>(new UrlencodedParser(std::move(*common), rules));
}

std::variant<QByteArray, BodyFault> UrlencodedParser::charset(const Exchange &exchange) const
{
    const QByteArray charset = requestCharset(exchange);
    if (charset.isEmpty() || charset == "utf-8")
        return QByteArray("utf-8");
    return unsupportedCharset(charset);
}

std::variant<JsValue, BodyFault> UrlencodedParser::parse(const Body &body) const
{
    const QString text = decodeBody(body.bytes, body.charset);
    if (text.isEmpty())
        return JsValue::object();
    const double count = static_cast<double>(text.count(u'&') + 1);
    if (count > m_rules.parameterLimit)
        return bodyFault(BodyDecision::TooManyParameters, 413, u"too many parameters"_s,
                         "parameters.too.many");
    if (!m_rules.extended)
        return parseSimpleQuery(text, m_rules.parameterLimit);
    QsOptions options;
    options.arrayLimit = std::max(100.0, count);
    options.depth = m_rules.depth;
    options.parameterLimit = m_rules.parameterLimit;
    options.strictDepth = true;
    auto result = parseQs(text, options);
    if (auto *value = std::get_if<JsValue>(&result))
        return std::move(*value);
    return bodyFault(BodyDecision::TooDeep, 400, u"The input exceeded the depth"_s,
                     "querystring.parse.rangeError");
}

} // namespace rt
