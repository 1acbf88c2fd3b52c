// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/routescope.h"

#include "express/exchange.h"
#include "express/router.h"

namespace rt {

using namespace Qt::StringLiterals;

RouteScope::RouteScope(std::shared_ptr<const Middleware> middleware,
                       std::shared_ptr<const Router> routes)
    : m_middleware(std::move(middleware)), m_routes(std::move(routes))
{
}

void RouteScope::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    if (m_routes->answers(*exchange))
        return m_middleware->handle(exchange, std::move(next));
    exchange->decide("route.NotReached",
                     u"It stands inside the routes, and none of them answers %1 here."_s.arg(
                         QString::fromLatin1(exchange->method())));
    next();
}

void RedirectSlash::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    const QByteArray path = exchange->path();
    if (path.endsWith('/'))
        return next();
    exchange->decide("route.SlashMissing",
                     u"The path does not end with a slash, so the sender is sent there."_s);
    // Two slashes at the beginning would name another host.
    qsizetype first = 0;
    while (path.mid(first).startsWith("//"))
        ++first;
    exchange->redirect(path.mid(first) + '/' + exchange->url.mid(path.size()), 301);
}

} // namespace rt
