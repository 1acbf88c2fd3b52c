// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayList>

#include <functional>
#include <optional>

namespace rt::socketio {

/// What an adapter needs of a broker: Redis, or a bus inside the process. Messages arrive in the
/// order in which they were published, the publisher's own included.
class PubSub
{
public:
    using Receiver = std::function<void(const QByteArray &channel, const QByteArray &message)>;
    /// Ends the subscriptions made with it.
    using SubscriberId = quint64;

    virtual ~PubSub() = default;
    virtual void publish(const QByteArray &channel, const QByteArray &message) = 0;
    /// All channels whose name begins with `prefix`, and `channels` by their whole names.
    struct Subscription
    {
        QByteArray prefix;
        Receiver prefixReceiver;
        QByteArrayList channels;
        Receiver receiver;
    };
    virtual SubscriberId subscribe(const Subscription &subscription) = 0;
    virtual void unsubscribe(SubscriberId id) = 0;
    /// How many subscribers the channel has by its name; nothing when the broker cannot be reached.
    virtual void countSubscribers(const QByteArray &channel,
                                  const std::function<void(std::optional<int>)> &counted)
        = 0;
};

} // namespace rt::socketio
