// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"
#include "server/httpserver.h"

namespace rt {

/// How an upgrade request was answered; `head.status` 0: the connection was closed without a word.
struct UpgradeReply
{
    ResponseHead head;
    QByteArray body;
    /// Name of the listener that answered.
    QByteArray endedBy;
    std::vector<Decision> decisions;
};

/// Hands the request's report to whoever watches, once.
void reportUpgrade(UpgradeRequest &request, const UpgradeReply &reply, const Clock &clock);

} // namespace rt
