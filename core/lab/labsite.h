// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "server/httpserver.h"

namespace rt {

/// What the site origins serve: one small page that a real browser can open and call the API from.
/// `apiPort` is asked when a page is served, for HTTPS when the page comes over HTTPS.
RequestListener sitePages(std::function<quint16(bool secure)> apiPort);

} // namespace rt
