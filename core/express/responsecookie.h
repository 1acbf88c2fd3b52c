// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/thrown.h"

namespace rt {

class Exchange;

/// res.cookie(name, value, options) of Express 4: adds a Set-Cookie line. With the option `signed`
/// the value carries a signature by req.secret.
OrThrown<void> setResponseCookie(Exchange &exchange, const QString &name, const JsValue &value,
                                 const JsValue &options = {});
/// res.clearCookie(name, options) of Express 4, where a given maxAge or expires wins.
OrThrown<void> clearResponseCookie(Exchange &exchange, const QString &name,
                                   const JsValue &options = {});

} // namespace rt
