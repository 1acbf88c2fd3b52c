// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"

#include <QString>

#include <vector>

namespace rt {

/// A part of fetching, in the order of the Fetch Standard, and whether a call went through it.
struct TracePhase
{
    enum class Part { Request, Checks, Preflight, Cookies, Network, Redirect, CorsCheck, Answer };
    static constexpr int partCount = static_cast<int>(Part::Answer) + 1;
    enum class State { Skipped, Walked, Failed };

    Part part = Part::Request;
    QString title;
    State state = State::Skipped;
    /// Row of the step to look at: the failing one, else the first; -1 when there is none.
    int step = -1;
};

/// All parts, also those the call did not come to. `exchanges` are the call's: a check of a
/// preflight's answer belongs to the preflight.
std::vector<TracePhase> tracePhases(const CallRecord &call,
                                    const std::vector<ExchangeRecord> &exchanges);

} // namespace rt
