// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/message.h"

#include <optional>

namespace rt {

/// How long a stored response may be used without asking, in milliseconds.
struct Freshness
{
    /// Nothing: for ever.
    std::optional<qint64> lifetime = 0;
    /// After that, how long it may still be used while it is asked for again
    /// (stale-while-revalidate, RFC 5861 §3).
    qint64 staleWhileRevalidate = 0;
};

/// RFC 9111 §4.2.1 and §4.2.2 as Chromium 156 has them (net/http/http_response_headers.cc):
/// no-cache, max-age, Expires, a tenth of the age of Last-Modified, for ever for 300, 301, 308 and
/// 410. `responseTime` is Clock::now() when the response came.
Freshness freshnessOf(const ResponseHead &response, qint64 responseTime);

/// RFC 9111 §4.2.3, in milliseconds; the times are of Clock::now().
qint64 currentAge(const ResponseHead &response, qint64 requestTime, qint64 responseTime,
                  qint64 now);

/// A member of the comma-separated field equals `token`, in any case.
bool hasToken(const HeaderList &headers, QByteArrayView field, QByteArrayView token);

} // namespace rt
