// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "express/middleware.h"

#include <QByteArrayList>

#include <memory>
#include <vector>

namespace rt {

/// The stage `headers`: the same header fields on every answer.
class FixedHeaders final : public Middleware
{
public:
    /// Name -> value or list of values.
    explicit FixedHeaders(const JsValue &headers);
    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

private:
    struct Entry
    {
        QByteArray name;
        /// What a later stage adds in place to a list stays in it for the next request, as with an
        /// array of a Node program.
        std::shared_ptr<QByteArrayList> values;
        bool isList = false;
    };
    std::vector<Entry> m_headers;
};

} // namespace rt
