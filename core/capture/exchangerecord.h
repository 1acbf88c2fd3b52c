// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/wireobserver.h"

#include <QMetaType>

#include <variant>

namespace rt {

/// One HTTP exchange as captured: both ends' bytes and times, stages, decisions. An immutable value
/// once it is in the store; see Exchange for the live thing.
struct ExchangeRecord
{
    enum class Kind { Preflight, Actual, Navigation, Subresource, Poll, Upgrade, Raw };
    enum class Via { Direct, Proxy, Upstream };

    /// From 1, in order of start, never reused in a session.
    quint64 id = 0;
    /// The client action this belongs to; 0 for a client from outside the lab.
    quint64 call = 0;
    quint64 connection = 0;
    int node = 1;
    Kind kind = Kind::Actual;
    Via via = Via::Direct;
    /// The preflight sent for this request, or the request a preflight was sent for; 0 when none.
    quint64 linked = 0;
    /// Sent by a browser, curl or anything else that is not the built-in client.
    bool external = false;
    /// Virtual origin, for example "http://api.shop.test:8000".
    QByteArray targetOrigin;
    /// Lab time of the start, milliseconds since the epoch (skipped time included).
    qint64 startedAt = 0;
    /// Milliseconds of lab time since the session began; what lessons and timelines order by.
    double t = 0;
    /// Nothing of this end is known: for example a server that is not the lab's, an imported HAR.
    bool hasClient = true;
    bool hasServer = true;
    ServerReport server;
    ClientReport client;
    /// Body bytes that were dropped because a limit of the store was reached.
    qint64 bytesCut = 0;

    /// The end that knows more about the message: the client's if it is there.
    const EndReport &end() const { return hasClient ? client.end : server.end; }
    const RequestHead &request() const { return end().request; }
    const ResponseHead &response() const { return end().response; }
    /// Path without query.
    QByteArray path() const;
    double durationMs() const;
};

/// One step of the algorithm a call went through, in order.
struct AlgorithmStep
{
    enum class Outcome { Info, Passed, Failed };
    /// Decision id, for example "cors.OriginMismatch" or "preflight.Needed".
    QByteArray id;
    Outcome outcome = Outcome::Info;
    QString sentence;
    /// The header line this step looked at, as on the wire; empty when none.
    QByteArray evidence;
    /// Section of the Fetch Standard or RFC, for example "Fetch, CORS check, step 4".
    QString source;
    /// Exchange the step looked at; 0 when it came before any.
    quint64 exchange = 0;
};

/// One action of the built-in client (a fetch, a navigation, a raw request) and what script saw.
struct CallRecord
{
    enum class Preflight { None, Sent, Cached };
    enum class Outcome { Pending, Ok, Blocked, Failed, Aborted };

    quint64 id = 0;
    double t = 0;
    qint64 startedAt = 0;
    double durationMs = 0;
    /// fetch, form, navigate, img, script, iframe, raw (names of the check language).
    QByteArray api = "fetch";
    /// Origin of the page, for example "http://app.shop.test:3000"; empty for raw.
    QByteArray page;
    QByteArray url;
    QByteArray path;
    QByteArray method;
    QByteArray mode;
    QByteArray credentials;
    /// What script asked for, before the browser added its own.
    HeaderList headers;
    QByteArray requestBody;
    bool crossOrigin = false;
    bool crossSite = false;
    Preflight preflight = Preflight::None;
    /// Seconds the cached permission still had; -1 when none was used.
    double cacheSecondsLeft = -1;
    Outcome outcome = Outcome::Pending;
    /// Decision id such as "cors.OriginMismatch"; empty when ok.
    QByteArray reason;
    /// Chromium's code for it ("AllowOriginMismatch"); empty when there is none.
    QByteArray chromiumCode;
    QByteArray directive;
    /// basic, cors, opaque, opaqueredirect, error.
    QByteArray type;
    int status = 0;
    bool readable = false;
    bool redirected = false;
    bool upgraded = false;
    /// The route had its effect, whether script may read the answer or not.
    bool executed = false;
    /// The headers script may read, names in lower case, sorted.
    HeaderList seen;
    /// Decoded body that script may read.
    QByteArray body;
    /// Exchanges in order of start: preflights, redirect hops, the last answer.
    std::vector<quint64> exchanges;
    std::vector<AlgorithmStep> steps;
    /// What the console shows, in Chromium's words.
    QStringList console;
    /// Cookie name -> why it was not sent / not stored.
    std::vector<std::pair<QByteArray, QByteArray>> withheld;
    std::vector<std::pair<QByteArray, QByteArray>> rejected;
};

/// A setting that was changed: dotted path ("server.cors.maxAge") and by whom.
struct ChangeRecord
{
    quint64 id = 0;
    double t = 0;
    QByteArray path;
    JsValue value;
    bool byLesson = false;
};

/// Something the learner did that is neither a request nor a setting: advance, har.open ...
struct ActRecord
{
    quint64 id = 0;
    double t = 0;
    QByteArray name;
    QString argument;
};

/// Everything that travels from the lab to the store, in order. An exchange or call arrives again
/// with the same id when more of it is known; the later one replaces the earlier.
using CaptureItem = std::variant<ExchangeRecord, CallRecord, ChangeRecord, ActRecord>;

} // namespace rt
