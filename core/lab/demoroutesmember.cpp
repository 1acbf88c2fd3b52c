// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/demoroutesparts.h"

#include "express/requestsession.h"
#include "server/serverresponse.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;

/// The sender's user; undefined after the answer to somebody who is not logged in.
JsValue memberOf(Exchange &exchange, const AuthHandlers &auth)
{
    const JsValue user = exchange.user.isUndefined() ? auth.identify(exchange) : exchange.user;
    if (exchange.response().hasError())
        return {};
    if (!user.isUndefined()) {
        exchange.user = user;
        return user;
    }
    exchange.markRefused();
    auth.refuse(exchange);
    return {};
}

void report(Exchange &exchange, const AuthHandlers &auth)
{
    const JsValue user = memberOf(exchange, auth);
    if (user.isUndefined())
        return;
    if (user[u"role"] != JsValue(u"admin"_s))
        return refuse(exchange, 403, u"admins only"_s);
    exchange.json(objectOf({{u"report"_s, JsValue(u"sales"_s)}, {u"total"_s, JsValue(1234)}}));
}

/// A parameter of the form or of the query.
JsValue parameter(const Exchange &exchange, QStringView name)
{
    const JsValue inBody = lastOf(exchange.body[name]);
    return inBody.isUndefined() ? lastOf(exchange.query[name]) : inBody;
}

void transfer(Exchange &exchange, const AuthHandlers &auth, LabState &state)
{
    if (memberOf(exchange, auth).isUndefined())
        return;
    const int amount = countOf(parameter(exchange, u"amount"), 0, 1'000'000);
    state.balance -= amount;
    const JsValue to = parameter(exchange, u"to");
    exchange.json(objectOf({{u"ok"_s, JsValue(true)},
                            {u"amount"_s, JsValue(amount)},
                            {u"to"_s, to.isUndefined() ? JsValue(u"Mallory"_s) : to},
                            {u"balance"_s, JsValue(state.balance)}}));
}

/// Puts a cart of `n` bytes into the session.
void fillCart(Exchange &exchange, const AuthHandlers &auth)
{
    constexpr int largest = 1 << 20;
    if (memberOf(exchange, auth).isUndefined())
        return;
    const int bytes = countOf(lastOf(exchange.query[u"n"]), 100, largest);
    if (!exchange.requestSession)
        return refuse(exchange, 400, u"no session to fill"_s);
    exchange.requestSession->assign(u"cart"_s, JsValue(QString(bytes, u'x')));
    exchange.json(objectOf({{u"ok"_s, JsValue(true)}, {u"bytes"_s, JsValue(bytes)}}));
}

} // namespace

void addMemberRoutes(Router &router, LabState &state, const AuthHandlers &auth, bool transferByGet)
{
    router.add("POST", "/logout-all", auth.logoutAll);
    router.add("GET", "/admin/report",
               [auth](const ExchangePointer &exchange) { report(*exchange, auth); });
    const PlainHandler transfers
        = [auth, &state](const ExchangePointer &exchange) { transfer(*exchange, auth, state); };
    router.add("POST", "/transfer", transfers);
    if (transferByGet)
        router.add("GET", "/transfer", transfers);
    router.add("POST", "/cart/fill",
               [auth](const ExchangePointer &exchange) { fillCart(*exchange, auth); });
}

} // namespace rt
