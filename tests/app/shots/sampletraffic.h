// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "capture/exchangerecord.h"

#include <vector>

namespace rt {

/// The six rows of the design's picture: a GET, a PUT with its preflight, a PUT from the cache, a
/// blocked GET of an evil page and a request of another client. The same at every start.
std::vector<CaptureItem> sampleTraffic();
/// `count` requests of another client, for long lists.
std::vector<CaptureItem> externalTraffic(int count, quint64 firstId);

} // namespace rt
