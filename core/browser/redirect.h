// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/corscheck.h"
#include "browser/request.h"

#include <optional>

namespace rt {

/// What becomes of a response that may be a redirect.
/// https://fetch.spec.whatwg.org/#concept-http-redirect-fetch
enum class RedirectReason {
    NoRedirect,
    Follow,
    Manual,
    ModeIsError,
    CorsCheckFailed,
    DisabledScheme,
    CredentialsInLocation,
    UserInfoAtHome,
    UnsafeScheme,
    InvalidLocation,
    TooMany,
    LeavesOrigin,
};

struct RedirectDecision
{
    RedirectReason reason = RedirectReason::NoRedirect;
    /// Filled in when Location was looked at and is a URL.
    std::optional<Url> location;
    /// Of the redirect response itself, when the CORS protocol is on.
    CorsVerdict cors;
};

RedirectDecision decideRedirect(const Request &request, const ResponseHead &response);
/// "redirect.Follow"
QByteArray redirectReasonId(RedirectReason reason);
QString redirectSentence(const RedirectDecision &decision, const ResponseHead &response);
/// Chromium's error for it; empty for those that go on.
QByteArray redirectNetError(RedirectReason reason);

/// 303 turns everything but GET and HEAD into GET, 301 and 302 only POST.
bool changesMethodToGet(int status, const QByteArray &method);
/// The request behind a followed redirect: method, body, headers, taint, referrer.
Request redirected(const Request &request, const ResponseHead &response, const Url &location);

} // namespace rt
