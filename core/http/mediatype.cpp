// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/mediatype.h"

#include "http/headerlist.h"
#include "http/messagewriter.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace rt {

namespace {

/// RFC 6838 restricted-name, as npm media-typer 0.3 wants type and subtype.
bool isRestrictedName(QByteArrayView name, bool subtype)
{
    if (name.isEmpty() || name.size() > 127 || std::isalnum(static_cast<uchar>(name.front())) == 0)
        return false;
    return std::all_of(name.begin(), name.end(), [subtype](char c) {
        const auto byte = static_cast<uchar>(c);
        return (byte < 128 && std::isalnum(byte) != 0) || QByteArrayView("!#$&^_-").contains(c)
            || (subtype && (c == '.' || c == '+'));
    });
}

void skipBlanks(QByteArrayView text, qsizetype &at)
{
    while (at < text.size() && (text.at(at) == ' ' || text.at(at) == '\t'))
        ++at;
}

/// One parameter behind ';'. False when it is malformed.
bool readParameter(QByteArrayView text, qsizetype &at, MediaType &type)
{
    skipBlanks(text, at);
    const qsizetype equals = text.indexOf('=', at);
    if (equals < 0)
        return false;
    QByteArray name = text.sliced(at, equals - at).toByteArray();
    while (name.endsWith(' ') || name.endsWith('\t'))
        name.chop(1);
    at = equals + 1;
    skipBlanks(text, at);
    QByteArray value;
    if (at < text.size() && text.at(at) == '"') {
        for (++at; at < text.size() && text.at(at) != '"'; ++at) {
            if (text.at(at) == '\\' && at + 1 < text.size())
                ++at;
            value += text.at(at);
        }
        if (at >= text.size())
            return false;
        ++at;
    } else {
        while (at < text.size() && isToken(text.sliced(at, 1)))
            value += text.at(at++);
        if (value.isEmpty())
            return false;
    }
    skipBlanks(text, at);
    if (!isToken(name) || (at < text.size() && text.at(at) != ';'))
        return false;
    name = name.toLower();
    const auto known = std::find_if(type.parameters.begin(), type.parameters.end(),
                                    [&](const auto &pair) { return pair.first == name; });
    if (known != type.parameters.end())
        known->second = value;
    else
        type.parameters.emplace_back(name, value);
    return true;
}

constexpr std::array<std::pair<QByteArrayView, QByteArrayView>, 28> extensions {{
    {"json", "application/json"},
    {"html", "text/html"},
    {"htm", "text/html"},
    {"txt", "text/plain"},
    {"text", "text/plain"},
    {"css", "text/css"},
    {"js", "application/javascript"},
    {"mjs", "application/javascript"},
    {"xml", "application/xml"},
    {"svg", "image/svg+xml"},
    {"png", "image/png"},
    {"jpg", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"gif", "image/gif"},
    {"webp", "image/webp"},
    {"ico", "image/x-icon"},
    {"bmp", "image/bmp"},
    {"csv", "text/csv"},
    {"md", "text/markdown"},
    {"pdf", "application/pdf"},
    {"zip", "application/zip"},
    {"gz", "application/gzip"},
    {"bin", "application/octet-stream"},
    {"wasm", "application/wasm"},
    {"mp4", "video/mp4"},
    {"mp3", "audio/mpeg"},
    {"woff2", "font/woff2"},
    {"jsonld", "application/ld+json"},
}};

/// type-is normalize()
QByteArray normalized(const QByteArray &type)
{
    if (type == "urlencoded")
        return "application/x-www-form-urlencoded";
    if (type == "multipart")
        return "multipart/*";
    if (type.startsWith('+'))
        return "*/*" + type;
    return type.contains('/') ? type : mediaTypeOfExtension(type).value_or("");
}

bool matches(const QByteArray &expected, const QByteArray &actual)
{
    const QByteArrayList want = expected.split('/');
    const QByteArrayList have = actual.split('/');
    if (want.size() != 2 || have.size() != 2 || (want.at(0) != "*" && want.at(0) != have.at(0)))
        return false;
    if (want.at(1).startsWith("*+"))
        return have.at(1).endsWith(want.at(1).mid(1)) && have.at(1).size() + 1 >= want.at(1).size();
    return want.at(1) == "*" || want.at(1) == have.at(1);
}

} // namespace

