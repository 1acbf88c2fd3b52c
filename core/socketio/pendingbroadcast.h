// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/timerqueue.h"
#include "socketio/broadcastoperator.h"

namespace rt::socketio {

/// A broadcast that gathers its acknowledgements: it knows how many servers and clients there are
/// once each server has told, and is over when all have answered or the time is up.
class PendingBroadcast : public std::enable_shared_from_this<PendingBroadcast>
{
public:
    /// `options.flags.timeout` is set.
    static void start(Namespace &nsp, const Packet &packet, const BroadcastOptions &options,
                      const BroadcastOperator::Answers &done);
    PendingBroadcast(Namespace &nsp, BroadcastOperator::Answers done);

private:
    void run(const Packet &packet, const BroadcastOptions &options);
    void checkCompleteness();
    void timeOut();
    void finish(bool timedOut);

    Namespace &m_namespace;
    BroadcastOperator::Answers m_done;
    TimerQueue::Timer m_timer;
    std::optional<double> m_packetId;
    int m_expectedServers = -1;
    int m_servers = 0;
    int m_expectedClients = 0;
    QList<JsValue> m_answers;
};

} // namespace rt::socketio
