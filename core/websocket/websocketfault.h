// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace rt {

/// Why a frame or message of the peer ends the connection (RFC 6455 §5, §7, §8.1). The verdicts and
/// their order are those of npm ws 8.
enum class WebSocketFault {
    ReservedBitSet,
    CompressedWithoutExtension,
    ReservedOpcode,
    NothingToContinue,
    MessageNotFinished,
    FragmentedControl,
    ControlTooLong,
    ClosePayloadOfOneByte,
    ClientFrameNotMasked,
    ServerFrameMasked,
    LengthTooLarge,
    MessageTooBig,
    TooManyFragments,
    InvalidUtf8,
    InvalidCloseCode,
    InvalidCloseReason,
    CannotInflate,
};

/// "ws.ClientFrameNotMasked"
QByteArray faultId(WebSocketFault fault);
/// One plain sentence with the rule.
QString faultSentence(WebSocketFault fault);
/// What the Close frame that answers it carries: 1002, 1007, 1008 or 1009.
quint16 closeCodeFor(WebSocketFault fault);

} // namespace rt
