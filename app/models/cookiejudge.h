// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/cookiestore.h"
#include "lab/labsession.h"

#include <QString>

#include <optional>
#include <vector>

namespace rt {

/// Whether a cookie travelled with a request, or would, and why not.
struct CookieVerdict
{
    enum class Kind { Sent, Withheld, Elsewhere, NoRequest };
    Kind kind = Kind::NoRequest;
    /// "sent", "not sent: samesite-lax", "another host": two or three words.
    QString words;
    QString sentence;
};

/// What happened to the cookie in the call: from its Cookie header and the reasons the browser
/// gave. `exchanges` are the call's; `call` may be null.
CookieVerdict verdictOf(const BrowserState::CookieEntry &cookie, const CallRecord *call,
                        const std::vector<ExchangeRecord> &exchanges);

/// One kind of request to the cookie's own address, and whether it would go along.
struct CookieContext
{
    QString title;
    std::optional<CookieReason> reason;
};
/// A same-site fetch, a cross-site fetch with credentials, a link and a form from another site.
/// `now`: lab time, milliseconds.
std::vector<CookieContext> cookieContexts(const BrowserState::CookieEntry &cookie, qint64 now);

/// "session of 59 min", "ends with the browser".
QString cookieLifeText(qint64 expiresAt, qint64 now);
/// "9 min 12 s", "12 s": what is left of a span, counted down.
QString spanText(qint64 milliseconds);

} // namespace rt
