// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/middleware.h"

#include <functional>

namespace rt {

/// The stage `auth`: whoever is not logged in gets 401 as JSON, everybody else goes on. What being
/// logged in means is the lab's choice (session or token).
class Auth final : public Middleware
{
public:
    /// Who sends the request; undefined or null when nobody is logged in.
    using Identify = std::function<JsValue(Exchange &)>;

    explicit Auth(Identify identify);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    Identify m_identify;
};

} // namespace rt
