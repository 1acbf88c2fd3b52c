// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/auth.h"

#include "express/exchange.h"
#include "server/serverresponse.h"

namespace rt {

using namespace Qt::StringLiterals;

Auth::Auth(Identify identify, Refuse refuse)
    : m_identify(std::move(identify)), m_refuse(std::move(refuse))
{
}

void Auth::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    const JsValue user = m_identify(*exchange);
    if (exchange->response().hasError())
        return;
    if (!user.isNullish()) {
        exchange->user = user;
        exchange->decide("auth.LoggedIn", u"The request carries a valid login and goes on."_s);
        return next();
    }
    exchange->decide("auth.Anonymous",
                     u"The request carries no valid login, so the guard answers 401 here."_s);
    m_refuse(*exchange);
}

} // namespace rt
