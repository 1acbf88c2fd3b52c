// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"
#include "browser/formdata.h"

#include <optional>
#include <variant>

namespace rt {

/// The second argument of fetch() in script's terms: words, not enums, and bodies by kind.
/// https://fetch.spec.whatwg.org/#requestinit
struct RequestInit
{
    struct Body
    {
        enum class Kind { Text, UrlEncoded, FormData, Blob, Bytes, Stream };
        Kind kind = Kind::Text;
        QString text;
        FormFields fields;
        /// Type of a Blob; nothing when it was made without one.
        std::optional<QString> blobType;
    };

    QString url;
    std::optional<QString> method;
    std::optional<QString> mode;
    std::optional<QString> credentials;
    std::optional<QString> redirect;
    std::optional<QString> cache;
    std::optional<QString> referrer;
    std::optional<QString> referrerPolicy;
    std::optional<QString> integrity;
    std::vector<std::pair<QString, QString>> headers;
    std::optional<Body> body;
};

/// The request, or the text of the TypeError that reading the dictionary throws (in the order of
/// its members: alphabetical).
std::variant<FetchRequest, QString> readRequestInit(const RequestInit &init, const QByteArray &page,
                                                    Random &random);

} // namespace rt
