// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"

#include <deque>
#include <vector>

namespace rt {

/// Brings the two hops of a proxied request together. A proxy knows nothing of calls: what it sends
/// on belongs to the call, and is of the kind, of the exchange that asked for it, which usually
/// ends later.
class HopLinks
{
public:
    /// `record` is a second hop (`client.forwarded`). True: it has its call now, or too many wait
    /// and it is to be handed out without; false: it is kept until first().
    bool second(ExchangeRecord &record);
    /// `record` is a first hop, complete: gives the second hops that waited for it. Whether the
    /// route had its effect is known of the second hop only and noted on the first, too.
    std::vector<ExchangeRecord> first(ExchangeRecord &record);

private:
    /// What a second hop takes over.
    struct First
    {
        ExchangeKey key;
        quint64 call = 0;
        ExchangeRecord::Kind kind = ExchangeRecord::Kind::Actual;
        bool external = false;
    };

    static void adopt(ExchangeRecord &second, const First &first);

    std::vector<ExchangeRecord> m_waiting;
    std::deque<First> m_firsts;
};

} // namespace rt
