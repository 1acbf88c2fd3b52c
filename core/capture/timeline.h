// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"

namespace rt {

/// One call (or external exchange) as a sequence: who said what to whom, in order. Pure data; a
/// widget or an exporter draws it.
struct Timeline
{
    enum class Lane { Page, Browser, Server };
    enum class Tone { Neutral, Accent, Good, Caution, Bad };

    /// A message between two lanes, or something that happens on one (from == to).
    struct Message
    {
        Lane from = Lane::Page;
        Lane to = Lane::Browser;
        /// Milliseconds since the sequence began.
        double departs = 0;
        double arrives = 0;
        /// Place in the requests view: every message has a line of its own.
        int row = 0;
        QString label;
        Tone tone = Tone::Neutral;
        /// Belongs to a preflight: the browser's own doing.
        bool ownDoing = false;
        /// 0 when it belongs to no single exchange.
        quint64 exchange = 0;
    };

    /// What one stage of the server's stack did with one exchange.
    struct StageBox
    {
        QByteArray stage;
        double begins = 0;
        double ends = 0;
        /// Between the rows of request and response.
        int row = 0;
        QString label;
        Tone tone = Tone::Neutral;
        bool ended = false;
        quint64 exchange = 0;
    };

    std::vector<Message> messages;
    std::vector<StageBox> boxes;
    /// Columns: the stages any of the exchanges visited, in order of the stack.
    QByteArrayList stages;
    int rows = 0;
    double duration = 0;

    bool isEmpty() const { return messages.empty(); }
};

/// `call` may be null (an external client); `exchanges` are those of the call, in order.
Timeline timelineOf(const CallRecord *call, const std::vector<ExchangeRecord> &exchanges);

} // namespace rt
