// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/middleware.h"

namespace rt {

/// The stage `headers`: the same header fields on every answer.
class FixedHeaders final : public Middleware
{
public:
    /// Name -> value or list of values.
    explicit FixedHeaders(const JsValue &headers);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    std::vector<std::pair<QByteArray, QByteArrayList>> m_headers;
};

} // namespace rt
