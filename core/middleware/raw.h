// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/bodyparser.h"

namespace rt {

/// express.raw(): npm body-parser 1.20; the body is a Buffer.
class RawParser final : public BodyParser
{
public:
    static Result<std::shared_ptr<const Middleware>> create(const JsValue &options);

protected:
    std::variant<QByteArray, BodyFault> charset(const Exchange &exchange) const override;
    std::variant<JsValue, BodyFault> parse(const Body &body) const override;

private:
    explicit RawParser(Options options);
};

} // namespace rt
