// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchresult.h"
#include "capture/exchangerecord.h"

namespace rt {

/// What is known of a call when it starts.
CallRecord pendingCall(quint64 id, const FetchRequest &request);
/// The same call after the browser is done with it. Exchanges and the numbers in the steps are the
/// recorder's to fill in: a step's `exchange` is the ordinal of the exchange within the call,
/// from 1.
CallRecord finishedCall(const FetchRequest &request, const FetchResult &result);

} // namespace rt
