// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "middleware/bodyparser.h"

namespace rt {

/// express.text(): npm body-parser 1.20. The lab's own option `decode: "per-chunk"` decodes each
/// piece by itself, the mistake that tears characters apart.
class TextParser final : public BodyParser
{
public:
    static Result<std::shared_ptr<const Middleware>> create(const JsValue &options);

protected:
    std::variant<QByteArray, BodyFault> charset(const Exchange &exchange) const override;
    std::variant<JsValue, BodyFault> parse(const Body &body) const override;
    bool wantsPieces() const override { return m_perChunk; }

private:
    TextParser(Options options, QByteArray defaultCharset, bool perChunk);
    QByteArray m_defaultCharset;
    bool m_perChunk = false;
};

} // namespace rt
