// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "express/fixedheaders.h"

#include "express/exchange.h"
#include "server/serverresponse.h"

namespace rt {

namespace {

/// String(value) as setHeader() takes it: a text it would refuse stays one it refuses.
QByteArray headerValue(const JsValue &value)
{
    QByteArray bytes;
    for (const QChar c : value.asText())
        bytes += c.unicode() > 0xff ? '\0' : static_cast<char>(c.unicode());
    return bytes;
}

} // namespace

FixedHeaders::FixedHeaders(const JsValue &headers)
{
    for (const auto &[name, value] : headers.members()) {
        auto values = std::make_shared<QByteArrayList>();
        for (const JsValue &item : value.isArray() ? value.items() : QList<JsValue> {value})
            values->append(headerValue(item));
        m_headers.push_back({name.toLatin1(), values, value.isArray()});
    }
}

void FixedHeaders::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    for (const Entry &entry : m_headers) {
        exchange->response().setHeader(entry.name, *entry.values);
        if (equalsIgnoringCase(entry.name, "Set-Cookie"))
            exchange->sharedSetCookies = entry.isList ? entry.values : nullptr;
    }
    if (!exchange->response().hasError())
        next();
}

} // namespace rt
