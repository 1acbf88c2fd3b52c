// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/message.h"
#include "websocket/extensions.h"

#include <QString>

namespace rt {

/// How a browser takes the answer to its WebSocket handshake: RFC 6455 §4.1 in Chromium's order of
/// checks and words (net/websockets/websocket_basic_handshake_stream.cc, version 156).
enum class SocketHandshakeReason {
    Passed,
    UnexpectedStatus,
    AuthenticationFailed,
    UpgradeMissing,
    UpgradeTwice,
    UpgradeIsOther,
    AcceptMissing,
    AcceptTwice,
    AcceptWrong,
    ConnectionMissing,
    ConnectionWithoutUpgrade,
    ProtocolTwice,
    ProtocolNotAskedFor,
    ProtocolUnknown,
    ProtocolMissing,
    ExtensionsUnreadable,
    ExtensionUnknown,
    DeflateTwice,
    DeflateParameter,
};

struct SocketHandshake
{
    SocketHandshakeReason reason = SocketHandshakeReason::Passed;
    /// What the console says behind "WebSocket connection to 'U' failed: "; empty when passed.
    QString message;
    QByteArray protocol;
    /// As WebSocket.extensions has it.
    QByteArray extensions;
    std::optional<DeflateParameters> deflate;
};

SocketHandshake checkSocketHandshake(const ResponseHead &response, const QByteArray &key,
                                     const QByteArrayList &protocols);
/// "ws.AcceptWrong"
QByteArray socketHandshakeId(SocketHandshakeReason reason);

} // namespace rt
