// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/requestpath.h"

#include "http/query.h"
#include "http/url.h"

namespace rt {

namespace {

std::optional<Url> requestUrl(const RequestHead &head)
{
    static const auto base = parseUrl("http://peer.invalid");
    return parseUrl(head.target, &*base);
}

} // namespace

QByteArray requestPath(const RequestHead &head)
{
    const auto url = requestUrl(head);
    return url ? url->path : QByteArray();
}

std::optional<QString> requestParameter(const RequestHead &head, QStringView name)
{
    const auto url = requestUrl(head);
    if (!url || !url->query)
        return std::nullopt;
    const JsValue value = parseSimpleQuery(QString::fromLatin1(*url->query), 0)[name];
    if (value.isUndefined())
        return std::nullopt;
    return value.isArray() ? value.items().first().toString() : value.toString();
}

} // namespace rt
