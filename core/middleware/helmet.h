// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "express/middleware.h"
#include "middleware/helmet/contentsecuritypolicy.h"

#include <vector>

namespace rt {

/// npm helmet 8: sets some response headers and removes X-Powered-By. It never answers.
class Helmet final : public Middleware
{
public:
    /// The error is the message helmet(options) throws; the first one in its order of headers.
    static Result<std::shared_ptr<const Middleware>> create(const JsValue &options);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    struct Step
    {
        QByteArray header;
        /// Set as it is; empty with `removes` or a policy.
        QByteArray value;
        bool removes = false;
        std::optional<ContentSecurityPolicy> policy;
    };
    struct Part;
    static const std::vector<Part> &parts();
    Result<void> add(const Part &part, const JsValue &options);

    std::vector<Step> m_steps;
};

} // namespace rt
