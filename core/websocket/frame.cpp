// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "websocket/frame.h"

#include <QtEndian>

#include <cstring>

namespace rt {

namespace {

constexpr quint8 finBit = 0x80;
constexpr quint8 maskBit = 0x80;

int lengthBytes(LengthForm form)
{
    switch (form) {
    case LengthForm::Seven:
        return 0;
    case LengthForm::Sixteen:
        return 2;
    case LengthForm::SixtyFour:
        return 8;
    }
    Q_UNREACHABLE();
}

quint8 lengthField(const FrameHeader &header)
{
    switch (header.lengthForm) {
    case LengthForm::Seven:
        return static_cast<quint8>(header.length & 0x7f);
    case LengthForm::Sixteen:
        return 126;
    case LengthForm::SixtyFour:
        return 127;
    }
    Q_UNREACHABLE();
}

} // namespace

QByteArray opcodeName(quint8 opcode)
{
    switch (opcode) {
    case 0:
        return "continuation";
    case 1:
        return "text";
    case 2:
        return "binary";
    case 8:
        return "close";
    case 9:
        return "ping";
    case 10:
        return "pong";
    default:
        return {};
    }
}

LengthForm lengthFormFor(quint64 length)
{
    if (length < 126)
        return LengthForm::Seven;
    return length < 65536 ? LengthForm::Sixteen : LengthForm::SixtyFour;
}

int FrameHeader::size() const
{
    return 2 + lengthBytes(lengthForm) + (maskingKey ? 4 : 0);
}

void applyMask(char *bytes, qsizetype size, const MaskingKey &key)
{
    quint32 word = 0;
    std::memcpy(&word, key.data(), sizeof word);
    const quint64 twice = (static_cast<quint64>(word) << 32) | word;
    qsizetype at = 0;
    for (; at + 8 <= size; at += 8) {
        quint64 block = 0;
        std::memcpy(&block, bytes + at, sizeof block);
        block ^= twice;
        std::memcpy(bytes + at, &block, sizeof block);
    }
    for (; at < size; ++at)
        bytes[at] = static_cast<char>(bytes[at] ^ key[static_cast<size_t>(at & 3)]);
}

void appendFrameHeader(QByteArray &out, const FrameHeader &header)
{
    const auto first = static_cast<quint8>((header.fin ? finBit : 0) | (header.rsv1 ? 0x40 : 0)
                                           | (header.rsv2 ? 0x20 : 0) | (header.rsv3 ? 0x10 : 0)
                                           | (header.opcode & 0x0f));
    const auto second
        = static_cast<quint8>((header.maskingKey ? maskBit : 0) | lengthField(header));
    out.append(static_cast<char>(first)).append(static_cast<char>(second));
    char length[8];
    qToBigEndian(header.length, length);
    const int bytes = lengthBytes(header.lengthForm);
    out.append(length + 8 - bytes, bytes);
    if (header.maskingKey)
        out.append(reinterpret_cast<const char *>(header.maskingKey->data()), 4);
}

QByteArray writeFrame(const Frame &frame)
{
    QByteArray out;
    out.reserve(frame.header.size() + frame.payload.size());
    appendFrameHeader(out, frame.header);
    const qsizetype start = out.size();
    out += frame.payload;
    if (frame.header.maskingKey)
        applyMask(out.data() + start, out.size() - start, *frame.header.maskingKey);
    return out;
}

QByteArray writeFrame(Opcode opcode, QByteArrayView payload,
                      const std::optional<MaskingKey> &maskingKey)
{
    FrameHeader header;
    header.opcode = static_cast<quint8>(opcode);
    header.maskingKey = maskingKey;
    header.length = static_cast<quint64>(payload.size());
    header.lengthForm = lengthFormFor(header.length);
    return writeFrame(Frame {header, payload.toByteArray()});
}

std::optional<FrameHeader> readFrameHeader(QByteArrayView bytes)
{
    if (bytes.size() < 2)
        return std::nullopt;
    const auto first = static_cast<quint8>(bytes[0]);
    const auto second = static_cast<quint8>(bytes[1]);
    FrameHeader header;
    header.fin = (first & finBit) != 0;
    header.rsv1 = (first & 0x40) != 0;
    header.rsv2 = (first & 0x20) != 0;
    header.rsv3 = (first & 0x10) != 0;
    header.opcode = first & 0x0f;
    header.length = second & 0x7f;
    if (second & maskBit)
        header.maskingKey.emplace();
    if (header.length == 126)
        header.lengthForm = LengthForm::Sixteen;
    else if (header.length == 127)
        header.lengthForm = LengthForm::SixtyFour;
    if (bytes.size() < header.size())
        return std::nullopt;
    if (header.lengthForm == LengthForm::Sixteen)
        header.length = qFromBigEndian<quint16>(bytes.data() + 2);
    else if (header.lengthForm == LengthForm::SixtyFour)
        header.length = qFromBigEndian<quint64>(bytes.data() + 2);
    if (header.maskingKey)
        std::memcpy(header.maskingKey->data(), bytes.data() + header.size() - 4, 4);
    return header;
}

} // namespace rt
