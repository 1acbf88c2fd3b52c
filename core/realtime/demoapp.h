// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "socketio/server.h"

#include <list>

namespace rt {

/// The Socket.IO application of the lab: namespaces /, /custom, /chat, /admin and /lesson-N with
/// their events. Every answer is that of the same application on npm socket.io.
class DemoApp
{
public:
    /// `clientsCount`: connections of the engine. Both must outlive the application's sockets.
    DemoApp(socketio::Server &server, std::function<qsizetype()> clientsCount);
    Q_DISABLE_COPY_MOVE(DemoApp)

private:
    void setUpCommon(socketio::Namespace &nsp);
    void setUpRooms(socketio::Namespace &nsp);
    void setUpMain(socketio::Namespace &nsp);
    void setUpMainAnswers(socketio::Namespace &nsp);
    void setUpMainBytes(socketio::Namespace &nsp);
    void setUpMainQuestions(socketio::Namespace &nsp);
    void setUpCustom(socketio::Namespace &nsp);
    void setUpChat(socketio::Namespace &nsp);
    void setUpAdmin(socketio::Namespace &nsp);

    void answerLater(double milliseconds, const JsValue &asked, const socketio::Ack &ack);

    socketio::Server &m_server;
    std::function<qsizetype()> m_clientsCount;
    double m_chatSequence = 0;
    double m_savedMessages = 0;
    /// Answers of slow-ack that wait.
    std::list<std::unique_ptr<TimerQueue::Timer>> m_slowAnswers;
};

} // namespace rt
