// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "websocket/websocketfault.h"

#include "websocket/closecode.h"

#include <QCoreApplication>

#include <iterator>

namespace rt {

namespace {

struct FaultRow
{
    WebSocketFault fault;
    quint16 closeCode;
    const char *id;
    const char *sentence;
};

#define RT_SENTENCE(text) QT_TRANSLATE_NOOP("websocket", text)

constexpr FaultRow faults[] = {
    {WebSocketFault::ReservedBitSet, CloseCode::ProtocolError, "ws.ReservedBitSet",
     RT_SENTENCE("RSV2 and RSV3 are 0 unless an extension gives them a meaning (RFC 6455 §5.2).")},
    {WebSocketFault::CompressedWithoutExtension, CloseCode::ProtocolError,
     "ws.CompressedWithoutExtension",
     RT_SENTENCE("RSV1 marks a compressed message, and only its first frame, once "
                 "permessage-deflate was agreed on (RFC 7692 §6).")},
    {WebSocketFault::ReservedOpcode, CloseCode::ProtocolError, "ws.ReservedOpcode",
     RT_SENTENCE("Opcodes 3 to 7 and 11 to 15 are reserved (RFC 6455 §5.2).")},
    {WebSocketFault::NothingToContinue, CloseCode::ProtocolError, "ws.NothingToContinue",
     RT_SENTENCE("A continuation frame needs an unfinished message before it (RFC 6455 §5.4).")},
    {WebSocketFault::MessageNotFinished, CloseCode::ProtocolError, "ws.MessageNotFinished",
     RT_SENTENCE("A new message began before the one before it was finished (RFC 6455 §5.4).")},
    {WebSocketFault::FragmentedControl, CloseCode::ProtocolError, "ws.FragmentedControl",
     RT_SENTENCE("Control frames are never fragmented: FIN must be 1 (RFC 6455 §5.5).")},
    {WebSocketFault::ControlTooLong, CloseCode::ProtocolError, "ws.ControlTooLong",
     RT_SENTENCE("A control frame carries at most 125 bytes (RFC 6455 §5.5).")},
    {WebSocketFault::ClosePayloadOfOneByte, CloseCode::ProtocolError, "ws.ClosePayloadOfOneByte",
     RT_SENTENCE("A Close frame is empty or begins with a code of two bytes (RFC 6455 §5.5.1).")},
    {WebSocketFault::ClientFrameNotMasked, CloseCode::ProtocolError, "ws.ClientFrameNotMasked",
     RT_SENTENCE("Every frame from client to server is masked (RFC 6455 §5.1).")},
    {WebSocketFault::ServerFrameMasked, CloseCode::ProtocolError, "ws.ServerFrameMasked",
     RT_SENTENCE("A server never masks its frames (RFC 6455 §5.1).")},
    {WebSocketFault::LengthTooLarge, CloseCode::MessageTooBig, "ws.LengthTooLarge",
     RT_SENTENCE("The frame announces more than 2^53 - 1 bytes.")},
    {WebSocketFault::MessageTooBig, CloseCode::MessageTooBig, "ws.MessageTooBig",
     RT_SENTENCE("The message is larger than maxPayload allows.")},
    {WebSocketFault::TooManyFragments, CloseCode::PolicyViolation, "ws.TooManyFragments",
     RT_SENTENCE("The message comes in more fragments than maxFragments allows.")},
    {WebSocketFault::InvalidUtf8, CloseCode::InvalidPayload, "ws.InvalidUtf8",
     RT_SENTENCE("A text message must be UTF-8 as a whole (RFC 6455 §8.1).")},
    {WebSocketFault::InvalidCloseCode, CloseCode::ProtocolError, "ws.InvalidCloseCode",
     RT_SENTENCE("This code must not stand in a Close frame (RFC 6455 §7.4).")},
    {WebSocketFault::InvalidCloseReason, CloseCode::InvalidPayload, "ws.InvalidCloseReason",
     RT_SENTENCE("The reason in a Close frame must be UTF-8 (RFC 6455 §5.5.1).")},
    {WebSocketFault::CannotInflate, CloseCode::InvalidPayload, "ws.CannotInflate",
     RT_SENTENCE("The compressed message is no DEFLATE data (RFC 7692 §7.2.2).")},
};

#undef RT_SENTENCE

const FaultRow &rowOf(WebSocketFault fault)
{
    const FaultRow &row = faults[static_cast<size_t>(fault)];
    Q_ASSERT(row.fault == fault);
    return row;
}

static_assert(std::size(faults) == static_cast<size_t>(WebSocketFault::CannotInflate) + 1);

} // namespace

QByteArray faultId(WebSocketFault fault)
{
    return rowOf(fault).id;
}

QString faultSentence(WebSocketFault fault)
{
    return QCoreApplication::translate("websocket", rowOf(fault).sentence);
}

quint16 closeCodeFor(WebSocketFault fault)
{
    return rowOf(fault).closeCode;
}

} // namespace rt
