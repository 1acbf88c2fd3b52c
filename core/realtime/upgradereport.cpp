// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "realtime/upgradereport.h"

#include "http/messagewriter.h"

namespace rt {

void reportUpgrade(UpgradeRequest &request, const UpgradeReply &reply, const Clock &clock)
{
    if (!request.report || !request.observer)
        return;
    ServerReport report = std::move(*request.report);
    request.report.reset();
    report.endedBy = reply.endedBy;
    report.decisions.insert(report.decisions.end(), reply.decisions.begin(), reply.decisions.end());
    EndReport &end = report.end;
    end.requestSentNs = end.startedNs;
    end.firstByteNs = end.finishedNs = clock.monotonicNs();
    end.response = reply.head;
    end.responseBody = reply.body;
    end.aborted = reply.head.status == 0;
    if (!end.aborted)
        end.responseBytes = writeResponseHead(reply.head) + reply.body;
    request.observer->serverFinished(std::move(report));
}

} // namespace rt
