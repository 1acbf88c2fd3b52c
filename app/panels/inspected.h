// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/annotation.h"
#include "lab/labconfig.h"

#include <optional>
#include <vector>

namespace rt {

/// What the inspector looks at: one exchange with everything that is known around it. Computed once
/// per selection; the pages only show it.
struct Inspected
{
    std::optional<ExchangeRecord> exchange;
    std::optional<CallRecord> call;
    /// Those of the call, in order; the exchange alone when it has none.
    std::vector<ExchangeRecord> exchanges;
    std::vector<Annotation> annotations;
    Diagnosis diagnosis;
    /// The settings now, for code lines.
    LabConfig config;

    bool isEmpty() const { return !exchange && !call; }
};

} // namespace rt
