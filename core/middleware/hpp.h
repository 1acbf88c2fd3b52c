// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"
#include "express/middleware.h"

#include <QStringList>

namespace rt {

/// npm hpp 0.2: of a parameter that came several times only the last value stays in req.query and
/// req.body; the list goes to req.queryPolluted and req.bodyPolluted.
class Hpp final : public Middleware
{
public:
    static Result<std::shared_ptr<const Middleware>> create(const JsValue &options);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    /// Returns how many parameters came several times.
    int putAside(JsValue &part, JsValue &polluted, const char *where, Exchange &exchange) const;
    void explain(Exchange &exchange, int repeated, bool bodyChecked) const;
    bool bodyIsChecked(Exchange &exchange) const;

    bool m_checkQuery = true;
    bool m_checkBody = true;
    QByteArrayList m_bodyTypes;
    QStringList m_whitelist;
};

} // namespace rt
