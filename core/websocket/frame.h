// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>

#include <array>
#include <optional>

namespace rt {

/// RFC 6455 §5.2. A frame keeps the number as it came, reserved ones included.
enum class Opcode : quint8 {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10
};
/// continuation, text, binary, close, ping, pong (names of the check language); empty for others.
QByteArray opcodeName(quint8 opcode);
inline bool isControlOpcode(quint8 opcode)
{
    return opcode >= 8;
}

using MaskingKey = std::array<quint8, 4>;

/// How the payload length is written: in 7 bits, in 16 more or in 64 more.
enum class LengthForm { Seven, Sixteen, SixtyFour };
/// The shortest form, the one a sender must use.
LengthForm lengthFormFor(quint64 length);

/// Everything in front of a payload.
struct FrameHeader
{
    bool fin = true;
    bool rsv1 = false;
    bool rsv2 = false;
    bool rsv3 = false;
    /// 0..15
    quint8 opcode = static_cast<quint8>(Opcode::Text);
    std::optional<MaskingKey> maskingKey;
    LengthForm lengthForm = LengthForm::Seven;
    quint64 length = 0;
    /// Bytes of the header itself: 2 to 14.
    int size() const;
    friend bool operator==(const FrameHeader &, const FrameHeader &) = default;
};

/// One frame; the payload is unmasked (and still compressed where RSV1 says so). Also a wrong one:
/// writeFrame() writes what it is told, for the raw frame editor and for tests.
struct Frame
{
    FrameHeader header;
    QByteArray payload;
    friend bool operator==(const Frame &, const Frame &) = default;
};

/// XORs `bytes` with the key, whose first octet meets `bytes[0]` (RFC 6455 §5.3).
void applyMask(char *bytes, qsizetype size, const MaskingKey &key);

/// The header as it stands on the wire. `length` is written in `lengthForm`, cut where it does not
/// fit.
void appendFrameHeader(QByteArray &out, const FrameHeader &header);
/// The whole frame; the payload is masked here when there is a key. The header's length is taken,
/// not the payload's size, so that a frame may lie.
QByteArray writeFrame(const Frame &frame);
/// A correct frame: shortest length form.
QByteArray writeFrame(Opcode opcode, QByteArrayView payload,
                      const std::optional<MaskingKey> &maskingKey = {});

/// Reads a whole header; nothing while bytes are missing.
std::optional<FrameHeader> readFrameHeader(QByteArrayView bytes);

} // namespace rt
