// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/bodyparser.h"

namespace rt {

/// express.urlencoded(): npm body-parser 1.20 with qs or querystring.
class UrlencodedParser final : public BodyParser
{
public:
    static Result<std::shared_ptr<const Middleware>> create(const JsValue &options);

protected:
    std::variant<QByteArray, BodyFault> charset(const Exchange &exchange) const override;
    std::variant<JsValue, BodyFault> parse(const Body &body) const override;

private:
    struct Rules
    {
        bool extended = true;
        double parameterLimit = 1000;
        double depth = 32;
    };
    UrlencodedParser(Options options, Rules rules);
    Rules m_rules;
};

} // namespace rt
