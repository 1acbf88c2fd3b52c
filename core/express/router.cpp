// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/router.h"

#include "express/exchange.h"
#include "express/expresssettings.h"
#include "express/target.h"
#include "server/serverresponse.h"

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

ExpressError paramDecodeError(const QByteArray &text)
{
    ExpressError error;
    error.name = "URIError";
    error.message = QStringLiteral("Failed to decode param '%1'").arg(QString::fromLatin1(text));
    error.status = 400;
    return error;
}

struct Router::Route
{
    PathPattern pattern;
    /// Upper-case method and handler; an empty method is app.all().
    std::vector<std::pair<QByteArray, Handler>> handlers;

    const Handler *find(const QByteArray &method) const
    {
        const Handler *get = nullptr;
        for (const auto &[name, handler] : handlers) {
            if (name == method || name.isEmpty())
                return &handler;
            if (name == "GET" && method == "HEAD")
                get = &handler;
        }
        return get;
    }

    /// route._options(): as registered, HEAD of a GET at the end.
    void appendMethods(QByteArrayList &methods) const
    {
        QByteArrayList own;
        for (const auto &[name, handler] : handlers)
            own.append(name);
        if (own.contains("GET") && !own.contains("HEAD"))
            own.append("HEAD");
        for (const QByteArray &name : own) {
            if (!methods.contains(name))
                methods.append(name);
        }
    }
};

/// One exchange among the routes. Shared with the `next` of a handler that takes one.
struct Router::Walk : std::enable_shared_from_this<Walk>
{
    const Router &router;
    std::shared_ptr<Exchange> exchange;
    Next out;
    size_t index = 0;
    QByteArrayList allowed;

    Walk(const Router &owner, std::shared_ptr<Exchange> ex, Next next)
        : router(owner), exchange(std::move(ex)), out(std::move(next))
    {
    }

    void advance(std::optional<ExpressError> error);
    const Handler *match(const Route &route, const QByteArray &path,
                         std::optional<ExpressError> &error);
    void run(const Handler &handler);
    void leave(std::optional<ExpressError> error);
};

/// router/index.js, next(): a route does not match while an error is pending.
void Router::Walk::advance(std::optional<ExpressError> error)
{
    const QByteArray path = exchange->path();
    while (index < router.m_routes.size()) {
        const Route &route = *router.m_routes[index++];
        if (const Handler *handler = match(route, path, error)) {
            run(*handler);
            return;
        }
    }
    leave(std::move(error));
}

const Handler *Router::Walk::match(const Route &route, const QByteArray &path,
                                   std::optional<ExpressError> &error)
{
    auto found = route.pattern.match(path);
    if (!found)
        return nullptr;
    if (found->undecodable && !error)
        error = paramDecodeError(*found->undecodable);
    if (error)
        return nullptr;
    const QByteArray method = exchange->method();
    const Handler *handler = route.find(method);
    if (!handler && method == "OPTIONS")
        route.appendMethods(allowed);
    if (!handler)
        return nullptr;
    exchange->params = found->params;
    if (exchange->traced())
        exchange->decide(
            "express.Route",
            u"The route %1 takes the request."_s.arg(QString::fromLatin1(route.pattern.pattern())));
    return handler;
}

void Router::Walk::run(const Handler &handler)
{
    const auto self = shared_from_this();
    const auto failed = std::make_shared<bool>(false);
    handler(exchange, Next([self, failed](std::optional<ExpressError> error) {
                *failed = error.has_value();
                self->advance(std::move(error));
            }));
    if (!*failed && !exchange->response().hasError())
        exchange->markExecuted();
}

void Router::Walk::leave(std::optional<ExpressError> error)
{
    if (error) {
        out(std::move(*error));
        return;
    }
    if (exchange->method() != "OPTIONS" || allowed.isEmpty()) {
        if (index >= router.m_routes.size() && exchange->traced())
            exchange->decide("express.NoRoute",
                             u"No route answers %1 %2, so the request goes on."_s.arg(
                                 QString::fromLatin1(exchange->method()),
                                 QString::fromLatin1(exchange->path())));
        out();
        return;
    }
    const QByteArray methods = allowed.join(',');
    if (exchange->traced())
        exchange->decide("express.Options",
                         u"No handler for OPTIONS: Express lists the methods of this path."_s);
    exchange->response().setHeader("Allow", methods);
    exchange->send(methods);
}

Router::Router(const ExpressSettings &settings)
    : m_caseSensitive(settings.caseSensitiveRouting), m_strict(settings.strictRouting)
{
}

Router::~Router() = default;

Router::Route &Router::newRoute(const QByteArray &path)
{
    auto route = std::make_unique<Route>();
    route->pattern = PathPattern(path, {m_caseSensitive, m_strict, true});
    m_routes.push_back(std::move(route));
    return *m_routes.back();
}

void Router::add(const QByteArray &method, const QByteArray &path, PlainHandler handler)
{
    addRoute(path, {{method, std::move(handler)}});
}

void Router::add(const QByteArray &method, const QByteArray &path, Handler handler)
{
    newRoute(path).handlers.emplace_back(method, std::move(handler));
}

void Router::addRoute(const QByteArray &path,
                      const std::vector<std::pair<QByteArray, PlainHandler>> &handlers)
{
    Route &route = newRoute(path);
    for (const auto &[method, handler] : handlers) {
        route.handlers.emplace_back(method,
                                    [handler](const std::shared_ptr<Exchange> &exchange,
                                              const Next &) { handler(exchange); });
    }
}

void Router::addAll(const QByteArray &path, Handler handler)
{
    newRoute(path).handlers.emplace_back(QByteArray(), std::move(handler));
}

void Router::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    std::make_shared<Walk>(*this, exchange, std::move(next))->advance(std::nullopt);
}

bool Router::answers(const Exchange &exchange) const
{
    const QByteArray path = exchange.path();
    const QByteArray method = exchange.method();
    return std::any_of(m_routes.begin(), m_routes.end(), [&](const auto &route) {
        const auto found = route->pattern.match(path);
        return found && !found->undecodable && route->find(method);
    });
}

std::vector<std::pair<QByteArray, QByteArray>> Router::routes() const
{
    std::vector<std::pair<QByteArray, QByteArray>> list;
    for (const auto &route : m_routes) {
        for (const auto &[method, handler] : route->handlers)
            list.emplace_back(method, route->pattern.pattern());
    }
    return list;
}

} // namespace rt
