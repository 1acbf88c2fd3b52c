// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/fixedheaders.h"

#include "express/exchange.h"
#include "server/serverresponse.h"

namespace rt {

FixedHeaders::FixedHeaders(const JsValue &headers)
{
    for (const auto &[name, value] : headers.members()) {
        QByteArrayList values;
        if (value.isArray()) {
            for (const JsValue &item : value.items())
                values.append(item.asText().toLatin1());
        } else {
            values.append(value.asText().toLatin1());
        }
        m_headers.emplace_back(name.toLatin1(), values);
    }
}

void FixedHeaders::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    for (const auto &[name, values] : m_headers)
        exchange->response().setHeader(name, values);
    if (!exchange->response().hasError())
        next();
}

} // namespace rt
