// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/jwt/naiveverifier.h"

#include "middleware/jwt/jsonwebtoken.h"

namespace rt {

using namespace Qt::StringLiterals;

tl::expected<JsValue, JwtError> jwtVerifyNaively(const JsValue &token, const JsValue &key,
                                                 const JsValue &options, qint64 now)
{
    JsValue complete = JsValue::object();
    complete.insert(u"complete"_s, JsValue(true));
    const auto decoded = jwtDecode(token, complete);
    const JsValue algorithm = decoded ? (*decoded)[u"header"][u"alg"] : JsValue();
    JsValue trusting = options.isObject() ? options : JsValue::object();
    trusting.insert(u"algorithms"_s, JsValue::array({algorithm}));
    if (algorithm == JsValue(u"none"_s))
        return jwtVerify(token, JsValue(), trusting, now);
    const auto secret = JwtKey::createSecretKey(key);
    if (algorithm.toString().startsWith(u"HS") && key.isTruthy() && secret)
        return jwtVerify(token, *secret, trusting, now);
    return jwtVerify(token, key, trusting, now);
}

} // namespace rt
