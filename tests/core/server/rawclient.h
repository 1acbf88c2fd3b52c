// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QElapsedTimer>
#include <QTcpSocket>
#include <QTest>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

/// A client that sends bytes as they are and keeps what comes back. Shares the server's thread.
class RawClient
{
public:
    explicit RawClient(quint16 port)
    {
        QObject::connect(&socket, &QTcpSocket::readyRead, &socket, [this] { collect(); });
        QObject::connect(&socket, &QTcpSocket::disconnected, &socket, [this] { collect(); });
        socket.connectToHost(QHostAddress::LocalHost, port);
    }

    /// Sends and lets the server read.
    void send(const QByteArray &bytes)
    {
        QVERIFY(QTest::qWaitFor([this] { return socket.state() == QTcpSocket::ConnectedState; }));
        socket.write(bytes);
        socket.flush();
    }

    /// Closes the sending side only.
    void halfClose()
    {
        QVERIFY(QTest::qWaitFor([this] { return socket.bytesToWrite() == 0; }));
        ::shutdown(static_cast<int>(socket.socketDescriptor()), SHUT_WR);
    }

    bool isClosed() const { return socket.state() == QTcpSocket::UnconnectedState; }
    bool waitForClose()
    {
        return QTest::qWaitFor([this] { return isClosed(); });
    }
    /// Waits until `count` answers with the given end have come in.
    bool waitFor(const QByteArray &text, int count = 1)
    {
        return QTest::qWaitFor([&] { return received.count(text) >= count; });
    }
    /// `received` with every Date replaced by "D".
    QByteArray withoutDates() const
    {
        QByteArray text = received;
        for (qsizetype at = text.indexOf("\r\nDate: "); at >= 0;
             at = text.indexOf("\r\nDate: ", at + 8))
            text.replace(at + 8, text.indexOf("\r\n", at + 8) - at - 8, "D");
        return text;
    }

    QTcpSocket socket;
    QByteArray received;
    /// False: leaves what comes in with the system.
    bool reads = true;

private:
    void collect()
    {
        if (reads && socket.isOpen())
            received += socket.readAll();
    }
};
