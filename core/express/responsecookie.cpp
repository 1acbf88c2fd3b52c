// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/responsecookie.h"

#include "base/clock.h"
#include "base/jsobject.h"
#include "express/exchange.h"
#include "http/cookie.h"
#include "http/cookiesignature.h"

namespace rt {

using namespace Qt::StringLiterals;

OrThrown<void> setResponseCookie(Exchange &exchange, const QString &name, const JsValue &value,
                                 const JsValue &options)
{
    JsValue content = value;
    if (options[u"signed"].isTruthy()) {
        if (!exchange.secret.isTruthy())
            return thrown(u"cookieParser(\"secret\") required for signed cookies"_s);
        content = JsValue(u"s:"_s + signCookieValue(cookieText(value), exchange.secret.asText()));
    }
    const auto line = expressCookie(name, content, options, exchange.clock().now());
    if (!line)
        return thrown(faultSentence(line.error()),
                      line.error() == CookieFault::MalformedValue ? "URIError" : "TypeError");
    exchange.appendCookie(*line);
    return {};
}

OrThrown<void> clearResponseCookie(Exchange &exchange, const QString &name, const JsValue &options)
{
    JsValue all = JsValue::object();
    all.insert(u"expires"_s, JsValue(JsDate {1}));
    all.insert(u"path"_s, JsValue(u"/"_s));
    for (const auto &[key, option] : enumerableMembers(options))
        all.insert(key, option);
    return setResponseCookie(exchange, name, JsValue(QString()), all);
}

} // namespace rt
