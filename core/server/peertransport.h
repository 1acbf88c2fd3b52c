// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/tlshandshake.h"
#include "server/incomingmessage.h"

#include <QByteArray>
#include <QTcpSocket>

#include <memory>
#include <optional>

namespace rt {

/// A connected byte stream below a Connection. There are two: one on the bare descriptor, which can
/// go on sending after the peer stopped (Qt's sockets close then) and costs least, and one on a
/// QTcpSocket or QSslSocket.
class PeerTransport
{
public:
    /// Whom a transport tells. May abort() or takeSocket() in any call.
    class Listener
    {
    public:
        virtual ~Listener() = default;
        /// Bytes arrived; valid during the call only.
        virtual void received(QByteArrayView bytes) = 0;
        /// The peer will send nothing more.
        virtual void ended() = 0;
        /// Some of what waited went out.
        virtual void written() = 0;
        /// The TLS handshake is done; tls() tells what came of it. Never on plain connections.
        virtual void secured() { }
        /// Gone, whoever closed it. The last call.
        virtual void closed() = 0;
    };

    virtual ~PeerTransport() = default;
    /// Called again, it tells somebody else from now on.
    virtual void start(Listener &listener) = 0;
    virtual IncomingMessage::Peer peer() const = 0;
    /// Nothing on plain connections and before the handshake is done.
    virtual std::optional<TlsHandshake> tls() const = 0;
    /// Sends what the system takes now and keeps the rest.
    virtual void write(const QByteArray &bytes) = 0;
    virtual qint64 bytesToWrite() const = 0;
    virtual void setReading(bool reading) = 0;
    /// Closes after what was written.
    virtual void closeSoon() = 0;
    /// Sends nothing after what was written and reads on (a half-closed connection). A transport
    /// that cannot do that closes.
    virtual void endWriting() = 0;
    /// Closes now; calls nothing any more.
    virtual void abort() = 0;
    /// Hands the connection over as a socket; calls nothing any more.
    virtual std::unique_ptr<QTcpSocket> takeSocket() = 0;
};

class Readiness;

/// nullptr when the descriptor cannot be used.
std::unique_ptr<PeerTransport> makePlainTransport(qintptr descriptor,
                                                  std::shared_ptr<Readiness> readiness);
std::unique_ptr<PeerTransport> makeSocketTransport(std::unique_ptr<QTcpSocket> socket);

} // namespace rt
