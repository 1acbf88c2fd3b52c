// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/authsessions.h"

#include "base/clock.h"
#include "express/responsecookie.h"
#include "lab/demoroutesparts.h"
#include "lab/labconfigreader.h"
#include "lab/sessionlogin.h"
#include "middleware/session.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;

/// req.session where there is one.
SessionRequest *sessionOf(Exchange &exchange)
{
    SessionRequest *session = Session::of(exchange);
    return session && session->exists() ? session : nullptr;
}

JsValue membersOf(Exchange &exchange)
{
    SessionRequest *session = sessionOf(exchange);
    return session ? session->members() : JsValue();
}

ExpressError noSession()
{
    return thrown(u"no session for this path"_s).value();
}

void show(Exchange &exchange)
{
    SessionRequest *session = sessionOf(exchange);
    if (!session)
        return exchange.json(objectOf({{u"session"_s, JsValue(nullptr)}}));
    exchange.json(objectOf({{u"id"_s, JsValue(session->id())},
                            {u"session"_s, session->members()},
                            {u"cookie"_s, session->cookie().toValue()}}));
}

void logIn(const ExchangePointer &exchange, const Next &next, const SessionLogin &login,
           bool regenerate)
{
    SessionRequest *session = sessionOf(*exchange);
    if (!session)
        return next(noSession());
    const auto done = [exchange, session, login] {
        (void)session->assignAll(login.members());
        exchange->user = login.userOf(session->members());
        answerLoggedIn(*exchange);
    };
    if (!regenerate)
        return done();
    threw(*exchange, session->regenerate(done));
}

/// What is needed to clear the cookie in the browser.
struct CookieAddress
{
    QString name;
    JsValue options;
};

CookieAddress cookieAddress(const JsValue &options)
{
    const JsValue name = options[u"name"];
    CookieAddress address {name.isNullish() ? u"connect.sid"_s : name.asText(), JsValue::object()};
    for (const char16_t *key : {u"path", u"domain"}) {
        const QString part = QString::fromUtf16(key);
        if (const JsValue value = options[u"cookie"][part]; value.isTruthy())
            address.options.insert(part, value);
    }
    return address;
}

void logOut(const ExchangePointer &exchange, const Next &next, const CookieAddress &address)
{
    SessionRequest *session = sessionOf(*exchange);
    if (!session)
        return next(noSession());
    threw(*exchange, session->destroy([exchange, address] {
        if (!threw(*exchange, clearResponseCookie(*exchange, address.name, address.options)))
            answerOk(*exchange);
    }));
}

/// All sessions with a login go: the store is what makes that possible.
void forgetLogins(Exchange &exchange, MemoryStore &store, const SessionLogin &login)
{
    const auto now = static_cast<double>(exchange.clock().now());
    int count = 0;
    for (const QString &id : store.ids()) {
        const auto stored = store.get(id, now);
        if (stored && !login.userOf(*stored).isUndefined()) {
            store.destroy(id);
            ++count;
        }
    }
    exchange.decide("session.AllDestroyed",
                    u"%1 sessions of this user are gone from the store."_s.arg(count));
}

void countVisit(Exchange &exchange, const Next &next)
{
    SessionRequest *session = sessionOf(exchange);
    if (!session)
        return next(noSession());
    const JsValue visits = oneMore(session->members()[u"visits"]);
    session->assign(u"visits"_s, visits);
    exchange.json(objectOf({{u"visits"_s, visits}}));
}

/// Object.assign(req.session, req.body)
void merge(Exchange &exchange)
{
    SessionRequest *session = sessionOf(exchange);
    const auto assigned = session
        ? session->assignAll(exchange.body)
        : OrThrown<void>(typeError(u"Cannot convert undefined or null to object"_s));
    if (!threw(exchange, assigned))
        show(exchange);
}

void renew(const ExchangePointer &exchange)
{
    SessionRequest *session = sessionOf(*exchange);
    const auto begun = session
        ? session->regenerate([exchange] { merge(*exchange); })
        : OrThrown<void>(
            typeError(u"Cannot read properties of undefined (reading 'regenerate')"_s));
    threw(*exchange, begun);
}

void changeCookie(Exchange &exchange)
{
    SessionRequest *session = sessionOf(exchange);
    if (!session)
        return exchange.raise(
            typeError(u"Cannot read properties of undefined (reading 'cookie')"_s).value());
    if (exchange.body.isNullish())
        return exchange.raise(
            typeError(u"Cannot read properties of undefined (reading 'cookie')"_s).value());
    if (!threw(exchange, session->assignCookie(reviveValue(exchange.body[u"cookie"]))))
        show(exchange);
}

void addRoutes(Router &router)
{
    router.add("GET", "/visits", Handler([](const ExchangePointer &exchange, const Next &next) {
                   countVisit(*exchange, next);
               }));
    router.add("GET", "/lab/session", [](const ExchangePointer &exchange) { show(*exchange); });
    router.add("POST", "/lab/session", [](const ExchangePointer &exchange) { merge(*exchange); });
    router.add("PUT", "/lab/session", PlainHandler(renew));
    router.add("PATCH", "/lab/session",
               [](const ExchangePointer &exchange) { changeCookie(*exchange); });
    router.add("DELETE", "/lab/session", [](const ExchangePointer &exchange) {
        if (SessionRequest *session = Session::of(*exchange))
            session->unset();
        show(*exchange);
    });
}

} // namespace

AuthHandlers sessionHandlers(DemoProfile profile, const JsValue &options, LabState &state)
{
    const SessionLogin login(profile);
    const CookieAddress address = cookieAddress(options);
    const bool regenerate = options[u"regenerateOnLogin"].isTruthy();
    AuthHandlers auth;
    auth.login = [login, regenerate](const ExchangePointer &exchange, const Next &next) {
        logIn(exchange, next, login, regenerate);
    };
    auth.me = [login](const ExchangePointer &exchange, const Next &) {
        login.answerMe(*exchange, membersOf(*exchange));
    };
    auth.logout = [address](const ExchangePointer &exchange, const Next &next) {
        logOut(exchange, next, address);
    };
    auth.logoutAll = [address, login, &state](const ExchangePointer &exchange, const Next &next) {
        forgetLogins(*exchange, state.sessions, login);
        logOut(exchange, next, address);
    };
    auth.identify = [login](Exchange &exchange) { return login.userOf(membersOf(exchange)); };
    auth.addRoutes = addRoutes;
    return auth;
}

} // namespace rt
