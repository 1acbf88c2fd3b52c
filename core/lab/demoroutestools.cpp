// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/demoroutesparts.h"

#include "base/clock.h"
#include "express/finalhandler.h"
#include "http/cookie.h"
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
        const double status = numberOf(lastOf(query[u"status"]));
        if (status >= 400 && status < 600)
            error.status = static_cast<int>(status);
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

/// Runs one library call of the playground: what it throws becomes 400 {"error": {...}}.
bool setCookie(Exchange &exchange, const JsValue &name, const JsValue &value,
               const JsValue &options)
{
    const auto cookie = expressCookie(name.isString() ? name.toString() : name.asText(), value,
                                      options, exchange.clock().now());
    if (cookie) {
        exchange.appendCookie(*cookie);
        return true;
    }
    ExpressError error;
    error.name = "TypeError";
    error.message = faultSentence(cookie.error());
    exchange.status(400);
    exchange.json(objectOf({{u"error"_s, errorDetails(error)}}));
    return false;
}

const JsValue okBody()
{
    return objectOf({{u"ok"_s, JsValue(true)}});
}

void setCookies(Exchange &exchange)
{
    const QList<JsValue> cookies
        = exchange.body.isArray() ? exchange.body.items() : QList<JsValue> {exchange.body};
    for (const JsValue &cookie : cookies) {
        if (!setCookie(exchange, cookie[u"name"], cookie[u"value"],
                       reviveValue(cookie[u"options"])))
            return;
    }
    exchange.json(okBody());
}

/// Express 4 res.clearCookie(): the options given may override the expiry.
void clearCookie(Exchange &exchange)
{
    JsValue options = objectOf({{u"expires"_s, JsValue(JsDate {1})}, {u"path"_s, JsValue(u"/"_s)}});
    const JsValue given = reviveValue(exchange.body[u"options"]);
    for (const auto &[name, value] : given.members())
        options.insert(name, value);
    if (setCookie(exchange, exchange.body[u"name"], JsValue(QString()), options))
        exchange.json(okBody());
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
        options.insert(u"maxAge"_s, JsValue(numberOf(parameter(u"maxAge")) * 1000));
    const JsValue name = parameter(u"name");
    const JsValue value = parameter(u"value");
    if (setCookie(exchange, name.isTruthy() ? name : JsValue(u"theme"_s),
                  value.isUndefined() ? JsValue(u"1"_s) : value, options))
        exchange.json(okBody());
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
