// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/tlshandshake.h"
#include "http/message.h"

#include <memory>
#include <optional>
#include <vector>

namespace rt {

/// A named answer of a protocol or middleware rule: the one vocabulary of trace, annotation,
/// diagnosis, lesson check and test ("cors.WildcardWithCredentials").
struct Decision
{
    QByteArray id;
    /// One plain English sentence with the facts of this case.
    QString sentence;
    friend bool operator==(const Decision &, const Decision &) = default;
};

/// What a stage did to one header field of the response.
struct HeaderChange
{
    enum class Kind { Added, Changed, Removed };
    Kind kind = Kind::Added;
    QByteArray name;
    QByteArray before;
    QByteArray after;
    friend bool operator==(const HeaderChange &, const HeaderChange &) = default;
};

/// What one stage of the pipeline did to one exchange. Written by the pipeline, never by
/// middleware, which only names its decisions.
struct StageRecord
{
    /// Name in `order`: helmet, compression, cors, json, routes, notFound, errors ...
    QByteArray name;
    /// Express mount path; empty for "/".
    QByteArray mountPath;
    /// Nanoseconds since the request head was complete.
    qint64 enteredNs = 0;
    qint64 leftNs = 0;
    /// While the stage ran.
    std::vector<HeaderChange> headerChanges;
    /// In its callback just before the head was written (npm on-headers).
    std::vector<HeaderChange> lateHeaderChanges;
    int statusBefore = 200;
    int statusAfter = 200;
    std::vector<Decision> decisions;
    /// How many of them, counted from the end, its callback before the head made.
    int lateDecisions = 0;
    /// Time in that callback, which `enteredNs` to `leftNs` does not hold.
    qint64 lateNs = 0;
    /// What the stage changed on the request, for example {"body": {...}}; undefined when nothing.
    JsValue requestChanges;
    /// The same members as they were before; those that did not exist are left out.
    JsValue requestBefore;
    /// It answered; later stages did not run.
    bool ended = false;
    /// Message of the error it passed on or threw.
    QString error;
};

/// Which message on which connection; the same on both ends. Ports are the real loopback ports.
struct ExchangeKey
{
    quint16 clientPort = 0;
    quint16 serverPort = 0;
    /// 0 for the first request on the connection.
    quint32 sequence = 0;
    friend auto operator<=>(const ExchangeKey &, const ExchangeKey &) = default;
};

/// One end's view of one exchange. Times are Clock::monotonicNs().
struct EndReport
{
    qint64 startedNs = 0;
    /// Connecting took this long before `startedNs`; 0 when the connection was there already.
    qint64 connectNs = 0;
    qint64 requestSentNs = 0;
    qint64 firstByteNs = 0;
    /// When a first byte of the body was there with its content coding removed; 0 when never, or
    /// not watched. A compressor that holds back shows here.
    qint64 firstContentNs = 0;
    qint64 finishedNs = 0;
    /// Every byte of the message as this end wrote or read it, transfer coding included.
    QByteArray requestBytes;
    QByteArray responseBytes;
    RequestHead request;
    ResponseHead response;
    /// Transfer coding removed, content coding kept.
    QByteArray requestBody;
    QByteArray responseBody;
    int responseChunks = 0;
    /// The connection ended before the message was whole.
    bool aborted = false;
    /// How the connection was secured, shared by all its exchanges; null for plain TCP.
    std::shared_ptr<const TlsHandshake> tls;
};

/// What the server's side knows beyond the bytes.
struct ServerReport
{
    ExchangeKey key;
    EndReport end;
    /// "request" or "upgrade": which of Node's two events the server emitted.
    QByteArray event = "request";
    std::vector<StageRecord> stages;
    /// Name of the stage or listener that answered ("routes", "notFound", "engine.io").
    QByteArray endedBy;
    /// The route had its effect (its handler ran to the end without an error).
    bool executed = false;
    /// What the route saw: query, queryPolluted, body, bodyPolluted, session, user, error.
    JsValue handler;
    /// Settings in force, dotted path -> value ("cors.origin"), shared by many exchanges.
    std::shared_ptr<const JsValue> settings;
    /// Decisions of the server itself, for example why a malformed message was refused.
    std::vector<Decision> decisions;
};

/// What the client's side knows beyond the bytes.
struct ClientReport
{
    ExchangeKey key;
    EndReport end;
    quint64 call = 0;
    /// preflight, actual, navigation, subresource, poll, upgrade, raw (names of the check
    /// language).
    QByteArray kind;
    /// The virtual origin the client addressed, for example "http://api.shop.test:8000".
    QByteArray targetOrigin;
    std::vector<Decision> decisions;
    /// Set by a proxy: the exchange in which it was asked to send this one.
    std::optional<ExchangeKey> forwarded;
};

/// Both ends report to this; neither knows who listens. All calls come on the lab thread.
class WireObserver
{
public:
    virtual ~WireObserver() = default;
    /// The built-in client opened a connection: what comes on it is not an external client's.
    virtual void clientConnected(quint16 clientPort, quint16 serverPort) = 0;
    virtual void clientStarted(const ExchangeKey &key, const RequestHead &request) = 0;
    virtual void clientFinished(ClientReport report) = 0;
    virtual void serverStarted(const ExchangeKey &key, const RequestHead &request) = 0;
    virtual void serverFinished(ServerReport report) = 0;
};

} // namespace rt
