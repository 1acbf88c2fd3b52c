// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "websocket/extensions.h"

#include <QByteArray>
#include <QByteArrayList>

#include <functional>
#include <optional>

namespace rt::engineio {

/// The cookie a handshake over polling sets; attributes as npm cookie 0.7 writes them.
struct CookieOptions
{
    QByteArray name = "io";
    QByteArray path = "/";
    bool httpOnly = true;
    /// lax, strict, none; empty for no attribute.
    QByteArray sameSite = "lax";
    bool secure = false;
    QByteArray domain;
    /// Seconds.
    std::optional<qint64> maxAge;
    /// "io=<id>; Path=/; HttpOnly; SameSite=Lax"
    QByteArray write(const QByteArray &id) const;
};

/// Options of npm engine.io 6.6, names letter for letter; times in milliseconds, sizes in bytes.
struct Options
{
    /// Ends in '/'.
    QByteArray path = "/engine.io/";
    int pingInterval = 25000;
    int pingTimeout = 20000;
    int upgradeTimeout = 10000;
    qint64 maxHttpBufferSize = 1000000;
    QByteArrayList transports = {"polling", "websocket"};
    bool allowUpgrades = true;
    /// Polling answers from this size on are compressed; nothing: never.
    std::optional<int> httpCompressionThreshold = 1024;
    std::optional<DeflateOptions> perMessageDeflate;
    /// Options of npm cors; undefined: none.
    JsValue cors;
    std::optional<CookieOptions> cookie;
    /// Asked with the Origin of a new session (nullopt when absent); none: everybody may connect.
    std::function<bool(const std::optional<QByteArray> &)> allowRequest;
};

/// Error codes of the protocol.
enum class ErrorCode {
    UnknownTransport = 0,
    UnknownSid = 1,
    BadHandshakeMethod = 2,
    BadRequest = 3,
    Forbidden = 4,
    UnsupportedProtocolVersion = 5
};
/// "Transport unknown" ...: the words of the package.
QByteArray errorMessage(ErrorCode code);
/// "eio.UnknownSid"
QByteArray errorId(ErrorCode code);
/// 403 for Forbidden, else 400.
int errorStatus(ErrorCode code);
/// {"code":1,"message":"Session ID unknown"}
QByteArray errorBody(ErrorCode code);

} // namespace rt::engineio
