// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/peertransport.h"

#ifdef Q_OS_LINUX

#include "server/readiness.h"

#include <QHostAddress>

#include <array>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rt {

namespace {

constexpr size_t readSize = 65536;
/// What is read and dropped on closing, so that bytes the peer sent meanwhile do not turn the close
/// into a reset that takes the answer with it.
constexpr int drainReads = 16;

struct Endpoint
{
    QByteArray address;
    quint16 port = 0;
};

Endpoint endpoint(int descriptor, int (*query)(int, sockaddr *, socklen_t *))
{
    sockaddr_storage storage {};
    socklen_t size = sizeof storage;
    auto *address = reinterpret_cast<sockaddr *>(&storage);
    if (query(descriptor, address, &size) != 0)
        return {};
    quint16 port = 0;
    if (storage.ss_family == AF_INET)
        port = ntohs(reinterpret_cast<const sockaddr_in *>(&storage)->sin_port);
    else if (storage.ss_family == AF_INET6)
        port = ntohs(reinterpret_cast<const sockaddr_in6 *>(&storage)->sin6_port);
    return {QHostAddress(address).toString().toLatin1(), port};
}

class PlainTransport final : public QObject, public PeerTransport, private Readiness::Watcher
{
public:
    PlainTransport(int descriptor, std::shared_ptr<Readiness> readiness)
        : m_descriptor(descriptor), m_readiness(std::move(readiness))
    {
        ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
        const int on = 1;
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const Endpoint remote = endpoint(descriptor, ::getpeername);
        m_peer = {remote.address, remote.port, endpoint(descriptor, ::getsockname).port, false};
    }

    ~PlainTransport() override { close(); }

    void start(Listener &listener) override
    {
        m_listener = &listener;
        if (m_watch == 0)
            m_watch = m_readiness->add(m_descriptor, *this, {true, false});
        setReading(true);
    }

    IncomingMessage::Peer peer() const override { return m_peer; }
    std::optional<TlsHandshake> tls() const override { return std::nullopt; }
    qint64 bytesToWrite() const override { return m_output.size() - m_sent; }

    void write(const QByteArray &bytes) override
    {
        if (m_descriptor < 0)
            return;
        if (bytesToWrite() > 0) {
            m_output += bytes;
            return;
        }
        m_output = bytes;
        m_sent = 0;
        sendOutput();
    }

    void setReading(bool reading) override
    {
        m_interest.read = reading && !m_ended;
        m_readiness->setInterest(m_watch, m_interest);
    }

    void closeSoon() override
    {
        m_closing = true;
        setReading(false);
        if (bytesToWrite() == 0)
            finish();
    }

    void endWriting() override
    {
        m_ending = true;
        if (m_descriptor >= 0 && bytesToWrite() == 0)
            ::shutdown(m_descriptor, SHUT_WR);
    }

    void abort() override
    {
        m_listener = nullptr;
        const linger reset {1, 0};
        if (m_descriptor >= 0 && bytesToWrite() > 0)
            ::setsockopt(m_descriptor, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        close();
    }

    std::unique_ptr<QTcpSocket> takeSocket() override
    {
        m_listener = nullptr;
        m_readiness->remove(m_watch);
        auto socket = std::make_unique<QTcpSocket>();
        socket->setSocketDescriptor(std::exchange(m_descriptor, -1));
        return socket;
    }

private:
    void readable() override
    {
        // One buffer for all connections of a thread: what is in it is parsed before the next read.
        thread_local std::array<char, readSize> buffer;
        if (m_descriptor < 0)
            return;
        const ssize_t count = ::recv(m_descriptor, buffer.data(), buffer.size(), 0);
        if (count > 0) {
            if (m_listener)
                m_listener->received(QByteArrayView(buffer.data(), count));
        } else if (count == 0) {
            m_ended = true;
            setReading(false);
            if (m_listener)
                m_listener->ended();
        } else if (errno != EAGAIN && errno != EINTR) {
            finish();
        }
    }

    void sendOutput()
    {
        while (bytesToWrite() > 0) {
            const ssize_t count = ::send(m_descriptor, m_output.constData() + m_sent,
                                         static_cast<size_t>(bytesToWrite()), MSG_NOSIGNAL);
            if (count < 0 && errno == EINTR)
                continue;
            if (count < 0 && errno != EAGAIN)
                failLater();
            if (count < 0)
                break;
            m_sent += count;
        }
        if (bytesToWrite() == 0) {
            m_output.clear();
            m_sent = 0;
        }
        watchWritable(bytesToWrite() > 0);
    }

    void watchWritable(bool watch)
    {
        if (m_watch == 0 && watch)
            m_watch = m_readiness->add(m_descriptor, *this, m_interest);
        m_interest.write = watch;
        m_readiness->setInterest(m_watch, m_interest);
    }

    void writable() override
    {
        sendOutput();
        if (m_ending && bytesToWrite() == 0)
            endWriting();
        if (m_closing && bytesToWrite() == 0)
            finish();
        else if (m_listener)
            m_listener->written();
    }

    /// Not inside write(): whoever writes does not expect to be closed by it.
    void failLater()
    {
        m_output.clear();
        m_sent = 0;
        QMetaObject::invokeMethod(
            this, [this] { finish(); }, Qt::QueuedConnection);
    }

    void finish()
    {
        if (m_descriptor < 0)
            return;
        drain();
        close();
        if (Listener *listener = std::exchange(m_listener, nullptr))
            listener->closed();
    }

    void drain()
    {
        std::array<char, 16384> dropped;
        for (int i = 0; i < drainReads; ++i) {
            if (::recv(m_descriptor, dropped.data(), dropped.size(), MSG_DONTWAIT) <= 0)
                return;
        }
    }

    void close()
    {
        m_readiness->remove(m_watch);
        if (m_descriptor >= 0)
            ::close(std::exchange(m_descriptor, -1));
    }

    int m_descriptor = -1;
    IncomingMessage::Peer m_peer;
    Listener *m_listener = nullptr;
    /// Shared by the connections, which may outlive their server.
    std::shared_ptr<Readiness> m_readiness;
    /// 0: not watched yet.
    Readiness::Id m_watch = 0;
    Readiness::Interest m_interest;
    QByteArray m_output;
    qsizetype m_sent = 0;
    bool m_closing = false;
    bool m_ending = false;
    bool m_ended = false;
};

} // namespace

std::unique_ptr<PeerTransport> makePlainTransport(qintptr descriptor,
                                                  std::shared_ptr<Readiness> readiness)
{
    return std::make_unique<PlainTransport>(static_cast<int>(descriptor), std::move(readiness));
}

} // namespace rt

#else

namespace rt {

std::unique_ptr<PeerTransport> makePlainTransport(qintptr descriptor, std::shared_ptr<Readiness>)
{
    auto socket = std::make_unique<QTcpSocket>();
    if (!socket->setSocketDescriptor(descriptor))
        return nullptr;
    return makeSocketTransport(std::move(socket));
}

} // namespace rt

#endif
