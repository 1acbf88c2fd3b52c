// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"

#include <array>

namespace rt {

/// Where the bodies of an exchange lie in one blob, each stored once: both ends mostly saw the same
/// bytes, and a body without transfer coding is the end of its message.
struct BodyLayout
{
    struct Piece
    {
        qint64 offset = 0;
        qint64 length = 0;
        friend bool operator==(const Piece &, const Piece &) = default;
    };
    struct Message
    {
        /// Bytes of the message that are no body: start line, fields, empty line.
        qint64 headLength = 0;
        Piece tail;
        Piece body;
        friend bool operator==(const Message &, const Message &) = default;
    };
    /// Client's request and response, server's request and response.
    std::array<Message, 4> messages;
    qint64 size = 0;

    static constexpr int messageCount = 4;
};

/// The two byte strings of one of the four messages.
struct MessageBytes
{
    QByteArray *bytes = nullptr;
    QByteArray *body = nullptr;
};
MessageBytes messageBytes(ExchangeRecord &record, int message);

BodyLayout layOutBodies(const ExchangeRecord &record);
/// The blob that `layout` describes.
QByteArray gatherBodies(const ExchangeRecord &record, const BodyLayout &layout);
/// Cuts every body after `limit` bytes and adds what went to `record.bytesCut`.
void limitBodies(ExchangeRecord &record, qint64 limit);

} // namespace rt
