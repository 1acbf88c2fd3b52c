// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/bodyparser.h"

namespace rt {

/// express.json(): npm body-parser 1.20.
class JsonParser final : public BodyParser
{
public:
    static Result<std::shared_ptr<const Middleware>> create(const JsValue &options);

protected:
    std::variant<QByteArray, BodyFault> charset(const Exchange &exchange) const override;
    std::variant<JsValue, BodyFault> parse(const Body &body) const override;

private:
    JsonParser(Options options, bool strict);
    bool m_strict = true;
};

} // namespace rt
