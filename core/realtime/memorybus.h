// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "socketio/pubsub.h"

#include <map>

namespace rt {

/// A broker inside the process, for several servers of one lab when no Redis is there. Delivers at
/// once, to the publisher too.
class MemoryBus final : public socketio::PubSub
{
public:
    void publish(const QByteArray &channel, const QByteArray &message) override;
    SubscriberId subscribe(const Subscription &subscription) override;
    void unsubscribe(SubscriberId id) override { m_subscriptions.erase(id); }
    void countSubscribers(const QByteArray &channel,
                          const std::function<void(std::optional<int>)> &counted) override;

private:
    std::map<SubscriberId, Subscription> m_subscriptions;
    SubscriberId m_lastId = 0;
};

} // namespace rt
