// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"
#include "http/wireobserver.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace rt {

/// One step of the Fetch Standard's algorithms, with what it looked at.
struct FetchStep
{
    enum class Outcome { Info, Passed, Failed };
    /// Decision id, for example "cors.OriginMismatch" or "preflight.Needed".
    QByteArray id;
    Outcome outcome = Outcome::Info;
    QString sentence;
    /// The header line this step looked at; empty when none.
    QByteArray evidence;
    /// "Fetch, CORS check, step 4".
    QString source;
    /// The exchange it looked at; nothing when it came before any.
    std::optional<ExchangeKey> exchange;
};

/// A cookie that was not sent, or a Set-Cookie line that was refused.
struct CookieNote
{
    QByteArray name;
    QByteArray domain;
    QByteArray path;
    /// The whole Set-Cookie line of a refused one.
    QByteArray line;
    /// The short word of the lessons: samesite-lax, samesite-strict, secure, path, domain,
    /// credentials, too-large, none-insecure, prefix, syntax ...
    QByteArray reason;
    /// Chromium's names, sorted: SchemefulSameSiteStrict, SecureOnly ...; empty when it has none.
    QByteArrayList chromiumReasons;
    QString sentence;
};

/// What an element made of its answer.
struct ElementOutcome
{
    /// Frames fire load, or nothing when they stay empty.
    enum class Event { None, Load, Error };
    Event event = Event::None;
    /// The script ran, the style sheet counts, the picture can be drawn, the frame shows something;
    /// of a navigation: the page was replaced.
    bool applied = false;
    /// Of a picture, in CSS pixels.
    int naturalWidth = 0;
    /// What it works with, content coding removed. The page's script does not see it.
    QByteArray source;
    /// Inline scripts of a framed document that its own policy lets run.
    QByteArrayList framedScripts;
};

/// What a call of the built-in browser came to: what script sees, and why.
struct FetchResult
{
    enum class Outcome { Ok, Blocked, Failed, Aborted };
    enum class Preflight { None, Sent, Cached };

    quint64 call = 0;
    Outcome outcome = Outcome::Ok;
    /// Decision id of what stopped it ("cors.OriginMismatch", "net.Refused"); empty when ok.
    QByteArray reason;
    /// One sentence for it with the facts of this case.
    QString sentence;
    /// Chromium's CORS error ("AllowOriginMismatch") and its parameter; empty when it is none.
    QByteArray chromiumCode;
    QByteArray chromiumParameter;
    /// "net::ERR_FAILED"; empty when nothing failed or nothing was asked of the network.
    QByteArray netError;
    /// DevTools' blocked reason ("mixed-content", "csp", "corp-not-same-origin"); empty when none.
    QByteArray blockedReason;
    /// The CSP directive that blocked it.
    QByteArray directive;
    /// What script catches: "TypeError: Failed to fetch"; empty when ok.
    QString exception;
    /// The request itself was wrong: thrown before anything was sent.
    bool threw = false;

    /// basic, cors, opaque, opaqueredirect, error.
    QByteArray type = "error";
    int status = 0;
    QByteArray statusText;
    bool redirected = false;
    /// Where the answer came from, without fragment; empty when opaque.
    QByteArray url;
    /// What script may read, names in lower case, sorted.
    HeaderList headers;
    /// Decoded body that script may read; empty when opaque.
    QByteArray body;
    /// The address was http and went out as https, by HSTS or upgrade-insecure-requests.
    bool upgraded = false;
    /// Answered from the HTTP cache, without or after asking the server.
    bool fromCache = false;
    /// Of calls by an element: img, script, style, iframe.
    ElementOutcome element;
    /// Script may look at status, headers and body.
    bool readable = false;

    /// As it went out, after normalising.
    QByteArray method;
    bool crossOrigin = false;
    bool crossSite = false;
    Preflight preflight = Preflight::None;
    /// Seconds the cached permission still had; -1 when none was used.
    double cacheSecondsLeft = -1;
    /// What the console shows, in Chromium's words.
    QStringList console;
    std::vector<FetchStep> steps;
    std::vector<CookieNote> withheld;
    std::vector<CookieNote> rejected;
    /// Preflights, redirect hops and the last answer in order of start.
    std::vector<ExchangeKey> exchanges;
};

} // namespace rt
