// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/compressible.h"

#include <algorithm>
#include <array>

namespace rt {

namespace {

/// Types mime-db marks compressible although neither their top level nor their suffix says so;
/// sorted.
constexpr std::array<QByteArrayView, 41> known {
    "application/dart",
    "application/ecmascript",
    "application/javascript",
    "application/json",
    "application/octet-stream",
    "application/postscript",
    "application/raml+yaml",
    "application/rtf",
    "application/tar",
    "application/toml",
    "application/vnd.dart",
    "application/vnd.ms-fontobject",
    "application/vnd.ms-opentype",
    "application/wasm",
    "application/x-httpd-php",
    "application/x-javascript",
    "application/x-ns-proxy-autoconfig",
    "application/x-sh",
    "application/x-tar",
    "application/x-virtualbox-hdd",
    "application/x-virtualbox-ova",
    "application/x-virtualbox-ovf",
    "application/x-virtualbox-vbox",
    "application/x-virtualbox-vdi",
    "application/x-virtualbox-vhd",
    "application/x-virtualbox-vmdk",
    "application/x-www-form-urlencoded",
    "application/xml",
    "application/xml-dtd",
    "font/otf",
    "font/ttf",
    "image/bmp",
    "image/vnd.adobe.photoshop",
    "image/vnd.microsoft.icon",
    "image/vnd.ms-dds",
    "image/x-icon",
    "image/x-ms-bmp",
    "message/rfc822",
    "model/gltf-binary",
    "x-shader/x-fragment",
    "x-shader/x-vertex",
};

bool isBlank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

} // namespace

bool isCompressible(QByteArrayView contentType)
{
    const char *start = std::find_if_not(contentType.begin(), contentType.end(), isBlank);
    const char *end
        = std::find_if(start, contentType.end(), [](char c) { return c == ';' || isBlank(c); });
    const QByteArray type = QByteArray(start, end - start).toLower();
    return type.startsWith("text/") || type.endsWith("+json") || type.endsWith("+text")
        || type.endsWith("+xml")
        || std::binary_search(known.begin(), known.end(), QByteArrayView(type));
}

} // namespace rt
