// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/memorybus.h"

#include <algorithm>

namespace rt {

void MemoryBus::publish(const QByteArray &channel, const QByteArray &message)
{
    // A receiver may publish, subscribe or leave.
    const auto subscriptions = m_subscriptions;
    for (const auto &[id, subscription] : subscriptions) {
        if (!m_subscriptions.contains(id))
            continue;
        if (subscription.channels.contains(channel))
            subscription.receiver(channel, message);
        else if (channel.startsWith(subscription.prefix))
            subscription.prefixReceiver(channel, message);
    }
}

socketio::PubSub::SubscriberId MemoryBus::subscribe(const Subscription &subscription)
{
    m_subscriptions.emplace(++m_lastId, subscription);
    return m_lastId;
}

void MemoryBus::countSubscribers(const QByteArray &channel,
                                 const std::function<void(std::optional<int>)> &counted)
{
    counted(static_cast<int>(
        std::count_if(m_subscriptions.begin(), m_subscriptions.end(),
                      [&](const auto &entry) { return entry.second.channels.contains(channel); })));
}

} // namespace rt
