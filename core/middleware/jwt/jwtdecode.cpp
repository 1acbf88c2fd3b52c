// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/jsonwebtoken.h"

#include "middleware/jwt/jws.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// Text that happens to be a JSON object or list counts as one, whatever the header's typ.
JsValue objectInText(const JsValue &payload)
{
    if (!payload.isString())
        return payload;
    const auto parsed = parseJson(QStringView(payload.toString()));
    const auto *value = std::get_if<JsValue>(&parsed);
    return value && (value->isObject() || value->isArray()) ? *value : payload;
}

} // namespace

tl::expected<JsValue, JwtError> jwtDecode(const JsValue &token, const JsValue &options)
{
    if (!token.isString())
        return JsValue(nullptr);
    const auto parts = decodeJws(token.toString(), options[u"json"].isTruthy());
    if (!parts)
        return tl::unexpected(parts.error());
    if (!*parts)
        return JsValue(nullptr);
    const JsValue payload = objectInText((*parts)->payload);
    if (options[u"complete"] != JsValue(true))
        return payload;
    JsValue complete = JsValue::object();
    complete.insert(u"header"_s, (*parts)->header);
    complete.insert(u"payload"_s, payload);
    complete.insert(u"signature"_s, JsValue((*parts)->signature));
    return complete;
}

} // namespace rt
