// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/request.h"

namespace rt {

/// What the browser is called on the wire.
QByteArray userAgent();

/// Everything that goes out for `request`, in Chromium's order (spelling as on the wire).
HeaderList requestHeaders(const Request &request, const QByteArray &cookies);
/// The OPTIONS request that asks for `request`. https://fetch.spec.whatwg.org/#cors-preflight-fetch
HeaderList preflightHeaders(const Request &request, const QByteArrayList &unsafeNames);
/// Host, then exactly what was given: the curl-like tool.
HeaderList rawHeaders(const Url &url, const HeaderList &given, const QByteArray &method,
                      const QByteArray &body, bool hasBody);

/// Names of what script and the page's process put in, in the order they go out and are checked.
QByteArrayList pageHeaderOrder(const Request &request);

/// Whether Origin goes with the request, and which.
std::optional<QByteArray> originHeader(const Request &request);
/// "none", "same-origin", "same-site" or "cross-site".
QByteArray fetchSite(const Request &request);

} // namespace rt
