// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/echoserver.h"

#include "realtime/farewell.h"
#include "realtime/requestpath.h"
#include "realtime/upgradereport.h"
#include "realtime/websocketconnection.h"

namespace rt {

namespace {

/// Goes with its connection.
class Echo final : public QObject, public WebSocketConnection::Receiver
{
public:
    explicit Echo(WebSocketConnection &connection) : QObject(&connection), m_connection(connection)
    {
    }
    void messageReceived(const MessageReceived &message) override
    {
        m_connection.send(message.data, message.binary);
    }
    void closed() override { }

private:
    WebSocketConnection &m_connection;
};

} // namespace

bool EchoServer::handleUpgrade(UpgradeRequest &request)
{
    if (requestPath(request.head) != m_options.path)
        return false;
    const UpgradeAnswer answer = answerUpgrade(request.head, m_options.upgrade);
    if (answer.refusal) {
        refuse(request, answer);
        return true;
    }
    reportUpgrade(request, {answer.head, {}, "ws", {}}, m_context.clock);
    WebSocketEndpoint::Options options;
    options.limits.maxPayload = m_options.maxPayload;
    options.deflate = answer.deflate;
    auto *connection = new WebSocketConnection(
        {std::move(request.transport), options, m_context.timers, m_context.ticks}, this);
    connection->start(answer.bytes(), request.rest, *new Echo(*connection));
    return true;
}

void EchoServer::refuse(UpgradeRequest &request, const UpgradeAnswer &answer)
{
    const Decision decision {refusalId(*answer.refusal), refusalSentence(*answer.refusal)};
    reportUpgrade(request, {answer.head, answer.body, "ws", {decision}}, m_context.clock);
    new Farewell(std::move(request.transport), answer.bytes(), this);
}

void EchoServer::close()
{
    const auto connections = findChildren<WebSocketConnection *>(Qt::FindDirectChildrenOnly);
    for (WebSocketConnection *connection : connections)
        connection->close();
}

} // namespace rt
