// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/demoroutesparts.h"

#include "base/jsobject.h"
#include "express/finalhandler.h"
#include "express/responsecookie.h"
#include "lab/labconfigreader.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;

void fail(const ExchangePointer &exchange, const Next &next)
{
    const JsValue &query = exchange->query;
    ExpressError error;
    const JsValue message = lastOf(query[u"message"]);
    error.message = message.isUndefined() ? u"lab error"_s : message.asText();
    if (query.contains(u"status")) {
        error.status = toJsNumber(lastOf(query[u"status"]));
    }
    if (query.contains(u"retry"))
        error.headers = {{"Retry-After", lastOf(query[u"retry"]).asText().toLatin1()}};
    if (query.contains(u"res"))
        exchange->status(countOf(lastOf(query[u"res"]), 500, 599));
    next(error);
}

void describe(Exchange &exchange)
{
    const auto list = [](const QByteArrayList &texts) {
        JsValue values = JsValue::array();
        for (const QByteArray &text : texts)
            values.append(JsValue::latin1(text));
        return values;
    };
    const auto host = exchange.hostname();
    exchange.json(objectOf({{u"ip"_s, JsValue::latin1(exchange.ip())},
                            {u"ips"_s, list(exchange.ips())},
                            {u"protocol"_s, JsValue::latin1(exchange.protocol())},
                            {u"secure"_s, JsValue(exchange.secure())},
                            {u"hostname"_s, host ? JsValue::latin1(*host) : JsValue()},
                            {u"subdomains"_s, list(exchange.subdomains())},
                            {u"path"_s, JsValue::latin1(exchange.path())},
                            {u"xhr"_s, JsValue(exchange.xhr())},
                            {u"fresh"_s, JsValue(exchange.fresh())}}));
}

/// Answers what a library call of the playground throws: 400 {"error": {...}}. False when it threw.
bool attempted(Exchange &exchange, const OrThrown<void> &result)
{
    if (result)
        return true;
    exchange.status(400);
    exchange.json(objectOf({{u"error"_s, errorDetails(result.error())}}));
    return false;
}

OrThrown<void> unreadable(QStringView member)
{
    return typeError(u"Cannot read properties of undefined (reading '%1')"_s.arg(member));
}

void setCookies(Exchange &exchange)
{
    const QList<JsValue> cookies
        = exchange.body.isArray() ? exchange.body.items() : QList<JsValue> {exchange.body};
    for (const JsValue &cookie : cookies) {
        const auto set = cookie.isNullish()
            ? unreadable(u"name")
            : setResponseCookie(exchange, cookie[u"name"].asText(), cookie[u"value"],
                                reviveValue(cookie[u"options"]));
        if (!attempted(exchange, set))
            return;
    }
    answerOk(exchange);
}

void clearCookie(Exchange &exchange)
{
    const auto cleared = exchange.body.isNullish()
        ? unreadable(u"name")
        : clearResponseCookie(exchange, exchange.body[u"name"].asText(),
                              reviveValue(exchange.body[u"options"]));
    if (attempted(exchange, cleared))
        answerOk(exchange);
}

/// GET /cookies/set?name=&value=&path=&httpOnly=&maxAge= (seconds)
void cookieFromQuery(Exchange &exchange)
{
    const auto parameter = [&](QStringView name) { return lastOf(exchange.query[name]); };
    JsValue options = JsValue::object();
    if (parameter(u"path").isTruthy())
        options.insert(u"path"_s, parameter(u"path"));
    if (parameter(u"httpOnly") == JsValue(u"1"_s))
        options.insert(u"httpOnly"_s, JsValue(true));
    if (parameter(u"maxAge").isTruthy())
        options.insert(u"maxAge"_s, JsValue(toJsNumber(parameter(u"maxAge")) * 1000));
    const JsValue name = parameter(u"name");
    const JsValue value = parameter(u"value");
    const auto set = setResponseCookie(exchange, name.isTruthy() ? name.asText() : u"theme"_s,
                                       value.isUndefined() ? JsValue(u"1"_s) : value, options);
    if (attempted(exchange, set))
        answerOk(exchange);
}

} // namespace

void addToolRoutes(Router &router)
{
    router.add("GET", "/redirect", [](const ExchangePointer &exchange) {
        const JsValue to = lastOf(exchange->query[u"to"]);
        exchange->redirect(to.isUndefined() ? QByteArray("/ping") : to.asText().toUtf8(),
                           countOf(lastOf(exchange->query[u"status"]), 302, 399));
    });
    router.add("GET", "/error", Handler(fail));
    router.add("POST", "/lab/cookie",
               [](const ExchangePointer &exchange) { setCookies(*exchange); });
    router.add("POST", "/lab/clear-cookie",
               [](const ExchangePointer &exchange) { clearCookie(*exchange); });
    router.add("GET", "/lab/cookies", [](const ExchangePointer &exchange) {
        exchange->json(objectOf(
            {{u"cookies"_s, exchange->cookies}, {u"signedCookies"_s, exchange->signedCookies}}));
    });
    router.add("GET", "/lab/request", [](const ExchangePointer &exchange) { describe(*exchange); });
}

void addCookieRoutes(Router &router)
{
    router.add("GET", "/cookies/set",
               [](const ExchangePointer &exchange) { cookieFromQuery(*exchange); });
}

} // namespace rt
