// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "casesocket.h"

#include <QJsonArray>

namespace {

QByteArray frame(char opcode, const QByteArray &data)
{
    QByteArray out(1, static_cast<char>(0x80 | opcode));
    if (data.size() < 126) {
        out += static_cast<char>(data.size());
    } else {
        out += static_cast<char>(126);
        out += static_cast<char>(data.size() >> 8);
        out += static_cast<char>(data.size() & 0xFF);
    }
    return out + data;
}

QByteArray trimmedBlanks(QByteArray value)
{
    return value.trimmed();
}

} // namespace

QByteArray caseBytes(const QString &text)
{
    QByteArray bytes;
    for (const QChar c : text)
        bytes += static_cast<char>(c.unicode() & 0xFF);
    return bytes;
}

CaseSocket::CaseSocket(const QSslConfiguration *tls, qintptr descriptor, QObject *parent)
    : QObject(parent), m_plain(!tls)
{
    m_socket.setSocketDescriptor(descriptor);
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(&m_socket, &QSslSocket::readyRead, this, &CaseSocket::read);
    connect(&m_socket, &QSslSocket::disconnected, this, &CaseSocket::deleteLater);
    if (!tls)
        return;
    m_socket.setSslConfiguration(*tls);
    m_socket.startServerEncryption();
}

void CaseSocket::read()
{
    m_buffer += m_socket.readAll();
    if (m_plain && !m_webSocket && m_buffer.startsWith('\x16')) {
        m_socket.disconnectFromHost(); // a TLS hello: the client took the wrong scheme
        return;
    }
    while (!m_webSocket && readRequest()) { }
    if (m_webSocket)
        readFrames();
}

bool CaseSocket::readRequest()
{
    const qsizetype end = m_buffer.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    LoggedRequest request;
    const QByteArrayList lines = m_buffer.left(end).replace("\r\n", "\n").split('\n');
    const QByteArrayList parts = lines.constFirst().split(' ');
    request.method = parts.value(0);
    request.target = parts.value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines.at(i).indexOf(':');
        request.headers.emplace_back(lines.at(i).left(colon),
                                     trimmedBlanks(lines.at(i).mid(colon + 1)));
    }
    const qsizetype length = request.first("content-length").toLongLong();
    if (m_buffer.size() < end + 4 + length)
        return false;
    request.body = m_buffer.mid(end + 4, length);
    m_buffer.remove(0, end + 4 + length);
    const Answer given = answer(request);
    if (given.bytes.isEmpty()) {
        m_socket.disconnectFromHost();
        return false;
    }
    m_socket.write(given.bytes);
    m_webSocket = given.response.value(QStringLiteral("status")).toInt() == 101;
    if (m_webSocket)
        sendFrames(given.response);
    else if (given.response.value(QStringLiteral("close")).toBool())
        m_socket.disconnectFromHost();
    return true;
}

void CaseSocket::sendFrames(const QJsonObject &response)
{
    for (const QJsonValue &value : response.value(QStringLiteral("frames")).toArray()) {
        const QJsonObject object = value.toObject();
        if (object.contains(QStringLiteral("text")))
            m_socket.write(frame(1, object.value(QStringLiteral("text")).toString().toUtf8()));
        if (!object.contains(QStringLiteral("close")))
            continue;
        m_closeSent = true;
        const QJsonArray close = object.value(QStringLiteral("close")).toArray();
        const int code = close.at(0).toInt();
        QByteArray payload;
        payload += static_cast<char>(code >> 8);
        payload += static_cast<char>(code & 0xFF);
        m_socket.write(frame(8, payload + close.at(1).toString().toUtf8()));
    }
}

/// Only what a handshake case needs: answer Close.
void CaseSocket::readFrames()
{
    while (m_buffer.size() >= 2) {
        qsizetype length = m_buffer.at(1) & 127;
        qsizetype offset = 2;
        if (length == 126) {
            if (m_buffer.size() < 4)
                return;
            length = (static_cast<uchar>(m_buffer.at(2)) << 8) | static_cast<uchar>(m_buffer.at(3));
            offset = 4;
        }
        const bool masked = (m_buffer.at(1) & 0x80) != 0;
        const qsizetype need = offset + (masked ? 4 : 0) + length;
        if (m_buffer.size() < need)
            return;
        const QByteArray mask = m_buffer.mid(offset, masked ? 4 : 0);
        QByteArray data = m_buffer.mid(need - length, length);
        for (qsizetype i = 0; masked && i < data.size(); ++i)
            data[i] = static_cast<char>(data.at(i) ^ mask.at(i & 3));
        const int opcode = m_buffer.at(0) & 15;
        m_buffer.remove(0, need);
        if (opcode != 8)
            continue;
        if (!m_closeSent)
            m_socket.write(frame(8, data));
        m_socket.disconnectFromHost();
        return;
    }
}
