// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/redispubsub.h"

#include <hiredis/hiredis.h>

namespace rt {

namespace {

QByteArray textOf(const redisReply *reply)
{
    return reply && reply->str ? QByteArray(reply->str, static_cast<qsizetype>(reply->len))
                               : QByteArray();
}

QByteArray part(const redisReply *reply, size_t index)
{
    const bool there = reply && reply->type == REDIS_REPLY_ARRAY && index < reply->elements;
    return there ? textOf(reply->element[index]) : QByteArray();
}

} // namespace

RedisPubSub::RedisPubSub(const RedisAddress &address, QObject *parent)
    : QObject(parent), m_publisher(address), m_subscriber(address)
{
    connect(&m_subscriber, &RedisConnection::opened, this, &RedisPubSub::listenToAll);
    connect(&m_subscriber, &RedisConnection::lost, this, &RedisPubSub::lost);
    connect(&m_publisher, &RedisConnection::opened, &m_subscriber, &RedisConnection::open,
            Qt::SingleShotConnection);
    connect(&m_publisher, &RedisConnection::lost, this, &RedisPubSub::lost);
}

void RedisPubSub::open()
{
    m_publisher.open();
}

void RedisPubSub::publish(const QByteArray &channel, const QByteArray &message)
{
    m_publisher.send({"PUBLISH", channel, message});
}

socketio::PubSub::SubscriberId RedisPubSub::subscribe(const Subscription &subscription)
{
    m_subscriptions.emplace(++m_lastId, subscription);
    listen(m_lastId);
    return m_lastId;
}

void RedisPubSub::listenToAll()
{
    m_awaited = 0;
    for (const auto &[id, subscription] : m_subscriptions)
        listen(id);
}

void RedisPubSub::listen(SubscriberId id)
{
    if (!m_subscriber.isOpen())
        return;
    const Subscription &subscription = m_subscriptions.at(id);
    m_awaited += 1 + subscription.channels.size();
    const auto receive = [this, id](const redisReply *reply) {
        const QByteArray kind = part(reply, 0);
        const auto found = m_subscriptions.find(id);
        if (kind == "subscribe" || kind == "psubscribe") {
            if (--m_awaited == 0)
                emit ready();
        } else if (found != m_subscriptions.end() && kind == "pmessage") {
            found->second.prefixReceiver(part(reply, 2), part(reply, 3));
        } else if (found != m_subscriptions.end() && kind == "message") {
            found->second.receiver(part(reply, 1), part(reply, 2));
        }
    };
    m_subscriber.subscribe({"PSUBSCRIBE", subscription.prefix + '*'}, receive);
    m_subscriber.subscribe(QByteArrayList {"SUBSCRIBE"} + subscription.channels, receive);
}

void RedisPubSub::unsubscribe(SubscriberId id)
{
    const auto found = m_subscriptions.extract(id);
    if (found.empty() || !m_subscriber.isOpen())
        return;
    m_subscriber.send({"PUNSUBSCRIBE", found.mapped().prefix + '*'});
    m_subscriber.send(QByteArrayList {"UNSUBSCRIBE"} + found.mapped().channels);
}

void RedisPubSub::countSubscribers(const QByteArray &channel,
                                   const std::function<void(std::optional<int>)> &counted)
{
    m_publisher.send({"PUBSUB", "NUMSUB", channel}, [counted](const redisReply *reply) {
        const bool there = reply && reply->type == REDIS_REPLY_ARRAY && reply->elements == 2;
        counted(there ? std::optional(static_cast<int>(reply->element[1]->integer)) : std::nullopt);
    });
}

} // namespace rt
