// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/sessionlogin.h"

#include "lab/demoroutesparts.h"

namespace rt {

using namespace Qt::StringLiterals;

JsValue SessionLogin::members() const
{
    const JsValue user = demoUser();
    if (m_profile == DemoProfile::Suite)
        return objectOf({{u"user"_s, user}});
    return objectOf(
        {{u"userId"_s, user[u"id"]}, {u"email"_s, user[u"email"]}, {u"role"_s, user[u"role"]}});
}

JsValue SessionLogin::userOf(const JsValue &session) const
{
    if (m_profile == DemoProfile::Suite)
        return session[u"user"].isTruthy() ? session[u"user"] : JsValue();
    if (!session[u"userId"].isTruthy())
        return {};
    return objectOf({{u"userId"_s, session[u"userId"]},
                     {u"email"_s, session[u"email"]},
                     {u"role"_s, session[u"role"]}});
}

void SessionLogin::answerMe(Exchange &exchange, const JsValue &session) const
{
    const JsValue user = userOf(session);
    if (user.isUndefined())
        return refuse(exchange, 401, u"not logged in"_s);
    exchange.user = user;
    if (m_profile == DemoProfile::Suite)
        return exchange.json(objectOf({{u"user"_s, user}}));
    exchange.json(objectOf({{u"userId"_s, user[u"userId"]}, {u"email"_s, user[u"email"]}}));
}

void answerLoggedIn(Exchange &exchange)
{
    exchange.json(objectOf({{u"ok"_s, JsValue(true)}, {u"user"_s, demoUser()}}));
}

JsValue oneMore(const JsValue &visits)
{
    if (!visits.isTruthy())
        return JsValue(1);
    if (visits.isNumber() || visits.isBoolean())
        return JsValue(visits.toNumber(1) + 1);
    return JsValue(visits.asText() + u'1');
}

} // namespace rt
