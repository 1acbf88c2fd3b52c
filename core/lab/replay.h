// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/responseparser.h"

#include <QAbstractSocket>
#include <QByteArray>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

class QTcpSocket;

namespace rt {

/// One server's answer to a replayed request.
struct ReplayedAnswer
{
    enum class Outcome { Answered, Refused, Closed, Malformed, TimedOut };
    Outcome outcome = Outcome::Answered;
    ResponseHead head;
    /// Transfer coding removed, content coding kept.
    QByteArray body;
};

/// A request as it went over the wire.
struct ReplayedRequest
{
    QByteArray method;
    /// Head and body, every byte.
    QByteArray bytes;
};

/// Sends recorded requests once more to any HTTP server on this computer, one after the other, each
/// on a connection of its own.
class Replay final : public QObject
{
    Q_OBJECT

public:
    /// Called for every request in order, `index` from 0.
    using Answered = std::function<void(size_t index, const ReplayedAnswer &answer)>;

    Replay(quint16 port, std::vector<ReplayedRequest> requests, QObject *parent = nullptr);
    ~Replay() override;

    /// Milliseconds a server may take for one answer.
    void setTimeout(int milliseconds) { m_timeout.setInterval(milliseconds); }
    void start(Answered answered);

signals:
    void finished();

private:
    void next();
    void read();
    void take(const std::vector<ResponseEvent> &events);
    void lost(QAbstractSocket::SocketError error);
    void answer(ReplayedAnswer::Outcome outcome);

    quint16 m_port;
    std::vector<ReplayedRequest> m_requests;
    Answered m_answered;
    size_t m_index = 0;
    std::unique_ptr<QTcpSocket> m_socket;
    std::unique_ptr<ResponseParser> m_parser;
    ReplayedAnswer m_answer;
    QTimer m_timeout;
};

} // namespace rt
