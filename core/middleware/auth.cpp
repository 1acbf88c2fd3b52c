// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/auth.h"

#include "express/exchange.h"

namespace rt {

using namespace Qt::StringLiterals;

Auth::Auth(Identify identify) : m_identify(std::move(identify)) { }

void Auth::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    const JsValue user = m_identify ? m_identify(*exchange) : JsValue();
    if (!user.isNullish()) {
        exchange->user = user;
        exchange->decide("auth.LoggedIn", u"The request carries a valid login and goes on."_s);
        return next();
    }
    exchange->decide("auth.Anonymous",
                     u"The request carries no valid login, so the guard answers 401 here."_s);
    JsValue answer = JsValue::object();
    answer.insert(u"error"_s, JsValue(u"not logged in"_s));
    exchange->status(401);
    exchange->json(answer);
}

} // namespace rt
