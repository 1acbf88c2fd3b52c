// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <optional>
#include <utility>
#include <vector>

namespace rt {

class HeaderList;

/// A media type with its parameters. Type and parameter names are in lower case.
struct MediaType
{
    /// "text/html"
    QByteArray essence;
    std::vector<std::pair<QByteArray, QByteArray>> parameters;

    std::optional<QByteArray> parameter(QByteArrayView name) const;
    friend bool operator==(const MediaType &, const MediaType &) = default;
};

/// npm content-type 1.0.5 parse(): nothing where it throws. A parameter given twice has the last
/// value.
std::optional<MediaType> parseContentType(QByteArrayView value);
/// npm content-type format(): parameters sorted by name, quoted where needed.
QByteArray formatContentType(const MediaType &type);
/// https://mimesniff.spec.whatwg.org/#parse-a-mime-type; the first of equal parameters counts.
std::optional<MediaType> parseMimeType(QByteArrayView value);

/// type-is 1.6 is(): the matching entry of `types` (the media type itself for entries with a
/// wildcard or beginning with '+'), or nothing. Entries are media types, "+json", "urlencoded",
/// "multipart" or file name extensions.
std::optional<QByteArray> typeIs(QByteArrayView contentType, const QByteArrayList &types);
/// type-is hasBody(): Transfer-Encoding, or a numeric Content-Length, is there.
bool hasBody(const HeaderList &requestHeaders);
/// mime-types lookup() for the extensions the lab meets: "json" -> "application/json".
std::optional<QByteArray> mediaTypeOfExtension(QByteArrayView extension);

} // namespace rt
