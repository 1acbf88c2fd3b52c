// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/middleware.h"

#include <functional>

namespace rt {

/// The stage `auth`: whoever is not logged in is answered here, everybody else goes on. What being
/// logged in means, and what the answer says, is the lab's choice (session or token).
class Auth final : public Middleware
{
public:
    /// Who sends the request; undefined or null when nobody is logged in.
    using Identify = std::function<JsValue(Exchange &)>;

    /// Answers whoever is not logged in.
    using Refuse = std::function<void(Exchange &)>;

    Auth(Identify identify, Refuse refuse);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    Identify m_identify;
    Refuse m_refuse;
};

} // namespace rt
