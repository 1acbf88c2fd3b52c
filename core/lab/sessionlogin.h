// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "express/exchange.h"
#include "express/thrown.h"
#include "lab/demoroutes.h"

namespace rt {

/// What a login leaves in req.session, by profile.
class SessionLogin
{
public:
    explicit SessionLogin(DemoProfile profile) : m_profile(profile) { }

    /// Members that a login adds.
    JsValue members() const;
    /// The user of a session's members; undefined when it carries no login.
    JsValue userOf(const JsValue &session) const;
    /// Answers GET /me.
    void answerMe(Exchange &exchange, const JsValue &session) const;

private:
    DemoProfile m_profile;
};

/// {"ok":true,"user"}
void answerLoggedIn(Exchange &exchange);
/// `(visits || 0) + 1` with JavaScript's +.
JsValue oneMore(const JsValue &visits);
/// True, and raised on the exchange, when a call threw.
template<typename T> bool threw(Exchange &exchange, const OrThrown<T> &result)
{
    if (!result)
        exchange.raise(result.error());
    return !result;
}

} // namespace rt
