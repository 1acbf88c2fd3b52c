// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QObject>

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace rt {

/// The one way values cross threads: any thread puts, the thread this object lives in receives
/// them in batches. The payload stays under a std::mutex and Qt only wakes the receiver, because
/// payload in queued lambdas is invisible to ThreadSanitizer.
template<typename T> class Mailbox final : public QObject
{
public:
    using Receiver = std::function<void(std::vector<T>)>;

    explicit Mailbox(Receiver receiver, QObject *parent = nullptr)
        : QObject(parent), m_receiver(std::move(receiver))
    {
    }

    void put(T value)
    {
        bool wake = false;
        {
            std::lock_guard guard(m_mutex);
            m_values.push_back(std::move(value));
            wake = !std::exchange(m_armed, true);
        }
        if (wake)
            QCoreApplication::postEvent(this, new QEvent(QEvent::User));
    }

    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::User)
            return QObject::event(event);
        std::vector<T> batch;
        {
            std::lock_guard guard(m_mutex);
            batch.swap(m_values);
            m_armed = false;
        }
        if (!batch.empty())
            m_receiver(std::move(batch));
        return true;
    }

private:
    Receiver m_receiver;
    std::mutex m_mutex;
    std::vector<T> m_values;
    bool m_armed = false;
};

} // namespace rt
