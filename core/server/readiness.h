// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QObject>

#include <memory>
#include <unordered_map>

class QSocketNotifier;

namespace rt {

/// Tells which of many descriptors can be read or written, in the order in which they became ready,
/// as Node's loop does: a client that sends a GET and then a POST on another connection has its GET
/// handled first. One epoll set inside Qt's event loop, whose own poll() knows no order and looks
/// at every descriptor each time.
class Readiness final : public QObject
{
public:
    class Watcher
    {
    public:
        virtual ~Watcher() = default;
        virtual void readable() = 0;
        virtual void writable() = 0;
    };
    struct Interest
    {
        bool read = false;
        bool write = false;
        friend bool operator==(const Interest &, const Interest &) = default;
    };
    using Id = quint64;

    explicit Readiness(QObject *parent = nullptr);
    ~Readiness() override;

    /// The watcher is called while it has an interest and is not removed.
    Id add(int descriptor, Watcher &watcher, Interest interest);
    void setInterest(Id id, Interest interest);
    /// Before the descriptor is closed.
    void remove(Id id);

private:
    struct Entry
    {
        int descriptor = -1;
        Watcher *watcher = nullptr;
        Interest interest;
    };
    void dispatch();
    void apply(Id id, Entry &entry, Interest interest) const;

    int m_epoll = -1;
    QSocketNotifier *m_notifier = nullptr;
    std::unordered_map<Id, Entry> m_entries;
    Id m_lastId = 0;
};

} // namespace rt
