// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "express/exchange.h"
#include "express/router.h"
#include "lab/demoroutes.h"
#include "lab/labstate.h"

#include <QString>

namespace rt {

/// The groups of demo routes, added in this order.
void addUserRoutes(Router &router, LabState &state);
void addDataRoutes(Router &router, DemoProfile profile);
void addFeedRoutes(Router &router, LabState &state);
/// `auth` has no empty handler any more.
void addLoginRoutes(Router &router, const AuthHandlers &auth);
void addToolRoutes(Router &router);
/// One call of jsonwebtoken each: /lab/jwt/sign, /lab/jwt/verify and /lab/jwt/decode.
void addTokenRoutes(Router &router);
void addAccountRoutes(Router &router, LabState &state);
void addCookieRoutes(Router &router);
void addShopRoutes(Router &router, LabState &state);
/// Routes that need a login. `transferByGet`: GET /transfer moves money too.
void addMemberRoutes(Router &router, LabState &state, const AuthHandlers &auth, bool transferByGet);

/// The one user who can log in: {id, email, role}.
JsValue demoUser();
/// `auth` with the handlers of mode "none" where it has none.
AuthHandlers withDefaults(AuthHandlers auth);
/// `status` with {"error": text}.
void refuse(Exchange &exchange, int status, const QString &text);
/// Answers {"ok":true}.
void answerOk(Exchange &exchange);
/// {"error": text}
JsValue errorBody(const QString &text);
/// An object from its members in order.
JsValue objectOf(std::initializer_list<std::pair<QString, JsValue>> members);
/// A repeated query parameter counts with its last value.
JsValue lastOf(const JsValue &value);
/// Number.parseInt(value, 10) when that is at least 0, at most `most`; else `otherwise`.
int countOf(const JsValue &value, int otherwise, int most);
/// res.setHeader(name, value) with a JavaScript string.
void setHeader(Exchange &exchange, const QByteArray &name, const JsValue &value);

} // namespace rt
