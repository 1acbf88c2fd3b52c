// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/random.h"
#include "base/result.h"
#include "http/wireobserver.h"
#include "middleware/cors.h"
#include "realtime/upgradereport.h"
#include "server/httpserver.h"
#include "socketio/enginesession.h"
#include "socketio/ticks.h"
#include "websocket/handshake.h"

#include <QObject>

#include <unordered_map>

namespace rt::engineio {

class PollingTransport;

/// npm engine.io's Server: takes the requests below its path, polling and upgrades, and keeps the
/// sessions. Asked before Express, so no Express middleware sees its requests.
class Server : public QObject
{
    Q_OBJECT

public:
    /// All must outlive the server.
    struct Context
    {
        const Clock &clock;
        TimerQueue &timers;
        Ticks &ticks;
        Random &random;
    };
    using ConnectionListener = std::function<void(const std::shared_ptr<Session> &)>;

    /// The error is npm cors's message for its options.
    static Result<std::unique_ptr<Server>> create(Options options, const Context &context);
    ~Server() override;

    void onConnection(ConnectionListener listener) { m_connection = std::move(listener); }
    /// False: not below the path.
    bool handleRequest(ServerResponse &response);
    bool handleUpgrade(UpgradeRequest &request);

    const Options &options() const { return m_options; }
    qsizetype clientsCount() const { return static_cast<qsizetype>(m_sessions.size()); }
    /// Ends all sessions.
    void close();

private:
    Server(Options options, const Context &context, std::optional<CorsPolicy> cors);

    struct Rejection
    {
        ErrorCode code;
        /// What was wrong in this case.
        QString detail;
    };
    struct Answer
    {
        HeaderList headers;
        std::optional<int> status;
    };

    bool takes(const RequestHead &head) const { return head.target.startsWith(m_options.path); }
    Answer applyCors(const RequestHead &head) const;
    std::optional<Rejection> verify(const RequestHead &head, const JsValue &query,
                                    bool upgrade) const;
    std::optional<Rejection> verifySession(const Session &session, const JsValue &query,
                                           bool upgrade) const;
    std::optional<Rejection> verifyHandshake(const RequestHead &head, const JsValue &query,
                                             bool upgrade) const;
    void reject(ServerResponse &response, const Rejection &rejection) const;
    void rejectUpgrade(UpgradeRequest &request, const Rejection &rejection);
    void refuseUpgrade(UpgradeRequest &request, const UpgradeReply &reply);
    void openPolling(ServerResponse &response, const JsValue &query);
    void openWebSocket(UpgradeRequest &request, const UpgradeAnswer &answer, const JsValue &query);
    std::shared_ptr<Session> session(const QString &sid) const;
    QByteArray generateId() const;

    const Options m_options;
    Context m_context;
    std::optional<CorsPolicy> m_cors;
    ConnectionListener m_connection;
    std::unordered_map<QByteArray, std::shared_ptr<Session>> m_sessions;
};

} // namespace rt::engineio
