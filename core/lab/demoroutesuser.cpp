// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/demoroutesparts.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using ExchangePointer = std::shared_ptr<Exchange>;

/// Only these are taken from bodies.
JsValue pick(const JsValue &body, const QStringList &names)
{
    JsValue picked = JsValue::object();
    for (const QString &name : names) {
        if (body.isObject() && body.contains(name))
            picked.insert(name, body[name]);
    }
    return picked;
}

JsValue merged(JsValue base, const JsValue &more)
{
    for (const auto &[name, value] : more.members())
        base.insert(name, value);
    return base;
}

const QStringList userFields {u"name"_s, u"email"_s, u"role"_s};
const QStringList accountFields {u"name"_s, u"email"_s, u"city"_s};

JsValue userFrom(const JsValue &body)
{
    return merged(objectOf({{u"id"_s, JsValue(1)}}), pick(body, userFields));
}

void readUser(Exchange &exchange, const LabState &state)
{
    // Deliberately naive guard: with ?role=user&role=admin (a list) the comparison is false.
    const JsValue role = exchange.query[u"role"_s];
    if (role == JsValue(u"admin"_s)) {
        exchange.status(403);
        exchange.json(errorBody(u"role not allowed"_s));
        return;
    }
    exchange.json(role.isUndefined() ? state.user
                                     : merged(state.user, objectOf({{u"role"_s, role}})));
}

void echo(Exchange &exchange)
{
    JsValue body = exchange.body;
    if (body.isBuffer())
        body = objectOf({{u"base64"_s, JsValue::latin1(exchange.body.toBuffer().toBase64())}});
    exchange.json(objectOf({{u"method"_s, JsValue::latin1(exchange.method())},
                            {u"url"_s, JsValue::latin1(exchange.originalUrl)},
                            {u"path"_s, JsValue::latin1(exchange.path())},
                            {u"query"_s, exchange.query},
                            {u"queryPolluted"_s, exchange.queryPolluted},
                            {u"body"_s, body},
                            {u"bodyPolluted"_s, exchange.bodyPolluted}}));
}

void addOneUser(Router &router, LabState &state)
{
    router.add("GET", "/api/user",
               [&state](const ExchangePointer &exchange) { readUser(*exchange, state); });
    router.add("PUT", "/api/user", [&state](const ExchangePointer &exchange) {
        state.user = userFrom(exchange->body);
        exchange->json(state.user);
    });
    router.add("POST", "/api/user", [&state](const ExchangePointer &exchange) {
        state.user = userFrom(exchange->body);
        exchange->status(201);
        exchange->location("/api/user");
        exchange->json(state.user);
    });
    router.add("PATCH", "/api/user", [&state](const ExchangePointer &exchange) {
        state.user = merged(state.user, pick(exchange->body, userFields));
        exchange->json(state.user);
    });
    router.add("DELETE", "/api/user", [&state](const ExchangePointer &exchange) {
        state.user = objectOf({{u"id"_s, JsValue(1)}});
        exchange->status(204);
        exchange->end();
    });
}

void createUser(Exchange &exchange, LabState &state)
{
    if (!exchange.body[u"name"_s].isTruthy()) {
        exchange.status(400);
        exchange.json(errorBody(u"name required"_s));
        return;
    }
    while (state.users.contains(QString::number(state.nextUserId)))
        ++state.nextUserId;
    const int id = state.nextUserId++;
    const JsValue user
        = merged(objectOf({{u"id"_s, JsValue(id)}}), pick(exchange.body, accountFields));
    state.users.insert(QString::number(id), user);
    exchange.status(201);
    exchange.location("/api/users/" + QByteArray::number(id));
    exchange.json(user);
}

/// The user a route names, or nothing after the answer 404.
std::optional<JsValue> namedUser(Exchange &exchange, const LabState &state)
{
    const QString id = exchange.params[u"id"_s].toString();
    if (state.users.contains(id))
        return state.users[id];
    exchange.status(404);
    exchange.json(errorBody(u"no such user"_s));
    return std::nullopt;
}

void replaceUser(Exchange &exchange, LabState &state)
{
    const QString id = exchange.params[u"id"_s].toString();
    bool isNumber = false;
    const int number = id.toInt(&isNumber);
    const JsValue user = merged(objectOf({{u"id"_s, isNumber ? JsValue(number) : JsValue(id)}}),
                                pick(exchange.body, accountFields));
    state.users.insert(id, user);
    exchange.json(user);
}

} // namespace

void addUserRoutes(Router &router, LabState &state)
{
    addOneUser(router, state);
    const PlainHandler handler = [](const ExchangePointer &exchange) { echo(*exchange); };
    router.addRoute("/api/echo",
                    {{"GET", handler},
                     {"POST", handler},
                     {"PUT", handler},
                     {"PATCH", handler},
                     {"DELETE", handler}});
    router.add("GET", "/api/items/:id", [](const ExchangePointer &exchange) {
        exchange->json(objectOf({{u"id"_s, exchange->params[u"id"_s]}}));
    });
}

void addAccountRoutes(Router &router, LabState &state)
{
    router.add("POST", "/api/users",
               [&state](const ExchangePointer &exchange) { createUser(*exchange, state); });
    router.add("GET", "/api/users/:id", [&state](const ExchangePointer &exchange) {
        if (const auto user = namedUser(*exchange, state))
            exchange->json(*user);
    });
    router.add("PUT", "/api/users/:id",
               [&state](const ExchangePointer &exchange) { replaceUser(*exchange, state); });
    router.add("PATCH", "/api/users/:id", [&state](const ExchangePointer &exchange) {
        const auto user = namedUser(*exchange, state);
        if (!user)
            return;
        const JsValue changed = merged(*user, pick(exchange->body, accountFields));
        state.users.insert(exchange->params[u"id"_s].toString(), changed);
        exchange->json(changed);
    });
    router.add("DELETE", "/api/users/:id", [&state](const ExchangePointer &exchange) {
        if (!namedUser(*exchange, state))
            return;
        state.users.remove(exchange->params[u"id"_s].toString());
        exchange->status(204);
        exchange->end();
    });
}

} // namespace rt
