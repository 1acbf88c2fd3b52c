// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "express/middleware.h"
#include "express/pathpattern.h"

#include <functional>
#include <memory>
#include <vector>

namespace rt {

struct ExpressSettings;

/// A route's handler. It answers, or calls next; Express names apply.
using Handler = std::function<void(const std::shared_ptr<Exchange> &, const Next &)>;
/// A handler that always answers by itself, at once or later.
using PlainHandler = std::function<void(const std::shared_ptr<Exchange> &)>;

/// Express's app.get(), app.route() and so on: a stage of the pipeline that holds the routes. HEAD
/// runs the GET handler, OPTIONS without a handler lists the methods, a path with a wrong method
/// falls through.
class Router final : public Middleware
{
public:
    explicit Router(const ExpressSettings &settings);
    ~Router() override;

    /// app.METHOD(path, handler): a route of its own.
    void add(const QByteArray &method, const QByteArray &path, PlainHandler handler);
    void add(const QByteArray &method, const QByteArray &path, Handler handler);
    /// app.route(path).get().post()...: one route with several methods.
    void addRoute(const QByteArray &path,
                  const std::vector<std::pair<QByteArray, PlainHandler>> &handlers);
    /// app.all(path, handler)
    void addAll(const QByteArray &path, Handler handler);

    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

    /// A route has a handler of its own for the request: HEAD counts as GET, OPTIONS answered by
    /// the router itself does not count.
    bool answers(const Exchange &exchange) const;

    /// METHOD and path of every route in order, for help texts and completion.
    std::vector<std::pair<QByteArray, QByteArray>> routes() const;

private:
    struct Route;
    struct Walk;
    Route &newRoute(const QByteArray &path);
    std::vector<std::unique_ptr<Route>> m_routes;
    bool m_caseSensitive = false;
    bool m_strict = false;
};

/// The error of a route parameter that is no valid percent-encoding.
ExpressError paramDecodeError(const QByteArray &text);

} // namespace rt
