// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/responsefiltering.h"

#include "browser/corspreflight.h"
#include "browser/fieldvalue.h"

#include <algorithm>
#include <map>

namespace rt {

namespace {

bool isForbiddenResponseHeader(QByteArrayView name)
{
    return isOneOf(name, {"set-cookie", "set-cookie2"});
}

/// The header names a cors response exposes; "*" alone stands for all of them.
class ExposedNames
{
public:
    ExposedNames(const HeaderList &headers, CredentialsMode credentials)
    {
        const auto value = headers.get("Access-Control-Expose-Headers");
        // An invalid member voids the whole list.
        m_names = tokenList(value.value_or("")).value_or(QByteArrayList());
        m_all = credentials != CredentialsMode::Include && m_names.contains("*");
    }

    bool contains(QByteArrayView name) const
    {
        return m_all || std::any_of(m_names.begin(), m_names.end(), [&](const QByteArray &n) {
                   return equalsIgnoringCase(n, name);
               });
    }

private:
    QByteArrayList m_names;
    bool m_all = false;
};

} // namespace

QByteArray responseTypeName(ResponseType type)
{
    switch (type) {
    case ResponseType::Basic:
        return "basic";
    case ResponseType::Cors:
        return "cors";
    case ResponseType::Opaque:
        return "opaque";
    case ResponseType::OpaqueRedirect:
        return "opaqueredirect";
    case ResponseType::Error:
        return "error";
    }
    return {};
}

bool isCorsSafelistedResponseHeader(QByteArrayView name)
{
    return isOneOf(name,
                   {"cache-control", "content-language", "content-length", "content-type",
                    "expires", "last-modified", "pragma"});
}

HeaderList readableHeaders(ResponseType type, const HeaderList &headers,
                           CredentialsMode credentials)
{
    if (type != ResponseType::Basic && type != ResponseType::Cors)
        return {};
    const ExposedNames exposed(headers, credentials);
    std::map<QByteArray, QByteArray> readable;
    for (const HeaderField &field : headers) {
        if (isForbiddenResponseHeader(field.name))
            continue;
        if (type == ResponseType::Cors && !isCorsSafelistedResponseHeader(field.name)
            && !exposed.contains(field.name))
            continue;
        const QByteArray name = field.name.toLower();
        const auto found = readable.find(name);
        if (found == readable.end())
            readable[name] = field.value;
        else
            found->second += ", " + field.value;
    }
    HeaderList list;
    for (const auto &[name, value] : readable)
        list.append(name, value);
    return list;
}

} // namespace rt
