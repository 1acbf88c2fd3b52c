// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "websocket/endpoint.h"

#include "websocket/closecode.h"

#include <QtEndian>

#include <algorithm>

namespace rt {

WebSocketEndpoint::WebSocketEndpoint(const Options &options)
    : m_role(options.role), m_receiver(options.role, options.limits), m_random(options.random)
{
    Q_ASSERT(m_role == WebSocketRole::Server || m_random);
    if (!options.deflate)
        return;
    const DeflateParameters &deflate = *options.deflate;
    const bool server = m_role == WebSocketRole::Server;
    const bool noContext
        = server ? deflate.serverNoContextTakeover : deflate.clientNoContextTakeover;
    m_receiver.setDeflate(deflate);
    m_deflater = std::make_unique<MessageDeflater>(
        server ? deflate.serverMaxWindowBits : deflate.clientMaxWindowBits, noContext);
    // With a window that is kept even short messages gain, as npm ws sees it.
    m_threshold = noContext ? deflate.threshold : 0;
}

void WebSocketEndpoint::setFrameObserver(FrameObserver observer)
{
    m_observer = std::move(observer);
    if (!m_observer) {
        m_receiver.setFrameObserver({});
        return;
    }
    m_receiver.setFrameObserver(
        [this](const Frame &frame) { m_observer(Direction::Received, frame); });
}

std::optional<ReceivedEvent> WebSocketEndpoint::next()
{
    auto event = m_receiver.next();
    if (!event)
        return event;
    if (const auto *ping = std::get_if<PingReceived>(&*event)) {
        pong(ping->data);
    } else if (const auto *closing = std::get_if<CloseReceived>(&*event)) {
        conclude(*closing);
    } else if (const auto *failed = std::get_if<FaultReceived>(&*event)) {
        m_fault = failed->fault;
        close(closeCodeFor(failed->fault));
    }
    return event;
}

void WebSocketEndpoint::conclude(const CloseReceived &closing)
{
    m_closeReceived = true;
    m_closeCode = closing.code.value_or(CloseCode::NoStatus);
    m_closeReason = closing.reason;
    close(closing.code, closing.reason);
}

void WebSocketEndpoint::send(QByteArrayView data, bool binary)
{
    if (m_state != State::Open)
        return;
    const Opcode opcode = binary ? Opcode::Binary : Opcode::Text;
    if (m_deflater && data.size() >= m_threshold)
        sendFrame(opcode, m_deflater->compress(data), true);
    else
        sendFrame(opcode, data.toByteArray());
}

void WebSocketEndpoint::ping(QByteArrayView data)
{
    if (m_state == State::Open)
        sendFrame(Opcode::Ping, data.toByteArray());
}

void WebSocketEndpoint::pong(QByteArrayView data)
{
    if (m_state == State::Open)
        sendFrame(Opcode::Pong, data.toByteArray());
}

void WebSocketEndpoint::close(std::optional<quint16> code, QByteArrayView reason)
{
    if (m_state != State::Open)
        return;
    m_state = State::Closing;
    QByteArray payload;
    if (code) {
        payload.resize(2);
        qToBigEndian(*code, payload.data());
        payload.append(reason.data(), reason.size());
    }
    sendFrame(Opcode::Close, payload);
    m_closeSent = true;
}

void WebSocketEndpoint::sendFrame(Opcode opcode, const QByteArray &payload, bool compressed)
{
    Frame frame {{}, payload};
    frame.header.opcode = static_cast<quint8>(opcode);
    frame.header.rsv1 = compressed;
    frame.header.length = static_cast<quint64>(payload.size());
    frame.header.lengthForm = lengthFormFor(frame.header.length);
    if (m_role == WebSocketRole::Client) {
        const QByteArray key = m_random->bytes(4);
        std::copy(key.begin(), key.end(), frame.header.maskingKey.emplace().begin());
    }
    sendRaw(frame);
}

void WebSocketEndpoint::sendRaw(const Frame &frame)
{
    if (m_observer)
        m_observer(Direction::Sent, frame);
    if (m_output.isEmpty())
        m_output = writeFrame(frame);
    else
        m_output += writeFrame(frame);
}

void WebSocketEndpoint::sendEncoded(const QByteArray &frame)
{
    if (m_state != State::Open)
        return;
    if (m_observer) {
        if (const auto header = readFrameHeader(frame))
            m_observer(Direction::Sent, {*header, frame.mid(header->size())});
    }
    if (m_output.isEmpty())
        m_output = frame;
    else
        m_output += frame;
}

} // namespace rt
