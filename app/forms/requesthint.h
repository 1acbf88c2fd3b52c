// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"
#include "lab/labsession.h"
#include "widgets/pill.h"

namespace rt {

/// What the browser will do with a request before it is sent, in a few words.
struct RequestHint
{
    PillTone tone = PillTone::Neutral;
    QString text;
    /// A sentence or two: why.
    QString detail;
};

/// `now`: lab time in milliseconds, for permissions that are remembered.
RequestHint requestHint(const FetchRequest &request, const BrowserState &browser, qint64 now);

} // namespace rt
