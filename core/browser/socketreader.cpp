// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/socketreader.h"

#include "websocket/closecode.h"
#include "websocket/utf8validator.h"

#include <QtEndian>

namespace rt {

namespace {

constexpr quint16 tlsHandshake = 1015; // RFC 6455 §7.4.1, never on the wire
constexpr qint64 largestMessage = 100 * 1024 * 1024;

SocketEvent fault(const QString &message)
{
    SocketEvent event;
    event.message = message;
    return event;
}

bool isKnown(quint8 opcode)
{
    return opcode <= 2 || (opcode >= 8 && opcode <= 10);
}

} // namespace

SocketReader::SocketReader(const std::optional<DeflateParameters> &deflate)
{
    if (deflate)
        m_inflater = std::make_unique<MessageInflater>(deflate->serverMaxWindowBits,
                                                       deflate->serverNoContextTakeover);
}

std::optional<SocketEvent> SocketReader::next()
{
    while (!m_done) {
        if (const auto header = readFrameHeader(m_buffer)) {
            if (const auto bad = check(*header)) {
                m_done = true;
                return bad;
            }
        }
        const auto frame = takeFrame();
        if (!frame)
            return std::nullopt;
        if (m_observer)
            m_observer(*frame);
        const auto event
            = isControlOpcode(frame->header.opcode) ? takeControl(*frame) : takeData(*frame);
        if (event) {
            m_done = event->kind == SocketEvent::Kind::Close
                || event->kind == SocketEvent::Kind::Fault;
            return event;
        }
    }
    return std::nullopt;
}

std::optional<Frame> SocketReader::takeFrame()
{
    const auto header = readFrameHeader(m_buffer);
    if (!header)
        return std::nullopt;
    const quint64 whole = static_cast<quint64>(header->size()) + header->length;
    if (static_cast<quint64>(m_buffer.size()) < whole)
        return std::nullopt;
    Frame frame {*header, m_buffer.sliced(header->size(), static_cast<qsizetype>(header->length))};
    m_buffer.remove(0, static_cast<qsizetype>(whole));
    return frame;
}

std::optional<SocketEvent> SocketReader::check(const FrameHeader &header) const
{
    if (header.maskingKey)
        return fault(
            QStringLiteral("A server must not mask any frames that it sends to the client."));
    const bool mayBeCompressed = m_inflater && !isControlOpcode(header.opcode)
        && header.opcode != static_cast<quint8>(Opcode::Continuation);
    if ((header.rsv1 && !mayBeCompressed) || header.rsv2 || header.rsv3)
        return fault(QStringLiteral("One or more reserved bits are on: reserved1 = %1, reserved2 = "
                                    "%2, reserved3 = %3")
                         .arg(int(header.rsv1))
                         .arg(int(header.rsv2))
                         .arg(int(header.rsv3)));
    if (!isKnown(header.opcode))
        return fault(QStringLiteral("Unrecognized frame opcode: %1").arg(header.opcode));
    if (isControlOpcode(header.opcode) && !header.fin)
        return fault(
            QStringLiteral("Received fragmented control frame: opcode = %1").arg(header.opcode));
    const bool tooLong = isControlOpcode(header.opcode) && header.length > 125;
    if (tooLong || header.length > quint64(largestMessage))
        return fault(QStringLiteral("Invalid frame header"));
    return std::nullopt;
}

std::optional<SocketEvent> SocketReader::takeControl(const Frame &frame)
{
    if (frame.header.opcode == static_cast<quint8>(Opcode::Close))
        return takeClose(frame.payload);
    SocketEvent event;
    event.kind = frame.header.opcode == static_cast<quint8>(Opcode::Ping) ? SocketEvent::Kind::Ping
                                                                          : SocketEvent::Kind::Pong;
    event.data = frame.payload;
    return event;
}

SocketEvent SocketReader::takeClose(const QByteArray &payload)
{
    SocketEvent event;
    event.kind = SocketEvent::Kind::Close;
    event.code = CloseCode::NoStatus;
    if (payload.isEmpty())
        return event;
    if (payload.size() == 1)
        return fault(
            QStringLiteral("Received a broken close frame with an invalid size of 1 byte."));
    event.code = qFromBigEndian<quint16>(payload.constData());
    event.data = payload.sliced(2);
    if (event.code == CloseCode::NoStatus || event.code == CloseCode::Abnormal
        || event.code == tlsHandshake)
        return fault(
            QStringLiteral("Received a broken close frame containing a reserved status code."));
    if (!isUtf8(event.data))
        return fault(QStringLiteral("Received a broken close frame containing invalid UTF-8."));
    return event;
}

std::optional<SocketEvent> SocketReader::takeData(const Frame &frame)
{
    const bool continues = frame.header.opcode == static_cast<quint8>(Opcode::Continuation);
    if (continues && m_opcode == 0)
        return fault(QStringLiteral("Received unexpected continuation frame."));
    if (!continues && m_opcode != 0)
        return fault(
            QStringLiteral("Received start of new message but previous message is unfinished."));
    if (!continues) {
        m_opcode = frame.header.opcode;
        m_compressed = frame.header.rsv1;
    }
    if (const auto bad = appendData(frame))
        return bad;
    if (!frame.header.fin)
        return std::nullopt;
    SocketEvent event;
    event.kind = std::exchange(m_opcode, quint8(0)) == static_cast<quint8>(Opcode::Text)
        ? SocketEvent::Kind::Text
        : SocketEvent::Kind::Binary;
    event.data = std::exchange(m_message, {});
    if (event.kind == SocketEvent::Kind::Text && !isUtf8(event.data))
        return fault(QStringLiteral("Could not decode a text frame as UTF-8."));
    return event;
}

std::optional<SocketEvent> SocketReader::appendData(const Frame &frame)
{
    if (!m_compressed) {
        m_message += frame.payload;
        return std::nullopt;
    }
    const InflateStatus status
        = m_inflater->decompress(frame.payload, frame.header.fin, largestMessage, m_message);
    if (status == InflateStatus::Ok)
        return std::nullopt;
    return fault(QStringLiteral("Invalid compressed data"));
}

} // namespace rt
