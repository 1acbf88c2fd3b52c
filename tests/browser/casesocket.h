// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "caseserver.h"

#include <QSslSocket>

#include <functional>

/// Code point U+00XX is the byte XX; a higher one sends its low byte.
QByteArray caseBytes(const QString &text);

/// One accepted connection: reads whole requests, writes what it is told; after a 101 it speaks
/// just enough WebSocket for the handshake cases.
class CaseSocket : public QObject
{
    Q_OBJECT

public:
    struct Answer
    {
        /// Empty: close without an answer.
        QByteArray bytes;
        QJsonObject response;
    };

    /// `tls` may be null.
    CaseSocket(const QSslConfiguration *tls, qintptr descriptor, QObject *parent);
    std::function<Answer(LoggedRequest)> answer;
    /// Ends the connection at once.
    void drop() { m_socket.abort(); }

private:
    void read();
    bool readRequest();
    void readFrames();
    void sendFrames(const QJsonObject &response);

    QSslSocket m_socket;
    QByteArray m_buffer;
    bool m_plain = true;
    bool m_webSocket = false;
    bool m_closeSent = false;
};
