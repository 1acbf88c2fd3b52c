// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "realtime/redisconnection.h"
#include "socketio/pubsub.h"

#include <map>

namespace rt {

/// A Redis server as the broker: one connection publishes and asks, one listens, as npm's adapter
/// has it. Subscriptions come back after a lost connection; what is published meanwhile is lost.
class RedisPubSub final : public QObject, public socketio::PubSub
{
    Q_OBJECT

public:
    explicit RedisPubSub(const RedisAddress &address, QObject *parent = nullptr);

    void open();
    void publish(const QByteArray &channel, const QByteArray &message) override;
    SubscriberId subscribe(const Subscription &subscription) override;
    void unsubscribe(SubscriberId id) override;
    void countSubscribers(const QByteArray &channel,
                          const std::function<void(std::optional<int>)> &counted) override;

signals:
    /// Both connections are there and everything is subscribed.
    void ready();
    void lost(const QString &reason);

private:
    void listen(SubscriberId id);
    void listenToAll();

    RedisConnection m_publisher;
    RedisConnection m_subscriber;
    std::map<SubscriberId, Subscription> m_subscriptions;
    SubscriberId m_lastId = 0;
    /// Confirmations of subscriptions that are awaited before ready().
    qsizetype m_awaited = 0;
};

} // namespace rt
