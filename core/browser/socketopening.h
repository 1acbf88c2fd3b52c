// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/request.h"

#include <QStringList>

#include <variant>

namespace rt {

/// A WebSocket that script may open: `new WebSocket(url, protocols)` did not throw.
struct SocketOpening
{
    /// ws or wss.
    Url url;
    QByteArrayList protocols;
    /// The handshake as an HTTP request: cookies, Origin and Sec-Fetch go by this.
    Request request;
};

/// Why the constructor threw.
enum class SocketFault {
    InvalidUrl,
    SchemeNotAllowed,
    FragmentInUrl,
    InvalidProtocol,
    DuplicateProtocol,
    InsecureFromSecurePage,
};

struct SocketRefusal
{
    SocketFault fault = SocketFault::InvalidUrl;
    /// "SyntaxError: Failed to construct 'WebSocket': …"
    QString exception;
    QStringList console;
};

/// https://websockets.spec.whatwg.org/#dom-websocket-websocket; `url` and `protocols` as UTF-8.
std::variant<SocketOpening, SocketRefusal>
prepareSocket(const QByteArray &url, const QByteArrayList &protocols, const Document &client);
/// "ws.InvalidUrl"
QByteArray socketFaultId(SocketFault fault);

/// All header fields of the handshake, in Chromium's order. `key` is the Sec-WebSocket-Key.
HeaderList socketHeaders(const SocketOpening &opening, const QByteArray &key,
                         const QByteArray &cookies);

} // namespace rt
