// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/timerqueue.h"
#include "socketio/adapter.h"
#include "socketio/pubsub.h"

#include <map>

namespace rt::socketio {

/// Shares a namespace with other servers, Node's included: the wire format of
/// @socket.io/redis-adapter 8.3 over any PubSub.
class RedisAdapter final : public Adapter
{
public:
    /// `pubSub` must outlive the adapter.
    RedisAdapter(Namespace &nsp, PubSub &pubSub);
    ~RedisAdapter() override;

    /// Milliseconds an asker waits for all servers.
    static constexpr int requestsTimeout = 5000;

    void broadcast(Packet packet, const BroadcastOptions &options) override;
    double broadcastWithAck(Packet packet, const BroadcastOptions &options,
                            const AckReceiver &receiver) override;
    void fetchSockets(const BroadcastOptions &options, const Fetched &fetched) override;
    void addSockets(const BroadcastOptions &options, const QStringList &rooms) override;
    void delSockets(const BroadcastOptions &options, const QStringList &rooms) override;
    void disconnectSockets(const BroadcastOptions &options, bool close) override;
    void serverCount(const std::function<void(int)> &counted) override;

private:
    struct Fetch
    {
        std::vector<SocketDetails> sockets;
        int servers = 0;
        int answers = 1;
        Fetched fetched;
        std::unique_ptr<TimerQueue::Timer> timeout;
    };
    struct AckRequest
    {
        AckReceiver receiver;
        std::unique_ptr<TimerQueue::Timer> timeout;
    };

    void receiveBroadcast(const QByteArray &channel, const QByteArray &message);
    void receiveRequest(const QByteArray &message);
    void receiveResponse(const QByteArray &message);
    void executeRemote(int type, const JsValue &request);
    void answerFetch(const JsValue &request);
    void answerSockets(const JsValue &request);
    void answerRooms(const JsValue &request);
    void answerBroadcast(const JsValue &request);
    void receiveFetched(std::map<QString, Fetch>::iterator fetch, const JsValue &response);
    void startFetch(const BroadcastOptions &options, std::vector<SocketDetails> local, int servers,
                    const Fetched &fetched);
    void request(int type, const BroadcastOptions &options,
                 const std::vector<std::pair<QString, JsValue>> &more);
    QString generateUid() const;

    PubSub &m_pubSub;
    PubSub::SubscriberId m_subscription = 0;
    const QString m_uid;
    const QByteArray m_channel;
    const QByteArray m_requestChannel;
    const QByteArray m_responseChannel;
    std::map<QString, Fetch> m_fetches;
    std::map<QString, AckRequest> m_ackRequests;
};

} // namespace rt::socketio
