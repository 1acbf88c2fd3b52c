// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/engineoptions.h"

namespace rt::engineio {

namespace {

struct ErrorRow
{
    const char *id;
    const char *message;
};

constexpr ErrorRow errors[] = {
    {"eio.UnknownTransport", "Transport unknown"},
    {"eio.UnknownSid", "Session ID unknown"},
    {"eio.BadHandshakeMethod", "Bad handshake method"},
    {"eio.BadRequest", "Bad request"},
    {"eio.Forbidden", "Forbidden"},
    {"eio.UnsupportedProtocolVersion", "Unsupported protocol version"},
};

} // namespace

QByteArray errorMessage(ErrorCode code)
{
    return errors[static_cast<size_t>(code)].message;
}

QByteArray errorId(ErrorCode code)
{
    return errors[static_cast<size_t>(code)].id;
}

int errorStatus(ErrorCode code)
{
    return code == ErrorCode::Forbidden ? 403 : 400;
}

QByteArray errorBody(ErrorCode code)
{
    return "{\"code\":" + QByteArray::number(static_cast<int>(code)) + ",\"message\":\""
        + errorMessage(code) + "\"}";
}

QByteArray CookieOptions::write(const QByteArray &id) const
{
    QByteArray text = name + '=' + id;
    if (maxAge)
        text += "; Max-Age=" + QByteArray::number(*maxAge);
    if (!domain.isEmpty())
        text += "; Domain=" + domain;
    if (!path.isEmpty())
        text += "; Path=" + path;
    if (httpOnly)
        text += "; HttpOnly";
    if (secure)
        text += "; Secure";
    if (!sameSite.isEmpty())
        text += "; SameSite=" + sameSite.left(1).toUpper() + sameSite.mid(1).toLower();
    return text;
}

} // namespace rt::engineio
