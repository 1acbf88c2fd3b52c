// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QtGlobal>

namespace rt {

/// Status codes of RFC 6455 §7.4.1 that this project sends or reports itself.
namespace CloseCode {
inline constexpr quint16 Normal = 1000;
inline constexpr quint16 GoingAway = 1001;
inline constexpr quint16 ProtocolError = 1002;
/// Never on the wire: the Close frame had no code.
inline constexpr quint16 NoStatus = 1005;
/// Never on the wire: the connection ended without a Close frame.
inline constexpr quint16 Abnormal = 1006;
inline constexpr quint16 InvalidPayload = 1007;
inline constexpr quint16 PolicyViolation = 1008;
inline constexpr quint16 MessageTooBig = 1009;
} // namespace CloseCode

/// A code that may stand in a Close frame: 1000-1003, 1007-1014, 3000-4999 (npm ws 8).
bool isCloseCodeOnWire(quint16 code);
/// "Going Away" as RFC 6455 §7.4.1 and IANA name it; empty for codes of libraries and applications.
QByteArray closeCodeName(quint16 code);

} // namespace rt
