// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/replay.h"

#include <QHostAddress>
#include <QTcpSocket>

namespace rt {

namespace {
constexpr int patience = 10000;
}

Replay::Replay(quint16 port, std::vector<ReplayedRequest> requests, QObject *parent)
    : QObject(parent), m_port(port), m_requests(std::move(requests))
{
    m_timeout.setSingleShot(true);
    m_timeout.setInterval(patience);
    connect(&m_timeout, &QTimer::timeout, this,
            [this] { answer(ReplayedAnswer::Outcome::TimedOut); });
}

Replay::~Replay() = default;

void Replay::start(Answered answered)
{
    m_answered = std::move(answered);
    m_index = 0;
    next();
}

void Replay::next()
{
    if (m_index >= m_requests.size()) {
        emit finished();
        return;
    }
    const ReplayedRequest &request = m_requests[m_index];
    m_answer = {};
    m_parser = std::make_unique<ResponseParser>();
    m_parser->expect(request.method);
    m_socket = std::make_unique<QTcpSocket>();
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &Replay::read);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &Replay::lost);
    m_socket->connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
    m_socket->write(request.bytes);
    m_timeout.start();
}

void Replay::read()
{
    take(m_parser->feed(m_socket->readAll()));
}

void Replay::take(const std::vector<ResponseEvent> &events)
{
    for (const ResponseEvent &event : events) {
        if (const auto *head = std::get_if<ResponseHeadEvent>(&event)) {
            m_answer.head = head->interim ? m_answer.head : head->head;
            if (head->upgrade)
                return answer(ReplayedAnswer::Outcome::Answered);
        } else if (const auto *body = std::get_if<BodyEvent>(&event)) {
            m_answer.body += body->data;
        } else if (std::holds_alternative<MessageEndEvent>(event)) {
            return answer(ReplayedAnswer::Outcome::Answered);
        } else {
            return answer(m_answer.head.status ? ReplayedAnswer::Outcome::Closed
                                               : ReplayedAnswer::Outcome::Malformed);
        }
    }
}

void Replay::lost(QAbstractSocket::SocketError error)
{
    if (error == QAbstractSocket::ConnectionRefusedError)
        return answer(ReplayedAnswer::Outcome::Refused);
    // The last bytes and the end of the connection may come together.
    read();
    if (m_timeout.isActive())
        take(m_parser->finish());
    if (m_timeout.isActive())
        answer(ReplayedAnswer::Outcome::Closed);
}

void Replay::answer(ReplayedAnswer::Outcome outcome)
{
    m_timeout.stop();
    m_socket->disconnect(this);
    m_socket.release()->deleteLater();
    m_answer.outcome = outcome;
    const size_t index = m_index++;
    m_answered(index, m_answer);
    // Later: this was called from inside a signal of the socket.
    QMetaObject::invokeMethod(this, &Replay::next, Qt::QueuedConnection);
}

} // namespace rt
