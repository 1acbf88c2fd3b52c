// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "socketio/sessionawareadapter.h"

#include <algorithm>

namespace rt::socketio {

namespace {

constexpr qint64 cleaningIntervalMs = 60000;

/// yeast: a number in base 64 with an alphabet that sorts.
QString encodeTime(qint64 number)
{
    static const QString alphabet
        = QStringLiteral("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_");
    QString text;
    do {
        text.prepend(alphabet.at(number % 64));
        number /= 64;
    } while (number > 0);
    return text;
}

bool concerns(const QStringList &rooms, const BroadcastOptions &options)
{
    const auto in = [&rooms](const QString &room) { return rooms.contains(room); };
    const bool included
        = options.rooms.isEmpty() || std::any_of(options.rooms.begin(), options.rooms.end(), in);
    return included && std::none_of(options.except.begin(), options.except.end(), in);
}

} // namespace

SessionAwareAdapter::SessionAwareAdapter(Namespace &nsp, const RecoveryOptions &options,
                                         const Clock &clock, TimerQueue &timers)
    : Adapter(nsp), m_duration(options.maxDisconnectionDuration), m_clock(clock),
      m_cleaner(timers, [this] { forgetOld(); })
{
    m_cleaner.start(cleaningIntervalMs);
}

void SessionAwareAdapter::forgetOld()
{
    const qint64 threshold = m_clock.now() - m_duration;
    erase_if(m_sessions,
             [threshold](const auto &entry) { return entry.value().disconnectedAt < threshold; });
    while (!m_packets.empty() && m_packets.front().emittedAt < threshold)
        m_packets.pop_front();
    m_cleaner.start(cleaningIntervalMs);
}

QString SessionAwareAdapter::nextOffset()
{
    const QString now = encodeTime(m_clock.now());
    if (now != m_lastTime) {
        m_sameTime = 0;
        m_lastTime = now;
        return now;
    }
    return now + u'.' + encodeTime(m_sameTime++);
}

void SessionAwareAdapter::broadcast(Packet packet, const BroadcastOptions &options)
{
    if (packet.type == PacketType::Event && !packet.id && !options.flags.isVolatile) {
        const QString id = nextOffset();
        packet.data.append(JsValue(id));
        m_packets.push_back({id, options, packet.data, m_clock.now()});
    }
    Adapter::broadcast(std::move(packet), options);
}

void SessionAwareAdapter::persistSession(const RecoverableSession &session)
{
    m_sessions.insert(session.pid, {session, m_clock.now()});
}

std::optional<RestoredSession> SessionAwareAdapter::restoreSession(const QString &pid,
                                                                   const QString &offset)
{
    const auto found = m_sessions.constFind(pid);
    if (found == m_sessions.constEnd())
        return std::nullopt;
    if (found->disconnectedAt + m_duration < m_clock.now()) {
        m_sessions.erase(found);
        return std::nullopt;
    }
    auto packet = std::find_if(m_packets.begin(), m_packets.end(),
                               [&](const Stored &stored) { return stored.id == offset; });
    if (packet == m_packets.end())
        return std::nullopt;
    RestoredSession restored {found->session, {}};
    for (++packet; packet != m_packets.end(); ++packet) {
        if (concerns(restored.session.rooms, packet->options))
            restored.missedPackets.push_back(packet->data);
    }
    return restored;
}

} // namespace rt::socketio
