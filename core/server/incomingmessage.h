// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/message.h"

#include <QByteArray>

#include <functional>
#include <optional>
#include <vector>

namespace rt {

/// The request as Node's http.IncomingMessage: a head, which is there from the start, and a body
/// that flows in. Lives on the lab thread, owned by its ServerResponse.
class IncomingMessage
{
public:
    struct Peer
    {
        QByteArray address;
        quint16 port = 0;
        quint16 localPort = 0;
        bool encrypted = false;
    };
    using DataCallback = std::function<void(const QByteArray &)>;
    using Callback = std::function<void()>;

    IncomingMessage(RequestHead head, Peer peer);
    Q_DISABLE_COPY_MOVE(IncomingMessage)

    const RequestHead &head() const { return m_head; }
    const QByteArray &method() const { return m_head.method; }
    const QByteArray &target() const { return m_head.target; }
    const Peer &peer() const { return m_peer; }
    /// One value per name as Node's req.headers: for fields that may stand once the first counts,
    /// Cookie lines are joined by "; ", all others by ", ".
    std::optional<QByteArray> header(QByteArrayView name) const;
    const HeaderList &trailers() const { return m_trailers; }

    /// Sets the receiver of the body. Nothing is delivered before resume().
    void onData(DataCallback callback) { m_data = std::move(callback); }
    /// The body is delivered to its end. Called once; at once by resume() when all is there
    /// already.
    void onEnd(Callback callback) { m_end.push_back(std::move(callback)); }
    /// The connection ended before the body did. Called once.
    void onAborted(Callback callback) { m_abortedCallbacks.push_back(std::move(callback)); }
    /// Lets the body flow: to the receiver, or to nowhere when there is none.
    void resume();
    void pause() { m_flowing = false; }

    /// The last byte of the message has come in (perhaps not been delivered).
    bool complete() const { return m_complete; }
    /// Complete and delivered.
    bool ended() const { return m_ended; }
    bool aborted() const { return m_aborted; }
    /// Bytes that came in and wait for resume().
    qsizetype buffered() const { return m_bufferedBytes; }

    // --- for the connection
    void push(const QByteArray &data);
    void pushEnd(HeaderList trailers = {});
    /// Until release() what comes in is kept, as Node keeps it until the next tick.
    void hold() { m_held = true; }
    void release();
    void abort();
    /// Called when a resume() has emptied the buffer, so that reading may go on.
    void setDrained(Callback callback) { m_drained = std::move(callback); }
    /// Drops all callbacks; breaks ownership cycles of closures.
    void releaseCallbacks();

private:
    void deliver();

    RequestHead m_head;
    Peer m_peer;
    HeaderList m_trailers;
    DataCallback m_data;
    std::vector<Callback> m_end;
    std::vector<Callback> m_abortedCallbacks;
    Callback m_drained;
    std::vector<QByteArray> m_buffer;
    qsizetype m_bufferedBytes = 0;
    bool m_flowing = false;
    bool m_held = false;
    bool m_delivering = false;
    bool m_complete = false;
    bool m_ended = false;
    bool m_aborted = false;
};

} // namespace rt
