// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/websocketconnection.h"

#include <utility>

namespace rt {

namespace {

/// A peer that sends and does not read is not read from beyond this.
constexpr qint64 outputLimit = 4 * 1024 * 1024;

} // namespace

WebSocketConnection::WebSocketConnection(Setup setup, QObject *parent)
    : QObject(parent), m_transport(std::move(setup.transport)), m_endpoint(setup.options),
      m_closeTimer(setup.timers, [this] { terminate(); }), m_ticks(setup.ticks)
{
}

WebSocketConnection::~WebSocketConnection() = default;

void WebSocketConnection::start(const QByteArray &head, const QByteArray &rest, Receiver &receiver)
{
    m_receiver = &receiver;
    m_transport->write(head);
    m_transport->start(*this);
    if (!rest.isEmpty())
        received(rest);
}

void WebSocketConnection::received(QByteArrayView bytes)
{
    if (m_gone || m_ending)
        return;
    const Ticks::Scope scope(m_ticks);
    m_endpoint.feed(bytes);
    readEvents();
}

void WebSocketConnection::readEvents()
{
    m_reading = true;
    while (!m_gone) {
        const auto event = m_endpoint.next();
        if (!event)
            break;
        if (!m_receiver)
            continue;
        if (const auto *message = std::get_if<MessageReceived>(&*event))
            m_receiver->messageReceived(*message);
        else if (const auto *fault = std::get_if<FaultReceived>(&*event))
            m_receiver->failed(fault->fault);
    }
    m_reading = false;
    flush();
}

void WebSocketConnection::flush()
{
    if (m_gone || m_reading)
        return;
    if (m_endpoint.hasOutput())
        m_transport->write(m_endpoint.takeOutput());
    if (m_endpoint.state() == WebSocketEndpoint::State::Closing && !m_closeTimer.isActive())
        m_closeTimer.start(closeTimeout);
    if (m_endpoint.wantsEnd() && !std::exchange(m_ending, true))
        m_transport->endWriting();
    if (bytesToWrite() > outputLimit)
        m_transport->setReading(false);
}

void WebSocketConnection::send(QByteArrayView data, bool binary)
{
    m_endpoint.send(data, binary);
    flush();
}

void WebSocketConnection::sendEncoded(const QByteArray &frame)
{
    m_endpoint.sendEncoded(frame);
    flush();
}

void WebSocketConnection::close(std::optional<quint16> code, QByteArrayView reason)
{
    m_endpoint.close(code, reason);
    flush();
}

void WebSocketConnection::terminate()
{
    if (m_gone)
        return;
    m_transport->abort();
    finish();
}

/// The peer stopped sending: with a Close frame before it a good end, else a lost connection.
void WebSocketConnection::ended()
{
    if (m_gone)
        return;
    m_ending = true;
    m_transport->closeSoon();
    // Unless it is closed already: what is written may still be on its way.
    if (!m_gone)
        m_closeTimer.start(closeTimeout);
}

void WebSocketConnection::written()
{
    if (m_gone)
        return;
    if (bytesToWrite() <= outputLimit)
        m_transport->setReading(true);
    if (bytesToWrite() == 0 && m_receiver)
        m_receiver->drained();
}

void WebSocketConnection::closed()
{
    finish();
}

void WebSocketConnection::finish()
{
    if (std::exchange(m_gone, true))
        return;
    m_closeTimer.stop();
    if (Receiver *receiver = std::exchange(m_receiver, nullptr))
        receiver->closed();
    emit finished();
    deleteLater();
}

} // namespace rt
