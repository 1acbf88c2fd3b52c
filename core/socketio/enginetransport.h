// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "socketio/enginepacket.h"

#include <functional>

namespace rt::engineio {

class Transport;

/// Whom a transport tells: the session it serves.
class TransportListener
{
public:
    virtual ~TransportListener() = default;
    virtual void transportPacket(Transport &transport, const DecodedPacket &packet) = 0;
    /// It can send again.
    virtual void transportReady(Transport &transport) = 0;
    /// `message` in the package's words ("overlap from client").
    virtual void transportFailed(Transport &transport, const QByteArray &message) = 0;
    virtual void transportClosed(Transport &transport) = 0;
};

/// How a session's packets travel: by polling or over a WebSocket. lib/transport.ts of engine.io;
/// the sockets are the implementations' affair.
class Transport
{
public:
    virtual ~Transport() = default;
    /// polling, websocket
    virtual QByteArray name() const = 0;
    bool isWritable() const { return m_writable; }
    bool isOpen() const { return m_state == State::Open; }
    /// Replaced by another one: it may be closed without a word.
    void discard() { m_discarded = true; }

    /// Only when writable.
    virtual void send(std::vector<Packet> packets) = 0;
    /// Once; `closed` is called when it is done, perhaps at once.
    void close(std::function<void()> closed = {})
    {
        if (m_state != State::Open)
            return;
        m_state = State::Closing;
        doClose(closed ? std::move(closed) : [] {});
    }
    /// nullptr: nobody listens any more.
    void setListener(TransportListener *listener) { m_listener = listener; }

protected:
    enum class State { Open, Closing, Closed };
    virtual void doClose(std::function<void()> closed) = 0;
    void receive(const DecodedPacket &packet)
    {
        if (m_listener)
            m_listener->transportPacket(*this, packet);
    }
    void becomeReady()
    {
        if (m_listener)
            m_listener->transportReady(*this);
    }
    void fail(const QByteArray &message)
    {
        if (m_listener)
            m_listener->transportFailed(*this, message);
    }
    void becomeClosed()
    {
        m_state = State::Closed;
        if (m_listener)
            m_listener->transportClosed(*this);
    }

    State m_state = State::Open;
    bool m_writable = false;
    bool m_discarded = false;

private:
    TransportListener *m_listener = nullptr;
};

} // namespace rt::engineio
