// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"

namespace rt {

/// What stands behind req.session of one exchange, as the session middleware of the stack defines
/// it. Reading may do work (cookie-session reads its cookie on first access) and may fail; what the
/// package throws then is raised on the exchange.
class RequestSession
{
public:
    virtual ~RequestSession() = default;
    /// req.session: its own members; null when it was unset, undefined when there is none.
    virtual JsValue read() = 0;
    /// req.session[name] = value. Does nothing without a session.
    virtual void assign(const QString &name, const JsValue &value) = 0;
};

} // namespace rt
