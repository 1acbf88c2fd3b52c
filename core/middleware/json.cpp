// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/json.h"

#include "base/jsonsyntaxerror.h"
#include "express/exchange.h"
#include "middleware/bodytext.h"

#include <QRegularExpression>

#include <algorithm>

namespace rt {

namespace {

using namespace Qt::StringLiterals;

BodyFault invalidJson(const QString &message)
{
    BodyFault fault = bodyFault(BodyDecision::ParseFailed, 400, message, "entity.parse.failed");
    fault.error.name = "SyntaxError";
    return fault;
}

/// json.js, createStrictSyntaxError(): what JSON.parse would say if the text were no JSON from
/// here.
QString strictSyntaxError(const QString &text, qsizetype at)
{
    QString message = jsonSyntaxError(text.left(at) + QString(text.size() - at, u'#'));
    static const QRegularExpression placeholders(u"#+"_s);
    for (auto match = placeholders.match(message); match.hasMatch();) {
        const QString original = text.sliced(at, match.capturedLength());
        message.replace(match.capturedStart(), match.capturedLength(), original);
        match = placeholders.match(message, match.capturedStart() + original.size());
    }
    return message;
}

} // namespace

JsonParser::JsonParser(Options options, bool strict)
    : BodyParser("json", std::move(options)), m_strict(strict)
{
}

Result<std::shared_ptr<const Middleware>> JsonParser::create(const JsValue &options)
{
    auto common = bodyParserOptions(options, u"application/json"_s);
    if (!common)
        return tl::unexpected(common.error());
    const bool strict = options["strict"_L1] != JsValue(false);
    return std::shared_ptr<const Middleware>(new JsonParser(std::move(*common), strict));
}

/// RFC 7159 §8.1 knows only UTF-8, 16 and 32.
std::variant<QByteArray, BodyFault> JsonParser::charset(const Exchange &exchange) const
{
    QByteArray charset = requestCharset(exchange);
    if (charset.isEmpty())
        charset = "utf-8";
    if (!charset.startsWith("utf-"))
        return unsupportedCharset(charset);
    return charset;
}

std::variant<JsValue, BodyFault> JsonParser::parse(const Body &body) const
{
    const QString text = decodeBody(body.bytes, body.charset);
    // An empty body is a common mistake of clients and means {}.
    if (text.isEmpty())
        return JsValue::object();
    if (m_strict) {
        const auto first = std::find_if(text.begin(), text.end(), [](QChar c) {
            return c != u' ' && c != u'\t' && c != u'\n' && c != u'\r';
        });
        if (first == text.end())
            return invalidJson(u"Unexpected end of JSON input"_s);
        if (*first != u'{' && *first != u'[')
            return invalidJson(strictSyntaxError(text, first - text.begin()));
    }
    auto result = parseJson(text);
    if (auto *value = std::get_if<JsValue>(&result))
        return std::move(*value);
    return invalidJson(jsonSyntaxError(text));
}

} // namespace rt
