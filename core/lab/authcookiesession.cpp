// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/authsessions.h"

#include "express/finalhandler.h"
#include "lab/demoroutesparts.h"
#include "lab/labconfigreader.h"
#include "lab/sessionlogin.h"
#include "middleware/cookiesession.h"
#include "server/serverresponse.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;

/// req.session where the middleware is not mounted.
ExpressError noSuchProperty(const QString &how)
{
    return typeError(how).value();
}

/// req.session as an object to work on. Nullptr after an error has been raised, with `complaint`
/// when there is no session at all.
CookieSessionObject *sessionOf(Exchange &exchange, const QString &complaint)
{
    CookieSessionRequest *request = CookieSession::of(exchange);
    const auto object = request ? request->get() : OrThrown<CookieSessionObject *>(nullptr);
    if (threw(exchange, object))
        return nullptr;
    if (!*object)
        exchange.raise(noSuchProperty(complaint));
    return *object;
}

void changed(Exchange &exchange)
{
    CookieSession::of(exchange)->changed();
}

/// Object.assign(req.session, source)
bool assign(Exchange &exchange, const JsValue &source)
{
    CookieSessionObject *session
        = sessionOf(exchange, u"Cannot convert undefined or null to object"_s);
    if (!session)
        return false;
    const auto assigned = session->assign(source);
    changed(exchange);
    return !threw(exchange, assigned);
}

JsValue describe(const CookieSessionObject *session)
{
    if (!session)
        return objectOf({{u"session"_s, JsValue(nullptr)}});
    return objectOf({{u"session"_s, session->members},
                     {u"isNew"_s, session->isNew()},
                     {u"isPopulated"_s, session->isPopulated()},
                     {u"isChanged"_s, session->isChanged()}});
}

void show(Exchange &exchange)
{
    CookieSessionRequest *request = CookieSession::of(exchange);
    if (!request)
        return exchange.raise(
            noSuchProperty(u"Cannot read properties of undefined (reading 'isNew')"_s));
    const auto object = request->get();
    if (!threw(exchange, object))
        exchange.json(describe(*object));
}

void logIn(Exchange &exchange, const SessionLogin &login)
{
    CookieSessionObject *session
        = sessionOf(exchange, u"Cannot set properties of undefined (setting 'user')"_s);
    if (!session)
        return;
    (void)session->assign(login.members());
    changed(exchange);
    exchange.user = login.userOf(session->members);
    answerLoggedIn(exchange);
}

void unset(Exchange &exchange)
{
    if (CookieSessionRequest *request = CookieSession::of(exchange))
        (void)request->set(JsValue(nullptr));
}

void logOut(Exchange &exchange)
{
    unset(exchange);
    answerOk(exchange);
}

void logOutEverywhere(Exchange &exchange)
{
    exchange.decide(
        "cookieSession.NotRevocable",
        u"Only this browser's cookie is removed: the server keeps no list, so copies of "
        "it elsewhere stay valid."_s);
    logOut(exchange);
}

void countVisit(Exchange &exchange, const Next &next)
{
    CookieSessionRequest *request = CookieSession::of(exchange);
    if (!request)
        return next(thrown(u"no session for this path"_s).value());
    const auto object = request->get();
    if (threw(exchange, object))
        return;
    const JsValue visits = oneMore((*object)->members[u"visits"]);
    (*object)->members.insert(u"visits"_s, visits);
    request->changed();
    exchange.json(objectOf({{u"visits"_s, visits}}));
}

/// What `req.session = value` leaves where no middleware defines it: a plain member.
OrThrown<JsValue> describePlain(const JsValue &value)
{
    if (value.isUndefined())
        return typeError(u"Cannot read properties of undefined (reading 'isNew')"_s);
    if (value.isNull())
        return describe(nullptr);
    return objectOf({{u"session"_s, value},
                     {u"isNew"_s, value[u"isNew"]},
                     {u"isPopulated"_s, value[u"isPopulated"]},
                     {u"isChanged"_s, value[u"isChanged"]}});
}

OrThrown<JsValue> replaced(Exchange &exchange)
{
    CookieSessionRequest *request = CookieSession::of(exchange);
    if (exchange.body.isNullish())
        return typeError(u"Cannot read properties of undefined (reading 'value')"_s);
    const JsValue value = exchange.body[u"value"];
    if (!request)
        return describePlain(value);
    return request->set(value).and_then([request] {
        return request->get().map(
            [](const CookieSessionObject *object) { return describe(object); });
    });
}

void replace(Exchange &exchange)
{
    const auto shown = replaced(exchange);
    if (shown)
        return exchange.json(*shown);
    exchange.status(400);
    exchange.json(objectOf({{u"error"_s, errorDetails(shown.error())}}));
}

void change(Exchange &exchange)
{
    CookieSessionRequest *request = CookieSession::of(exchange);
    if (!request)
        return exchange.raise(noSuchProperty(u"Cannot convert undefined or null to object"_s));
    if (exchange.body.isNullish())
        return exchange.raise(
            noSuchProperty(u"Cannot read properties of undefined (reading 'options')"_s));
    request->assignOptions(reviveValue(exchange.body[u"options"]));
    if (assign(exchange, exchange.body[u"set"]))
        show(exchange);
}

void addRoutes(Router &router)
{
    router.add("GET", "/visits", Handler([](const ExchangePointer &exchange, const Next &next) {
                   countVisit(*exchange, next);
               }));
    router.add("GET", "/lab/session", [](const ExchangePointer &exchange) { show(*exchange); });
    router.add("POST", "/lab/session", [](const ExchangePointer &exchange) {
        if (assign(*exchange, exchange->body))
            show(*exchange);
    });
    router.add("PUT", "/lab/session", [](const ExchangePointer &exchange) { replace(*exchange); });
    router.add("PATCH", "/lab/session", [](const ExchangePointer &exchange) { change(*exchange); });
    router.add("DELETE", "/lab/session", [](const ExchangePointer &exchange) {
        unset(*exchange);
        exchange->json(describe(nullptr));
    });
}

} // namespace

AuthHandlers cookieSessionHandlers(DemoProfile profile)
{
    const SessionLogin login(profile);
    const auto read = [](Exchange &exchange) {
        return exchange.requestSession ? exchange.requestSession->read() : JsValue();
    };
    AuthHandlers auth;
    auth.login
        = [login](const ExchangePointer &exchange, const Next &) { logIn(*exchange, login); };
    auth.me = [login, read](const ExchangePointer &exchange, const Next &) {
        const JsValue session = read(*exchange);
        if (!exchange->response().hasError())
            login.answerMe(*exchange, session);
    };
    auth.logout = [](const ExchangePointer &exchange, const Next &) { logOut(*exchange); };
    auth.logoutAll
        = [](const ExchangePointer &exchange, const Next &) { logOutEverywhere(*exchange); };
    auth.identify = [login, read](Exchange &exchange) { return login.userOf(read(exchange)); };
    auth.addRoutes = addRoutes;
    return auth;
}

} // namespace rt
