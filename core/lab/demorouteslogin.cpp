// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/demoroutesparts.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;

const QString demoEmail = u"test@example.com"_s;
const QString demoPassword = u"123456"_s;

void logIn(const ExchangePointer &exchange, const Next &next, const Handler &login)
{
    const JsValue email = exchange->body[u"email"];
    const JsValue password = exchange->body[u"password"];
    if (!email.isString() || !password.isString())
        return refuse(*exchange, 400, u"email and password required"_s);
    if (email.toString() != demoEmail || password.toString() != demoPassword)
        return refuse(*exchange, 401, u"invalid credentials"_s);
    login(exchange, next);
}

} // namespace

JsValue demoUser()
{
    return objectOf(
        {{u"id"_s, JsValue(1)}, {u"email"_s, JsValue(demoEmail)}, {u"role"_s, JsValue(u"user"_s)}});
}

void refuse(Exchange &exchange, int status, const QString &text)
{
    exchange.markRefused();
    exchange.status(status);
    exchange.json(errorBody(text));
}

AuthHandlers withDefaults(AuthHandlers auth)
{
    if (!auth.login)
        auth.login = [](const ExchangePointer &exchange, const Next &) {
            exchange->json(objectOf({{u"ok"_s, JsValue(true)}, {u"user"_s, demoUser()}}));
        };
    if (!auth.me)
        auth.me = [](const ExchangePointer &exchange, const Next &) {
            refuse(*exchange, 401, u"not logged in"_s);
        };
    if (!auth.logout)
        auth.logout = [](const ExchangePointer &exchange, const Next &) {
            exchange->json(objectOf({{u"ok"_s, JsValue(true)}}));
        };
    if (!auth.logoutAll)
        auth.logoutAll = auth.logout;
    if (!auth.identify)
        auth.identify = [](Exchange &) { return JsValue(); };
    if (!auth.refuse)
        auth.refuse = [](Exchange &exchange) { refuse(exchange, 401, u"not logged in"_s); };
    return auth;
}

void addLoginRoutes(Router &router, const AuthHandlers &auth)
{
    router.add("POST", "/login",
               Handler([login = auth.login](const ExchangePointer &exchange, const Next &next) {
                   logIn(exchange, next, login);
               }));
    router.add("GET", "/me", auth.me);
    router.add("POST", "/logout", auth.logout);
    if (auth.addRoutes)
        auth.addRoutes(router);
}

} // namespace rt
