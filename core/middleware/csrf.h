// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "express/middleware.h"

#include <QString>

#include <functional>

namespace rt {

/// What the stage `csrf` makes of a request.
enum class CsrfDecision {
    /// GET, HEAD, OPTIONS and TRACE change nothing.
    SafeMethod,
    /// There is no session, or nothing in it that a forged request could use.
    NothingToProtect,
    Valid,
    Missing,
    Wrong,
};
/// "csrf.Wrong"
QByteArray decisionId(CsrfDecision decision);

/// The synchronizer token pattern: the session holds a token, which a page of the same origin reads
/// at GET /csrf-token and sends back as X-CSRF-Token (or as the field _csrf of a form). A page of
/// another origin can make the browser send the cookie, but cannot read the token.
class Csrf final : public Middleware
{
public:
    using GenerateToken = std::function<QString()>;
    explicit Csrf(GenerateToken generateToken);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    void answerToken(Exchange &exchange) const;

    GenerateToken m_generateToken;
};

} // namespace rt
