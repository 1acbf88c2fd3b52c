// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"
#include "lesson/evidence.h"

namespace rt {

class LabSession;

/// Turns captured records into the items that checks look at, every field of the lesson format
/// under its name. Enumerated fields that say nothing (an empty reason) are left out.
class EvidenceItems
{
public:
    /// Adds the record to the stream it belongs to.
    void put(Evidence &evidence, const CaptureItem &record);

    EvidenceItem exchange(const ExchangeRecord &record);
    static EvidenceItem call(const CallRecord &record);
    static EvidenceItem change(const ChangeRecord &record);
    static EvidenceItem act(const ActRecord &record);

private:
    JsValue settings(const std::shared_ptr<const JsValue> &flattened);

    // Many exchanges share one configuration; it is nested once.
    std::shared_ptr<const JsValue> m_flattened;
    JsValue m_nested;
};

/// server, client, jar, storage, preflightCache, waiters and loot as they are now.
JsValue labStateFields(const LabSession &lab);

} // namespace rt
