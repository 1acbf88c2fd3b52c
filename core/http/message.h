// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/headerlist.h"

namespace rt {

/// HTTP-version of RFC 9112 §2.3.
struct HttpVersion
{
    int major = 1;
    int minor = 1;
    friend auto operator<=>(const HttpVersion &, const HttpVersion &) = default;
};

/// Request line and header section (RFC 9112 §3). The body travels apart.
struct RequestHead
{
    QByteArray method;
    /// As it stood on the request line: origin-form, absolute-form, authority-form or "*".
    QByteArray target;
    HttpVersion version;
    HeaderList headers;
    friend bool operator==(const RequestHead &, const RequestHead &) = default;
};

/// Status line and header section (RFC 9112 §4).
struct ResponseHead
{
    /// 0 means that no response head arrived or was written.
    int status = 0;
    QByteArray reasonPhrase;
    HttpVersion version;
    HeaderList headers;
    friend bool operator==(const ResponseHead &, const ResponseHead &) = default;
};

} // namespace rt