std::optional<QByteArray> MediaType::parameter(QByteArrayView name) const
{
    for (const auto &[key, value] : parameters) {
        if (equalsIgnoringCase(key, name))
            return value;
    }
    return std::nullopt;
}

std::optional<MediaType> parseContentType(QByteArrayView value)
{
    const qsizetype end = value.indexOf(';');
    MediaType type;
    type.essence = (end < 0 ? value : value.first(end)).toByteArray().trimmed().toLower();
    const QByteArrayList parts = type.essence.split('/');
    if (parts.size() != 2 || !isToken(parts.at(0)) || !isToken(parts.at(1)))
        return std::nullopt;
    for (qsizetype at = end; at >= 0 && at < value.size();) {
        ++at;
        if (!readParameter(value, at, type))
            return std::nullopt;
    }
    return type;
}

QByteArray formatContentType(const MediaType &type)
{
    QByteArray out = type.essence;
    auto sorted = type.parameters;
    std::sort(sorted.begin(), sorted.end());
    for (const auto &[name, value] : sorted) {
        if (isToken(value))
            out += "; " + name + '=' + value;
        else
            out += "; " + name + "=\""
                + QByteArray(value).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
    return out;
}

std::optional<MediaType> parseMimeType(QByteArrayView value)
{
    const QByteArray text = value.toByteArray().trimmed();
    const QByteArrayList pieces = text.split(';');
    MediaType type;
    type.essence = pieces.first().trimmed().toLower();
    const QByteArrayList parts = type.essence.split('/');
    if (parts.size() != 2 || !isToken(parts.at(0)) || !isToken(parts.at(1)))
        return std::nullopt;
    for (const QByteArray &piece : pieces.mid(1)) {
        const qsizetype equals = piece.indexOf('=');
        const QByteArray name = piece.left(equals).trimmed().toLower();
        QByteArray content = piece.mid(equals + 1);
        if (content.startsWith('"'))
            content = content.mid(1, content.indexOf('"', 1) - 1);
        else
            content = content.trimmed();
        if (equals > 0 && isToken(name) && !content.isEmpty() && !type.parameter(name))
            type.parameters.emplace_back(name, content);
    }
    return type;
}

std::optional<QByteArray> typeIs(QByteArrayView contentType, const QByteArrayList &types)
{
    const auto parsed = parseContentType(contentType);
    if (!parsed)
        return std::nullopt;
    const QByteArrayList names = parsed->essence.split('/');
    if (!isRestrictedName(names.at(0), false) || !isRestrictedName(names.at(1), true))
        return std::nullopt;
    if (types.isEmpty())
        return parsed->essence;
    for (const QByteArray &type : types) {
        if (matches(normalized(type), parsed->essence))
            return type.startsWith('+') || type.contains('*') ? parsed->essence : type;
    }
    return std::nullopt;
}

bool hasBody(const HeaderList &requestHeaders)
{
    if (requestHeaders.contains("Transfer-Encoding"))
        return true;
    const auto length = requestHeaders.first("Content-Length");
    bool isNumber = false;
    if (length)
        length->trimmed().toDouble(&isNumber);
    return length && (isNumber || length->trimmed().isEmpty());
}

std::optional<QByteArray> mediaTypeOfExtension(QByteArrayView extension)
{
    for (const auto &[name, type] : extensions) {
        if (equalsIgnoringCase(name, extension))
            return type.toByteArray();
    }
    return std::nullopt;
}

} // namespace rt
