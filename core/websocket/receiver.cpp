// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "websocket/receiver.h"

#include "websocket/closecode.h"

#include <QtEndian>

#include <utility>

namespace rt {

namespace {

/// The largest integer a JavaScript number holds exactly.
constexpr quint64 mostLength = (quint64(1) << 53) - 1;
constexpr quint64 mostControlLength = 125;
/// What is read is dropped from the buffer only now and then.
constexpr qsizetype compactAbove = 65536;

} // namespace

WebSocketReceiver::WebSocketReceiver(WebSocketRole role, const ReceiverLimits &limits)
    : m_role(role), m_limits(limits)
{
}

void WebSocketReceiver::setDeflate(const DeflateParameters &parameters)
{
    const bool server = m_role == WebSocketRole::Server;
    m_inflater = std::make_unique<MessageInflater>(
        server ? parameters.clientMaxWindowBits : parameters.serverMaxWindowBits,
        server ? parameters.clientNoContextTakeover : parameters.serverNoContextTakeover);
}

void WebSocketReceiver::feed(QByteArrayView bytes)
{
    if (!m_done)
        m_buffer.append(bytes.data(), bytes.size());
}

std::optional<ReceivedEvent> WebSocketReceiver::next()
{
    bool more = true;
    while (more && !m_done) {
        if (auto event = step(more))
            return event;
    }
    if (m_done || m_at == m_buffer.size()) {
        m_buffer = {};
        m_at = 0;
    } else if (m_at > compactAbove) {
        m_buffer.remove(0, m_at);
        m_at = 0;
    }
    return std::nullopt;
}

std::optional<ReceivedEvent> WebSocketReceiver::step(bool &more)
{
    switch (m_step) {
    case Step::Start:
        return readStart(more);
    case Step::Length:
        return readLength(more);
    case Step::Payload:
        return readPayload(more);
    }
    Q_UNREACHABLE();
}

/// The first two bytes already say most of what can be wrong.
std::optional<ReceivedEvent> WebSocketReceiver::readStart(bool &more)
{
    more = available() >= 2;
    if (!more)
        return std::nullopt;
    const char start[] = {unread()[0], unread()[1], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    m_header = *readFrameHeader(QByteArrayView(start, sizeof start));
    if (m_header.lengthForm != LengthForm::Seven)
        m_header.length = static_cast<quint8>(start[1]) & 0x7f;
    if (const auto fault = checkStart(m_header))
        return fail(*fault);
    m_step = Step::Length;
    return std::nullopt;
}

std::optional<WebSocketFault> WebSocketReceiver::checkStart(const FrameHeader &start) const
{
    if (start.rsv2 || start.rsv3)
        return WebSocketFault::ReservedBitSet;
    const bool control = isControlOpcode(start.opcode);
    if (start.rsv1 && (!m_inflater || start.opcode == 0))
        return WebSocketFault::CompressedWithoutExtension;
    if (opcodeName(start.opcode).isEmpty())
        return WebSocketFault::ReservedOpcode;
    if (start.opcode == 0 && m_messageOpcode == 0)
        return WebSocketFault::NothingToContinue;
    if (start.opcode != 0 && !control && m_messageOpcode != 0)
        return WebSocketFault::MessageNotFinished;
    if (control) {
        if (!start.fin)
            return WebSocketFault::FragmentedControl;
        if (start.rsv1)
            return WebSocketFault::CompressedWithoutExtension;
        if (start.length > mostControlLength)
            return WebSocketFault::ControlTooLong;
        if (start.opcode == static_cast<quint8>(Opcode::Close) && start.length == 1)
            return WebSocketFault::ClosePayloadOfOneByte;
    }
    const bool masked = start.maskingKey.has_value();
    if (m_role == WebSocketRole::Server && !masked)
        return WebSocketFault::ClientFrameNotMasked;
    if (m_role == WebSocketRole::Client && masked)
        return WebSocketFault::ServerFrameMasked;
    return std::nullopt;
}

std::optional<ReceivedEvent> WebSocketReceiver::readLength(bool &more)
{
    const auto header = readFrameHeader(unread());
    more = header.has_value();
    if (!more)
        return std::nullopt;
    m_header = *header;
    m_at += m_header.size();
    if (const auto fault = checkLength())
        return fail(*fault);
    m_step = Step::Payload;
    return std::nullopt;
}

std::optional<WebSocketFault> WebSocketReceiver::checkLength()
{
    if (m_header.length > mostLength)
        return WebSocketFault::LengthTooLarge;
    if (isControlOpcode(m_header.opcode))
        return std::nullopt;
    m_announced += static_cast<qint64>(m_header.length);
    if (m_limits.maxPayload > 0 && m_announced > m_limits.maxPayload)
        return WebSocketFault::MessageTooBig;
    return std::nullopt;
}

std::optional<ReceivedEvent> WebSocketReceiver::readPayload(bool &more)
{
    const auto length = static_cast<qsizetype>(m_header.length);
    more = available() >= length;
    if (!more) {
        // Room for all of it at once, within reason: the peer may never send what it announced.
        m_buffer.reserve(m_at + std::min<qsizetype>(length, 1024 * 1024));
        return std::nullopt;
    }
    QByteArray payload = unread().first(length).toByteArray();
    m_at += length;
    if (m_header.maskingKey)
        applyMask(payload.data(), payload.size(), *m_header.maskingKey);
    m_step = Step::Start;
    return takeFrame(std::move(payload));
}

std::optional<ReceivedEvent> WebSocketReceiver::takeFrame(QByteArray payload)
{
    if (m_observer)
        m_observer({m_header, payload});
    return isControlOpcode(m_header.opcode) ? takeControl(payload) : takeData(payload);
}

std::optional<ReceivedEvent> WebSocketReceiver::takeControl(const QByteArray &payload)
{
    switch (static_cast<Opcode>(m_header.opcode)) {
    case Opcode::Close:
        return takeClose(payload);
    case Opcode::Ping:
        return PingReceived {payload};
    default:
        return PongReceived {payload};
    }
}

ReceivedEvent WebSocketReceiver::takeClose(const QByteArray &payload)
{
    if (payload.isEmpty()) {
        m_done = true;
        return CloseReceived {};
    }
    const quint16 code = qFromBigEndian<quint16>(payload.constData());
    if (!isCloseCodeOnWire(code))
        return fail(WebSocketFault::InvalidCloseCode);
    const QByteArray reason = payload.mid(2);
    if (!isUtf8(reason))
        return fail(WebSocketFault::InvalidCloseReason);
    m_done = true;
    return CloseReceived {code, reason};
}

std::optional<ReceivedEvent> WebSocketReceiver::takeData(const QByteArray &payload)
{
    if (m_header.opcode != 0) {
        m_messageOpcode = m_header.opcode;
        m_compressed = m_header.rsv1;
    }
    if (m_limits.maxFragments > 0 && ++m_fragments > m_limits.maxFragments)
        return fail(WebSocketFault::TooManyFragments);
    if (const auto fault = appendData(payload))
        return fail(*fault);
    if (!m_header.fin)
        return std::nullopt;
    const bool text = m_messageOpcode == static_cast<quint8>(Opcode::Text);
    if (text && !m_utf8.isComplete())
        return fail(WebSocketFault::InvalidUtf8);
    m_messageOpcode = 0;
    m_announced = 0;
    m_fragments = 0;
    m_utf8.reset();
    return MessageReceived {!text, std::exchange(m_message, {})};
}

std::optional<WebSocketFault> WebSocketReceiver::appendData(const QByteArray &payload)
{
    const qsizetype before = m_message.size();
    if (!m_compressed) {
        if (before == 0)
            m_message = payload;
        else
            m_message += payload;
    } else {
        switch (m_inflater->decompress(payload, m_header.fin, m_limits.maxPayload, m_message)) {
        case InflateStatus::Ok:
            break;
        case InflateStatus::Corrupt:
            return WebSocketFault::CannotInflate;
        case InflateStatus::TooLarge:
            return WebSocketFault::MessageTooBig;
        }
    }
    const bool text = m_messageOpcode == static_cast<quint8>(Opcode::Text);
    if (text && !m_utf8.feed(QByteArrayView(m_message).sliced(before)))
        return WebSocketFault::InvalidUtf8;
    return std::nullopt;
}

ReceivedEvent WebSocketReceiver::fail(WebSocketFault fault)
{
    m_done = true;
    m_message = {};
    return FaultReceived {fault};
}

} // namespace rt
