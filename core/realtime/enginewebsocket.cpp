// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/enginewebsocket.h"

namespace rt::engineio {

WebSocketTransport::WebSocketTransport(WebSocketConnection &connection, Ticks &ticks)
    : m_connection(&connection), m_ticks(ticks)
{
    m_writable = true;
}

WebSocketTransport::~WebSocketTransport()
{
    if (m_connection)
        m_connection->setReceiver(nullptr);
}

void WebSocketTransport::start(const QByteArray &head, const QByteArray &rest)
{
    m_connection->start(head, rest, *this);
}

void WebSocketTransport::send(std::vector<Packet> packets)
{
    const Ticks::Scope scope(m_ticks);
    const auto self = shared_from_this();
    m_writable = false;
    for (const Packet &packet : packets) {
        if (!m_connection)
            return;
        if (!packet.encodedFrame.isEmpty() && !m_connection->endpoint().compresses())
            m_connection->sendEncoded(packet.encodedFrame);
        else
            m_connection->send(encodePacket(packet), packet.binary);
    }
    // As with Node, a write that the system took is finished in the next tick.
    if (m_connection && m_connection->bytesToWrite() == 0)
        m_ticks.next([self] { self->becomeWritable(); });
}

void WebSocketTransport::becomeWritable()
{
    if (m_writable || !m_connection || m_connection->bytesToWrite() > 0)
        return;
    m_writable = true;
    becomeReady();
}

void WebSocketTransport::drained()
{
    const Ticks::Scope scope(m_ticks);
    const auto self = shared_from_this();
    becomeWritable();
}

void WebSocketTransport::messageReceived(const MessageReceived &message)
{
    const auto self = shared_from_this();
    if (message.binary)
        receive({{PacketType::Message, message.data, true}, true});
    else
        receive(decodePacket(message.data));
}

void WebSocketTransport::failed(WebSocketFault fault)
{
    const Ticks::Scope scope(m_ticks);
    const auto self = shared_from_this();
    fail(faultId(fault));
}

void WebSocketTransport::closed()
{
    const Ticks::Scope scope(m_ticks);
    const auto self = shared_from_this();
    m_connection = nullptr;
    m_writable = false;
    becomeClosed();
}

void WebSocketTransport::doClose(std::function<void()> closed)
{
    if (m_connection)
        m_connection->close();
    closed();
}

} // namespace rt::engineio
