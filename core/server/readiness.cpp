// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/readiness.h"

#include <QSocketNotifier>

#include <array>

#include <sys/epoll.h>
#include <unistd.h>

namespace rt {

namespace {

/// Handled before timers and other events get their turn.
constexpr size_t eventsAtOnce = 256;

bool isIdle(Readiness::Interest interest)
{
    return !interest.read && !interest.write;
}

} // namespace

Readiness::Readiness(QObject *parent) : QObject(parent), m_epoll(::epoll_create1(EPOLL_CLOEXEC))
{
    m_notifier = new QSocketNotifier(m_epoll, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &Readiness::dispatch);
}

Readiness::~Readiness()
{
    m_notifier->setEnabled(false);
    ::close(m_epoll);
}

Readiness::Id Readiness::add(int descriptor, Watcher &watcher, Interest interest)
{
    const Id id = ++m_lastId;
    Entry &entry = m_entries[id];
    entry = {descriptor, &watcher, {}};
    apply(id, entry, interest);
    return id;
}

void Readiness::setInterest(Id id, Interest interest)
{
    const auto found = m_entries.find(id);
    if (found != m_entries.end() && found->second.interest != interest)
        apply(id, found->second, interest);
}

/// Without an interest the descriptor leaves the set: the kernel would report a hang-up all the
/// same.
void Readiness::apply(Id id, Entry &entry, Interest interest) const
{
    epoll_event event {};
    event.events = (interest.read ? EPOLLIN : 0U) | (interest.write ? EPOLLOUT : 0U);
    event.data.u64 = id;
    int action = EPOLL_CTL_MOD;
    if (isIdle(interest))
        action = EPOLL_CTL_DEL;
    else if (isIdle(entry.interest))
        action = EPOLL_CTL_ADD;
    if (!isIdle(interest) || !isIdle(entry.interest))
        ::epoll_ctl(m_epoll, action, entry.descriptor, &event);
    entry.interest = interest;
}

void Readiness::remove(Id id)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        return;
    apply(id, found->second, {});
    m_entries.erase(found);
}

void Readiness::dispatch()
{
    std::array<epoll_event, eventsAtOnce> events;
    const int count = ::epoll_wait(m_epoll, events.data(), static_cast<int>(events.size()), 0);
    for (int i = 0; i < count; ++i) {
        const epoll_event &event = events[static_cast<size_t>(i)];
        const bool broken = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
        // Looked up anew each time: a watcher may go with another one's call, or its own.
        const auto reader = m_entries.find(event.data.u64);
        if (reader != m_entries.end() && reader->second.interest.read
            && ((event.events & EPOLLIN) || broken))
            reader->second.watcher->readable();
        const auto writer = m_entries.find(event.data.u64);
        if (writer != m_entries.end() && writer->second.interest.write
            && ((event.events & EPOLLOUT) || broken))
            writer->second.watcher->writable();
    }
}

} // namespace rt
