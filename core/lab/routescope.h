// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "express/middleware.h"

#include <memory>

namespace rt {

class Router;

/// A middleware in front of the handlers of every route, as in app.put(path, cors(), handler),
/// instead of app.use(cors()): it runs when a route answers the request's method, so it never sees
/// a preflight, which Express answers itself.
class RouteScope final : public Middleware
{
public:
    RouteScope(std::shared_ptr<const Middleware> middleware, std::shared_ptr<const Router> routes);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    std::shared_ptr<const Middleware> m_middleware;
    std::shared_ptr<const Router> m_routes;
};

/// Sends everybody to the spelling with a slash at the end, before anything else looks: 301, which
/// a preflight must not be answered with.
class RedirectSlash final : public Middleware
{
public:
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;
};

} // namespace rt
