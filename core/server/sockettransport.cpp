// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/peertransport.h"

#include <QHostAddress>
#include <QSslSocket>

#include <utility>

namespace rt {

namespace {

/// Without a limit Qt reads on while the connection does not.
constexpr qint64 readLimit = 65536;

class SocketTransport final : public QObject, public PeerTransport
{
public:
    explicit SocketTransport(std::unique_ptr<QTcpSocket> socket) : m_socket(std::move(socket))
    {
        m_socket->setReadBufferSize(readLimit);
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    }

    ~SocketTransport() override
    {
        if (m_socket)
            abort();
    }

    void start(Listener &listener) override
    {
        if (std::exchange(m_listener, &listener)) {
            setReading(true);
            return;
        }
        connect(m_socket.get(), &QTcpSocket::readyRead, this, [this] { read(); });
        connect(m_socket.get(), &QTcpSocket::readChannelFinished, this, [this] { end(); });
        connect(m_socket.get(), &QTcpSocket::bytesWritten, this, [this] {
            if (m_listener)
                m_listener->written();
        });
        connect(m_socket.get(), &QTcpSocket::disconnected, this, [this] { close(); });
        if (const auto *ssl = qobject_cast<QSslSocket *>(m_socket.get()))
            connect(ssl, &QSslSocket::encrypted, this, [this] {
                if (m_listener)
                    m_listener->secured();
            });
        if (m_socket->bytesAvailable() > 0)
            QMetaObject::invokeMethod(
                this, [this] { read(); }, Qt::QueuedConnection);
    }

    IncomingMessage::Peer peer() const override
    {
        return {m_socket->peerAddress().toString().toLatin1(), m_socket->peerPort(),
                m_socket->localPort(), m_socket->inherits("QSslSocket")};
    }

    std::optional<TlsHandshake> tls() const override
    {
        const auto *ssl = qobject_cast<QSslSocket *>(m_socket.get());
        return ssl && ssl->isEncrypted() ? std::optional(describeHandshake(*ssl)) : std::nullopt;
    }

    void write(const QByteArray &bytes) override
    {
        if (m_socket->state() != QAbstractSocket::ConnectedState)
            return;
        m_socket->write(bytes);
        m_socket->flush();
    }

    qint64 bytesToWrite() const override { return m_socket ? m_socket->bytesToWrite() : 0; }

    void setReading(bool reading) override
    {
        if (std::exchange(m_reading, reading) || !reading)
            return;
        QMetaObject::invokeMethod(
            this, [this] { read(); }, Qt::QueuedConnection);
    }

    void closeSoon() override
    {
        m_reading = false;
        m_socket->disconnectFromHost();
    }

    /// QTcpSocket knows no half-closed connections.
    void endWriting() override { m_socket->disconnectFromHost(); }

    void abort() override
    {
        m_listener = nullptr;
        m_socket->disconnect(this);
        m_socket->abort();
        // This may run in a slot of the socket.
        m_socket.release()->deleteLater();
    }

    std::unique_ptr<QTcpSocket> takeSocket() override
    {
        m_listener = nullptr;
        m_socket->disconnect(this);
        m_socket->setReadBufferSize(0);
        return std::move(m_socket);
    }

private:
    void read()
    {
        while (m_socket && m_reading && m_socket->bytesAvailable() > 0) {
            const QByteArray bytes = m_socket->readAll();
            if (m_listener)
                m_listener->received(bytes);
        }
    }

    void end()
    {
        read();
        if (m_listener)
            m_listener->ended();
    }

    void close()
    {
        if (Listener *listener = std::exchange(m_listener, nullptr))
            listener->closed();
    }

    std::unique_ptr<QTcpSocket> m_socket;
    Listener *m_listener = nullptr;
    bool m_reading = true;
};

} // namespace

std::unique_ptr<PeerTransport> makeSocketTransport(std::unique_ptr<QTcpSocket> socket)
{
    return std::make_unique<SocketTransport>(std::move(socket));
}

} // namespace rt
