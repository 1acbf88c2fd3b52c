// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"
#include "express/middleware.h"

#include <QStringList>

namespace rt {

/// npm cookie-parser 1.4: reads the Cookie header into req.cookies, and with a secret the signed
/// ones into req.signedCookies (false where the signature is wrong).
class CookieParser final : public Middleware
{
public:
    static Result<std::shared_ptr<const Middleware>> create(const JsValue &options);
    explicit CookieParser(QStringList secrets);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    JsValue takeSigned(JsValue &cookies, Exchange &exchange) const;

    QStringList m_secrets;
};

} // namespace rt
