// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/wireobserver.h"
#include "server/incomingmessage.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace rt {

/// What Node throws from setHeader(), writeHead() and write().
enum class ServerResponseFault {
    HeadersSentSet,
    HeadersSentRemove,
    HeadersSentWrite,
    InvalidStatusCode,
    InvalidHeaderName,
    InvalidHeaderValue,
    InvalidStatusMessage,
    TrailerNotAllowed,
};
/// "response.InvalidStatusCode"
QByteArray faultId(ServerResponseFault fault);

/// The error object Node throws for a fault.
struct ResponseError
{
    ServerResponseFault fault = ServerResponseFault::InvalidStatusCode;
    /// Error, TypeError, RangeError
    QByteArray name;
    /// ERR_INVALID_CHAR and the like: err.code.
    QByteArray code;
    QString message;
};

/// Rewrites body bytes on their way out (compression). While one is set, the head is written before
/// the length of the body is known, as with npm packages that wrap res.write and res.end.
class BodyFilter
{
public:
    virtual ~BodyFilter() = default;
    /// Decided when the head is written; an inactive filter lets the bytes through.
    virtual bool isActive() const = 0;
    virtual QByteArray write(QByteArrayView bytes) = 0;
    virtual QByteArray flush() = 0;
    virtual QByteArray finish() = 0;
};

/// What stands before res.end(), as npm express-session does to save the session first.
enum class EndGate {
    /// end() goes on.
    Open,
    /// Head and body go out now, but for the body's last byte where its length is known; the answer
    /// is complete with releaseEnd().
    Hold,
    /// What stands there threw an error of its own: no end() has an effect any more.
    Broken,
};

/// What Node was handed as a piece of body. A string without chunked framing goes out in one piece
/// with the head, which then is UTF-8 as the string is; else the head is Latin-1.
enum class BodyKind { Buffer, String };

class ServerResponse;

/// Where a response's bytes go: a connection, or a buffer in tests.
class ResponseSink
{
public:
    virtual ~ResponseSink() = default;
    virtual void write(ServerResponse &response, const QByteArray &bytes) = 0;
    /// Bytes accepted and not handed to the network yet.
    virtual qint64 bytesWaiting() const = 0;
    /// end() was called and all bytes were passed to write().
    virtual void responseEnded(ServerResponse &response) = 0;
    /// socket.destroy(): the connection goes away at once.
    virtual void destroyConnection() = 0;
    /// Value of Date, cached per second.
    virtual QByteArray date() = 0;
};

/// Node 20's http.ServerResponse: order of headers, framing, keep-alive and faults are its own.
/// After a fault (Node would throw) further calls do nothing until takeError().
class ServerResponse : public std::enable_shared_from_this<ServerResponse>
{
public:
    /// How the connection may go on; set by the server before the request is offered to anyone.
    struct Persistence
    {
        bool keepAlive = true;
        /// Advertised as Keep-Alive: timeout=N; 0 advertises nothing.
        int keepAliveSeconds = 5;
    };
    using Callback = std::function<void()>;

    /// `sink` is used until connectionClosed().
    ServerResponse(RequestHead request, IncomingMessage::Peer peer, Persistence persistence,
                   ResponseSink &sink);
    ~ServerResponse();
    Q_DISABLE_COPY_MOVE(ServerResponse)

    IncomingMessage &request() { return m_request; }
    const IncomingMessage &request() const { return m_request; }

    int statusCode = 200;
    /// Empty: Node's text for the status.
    QByteArray statusMessage;

    const HeaderList &headers() const { return m_headers; }
    bool hasHeader(QByteArrayView name) const { return m_headers.contains(name); }
    /// First value; nullopt when absent.
    std::optional<QByteArray> header(QByteArrayView name) const { return m_headers.first(name); }
    void setHeader(const QByteArray &name, const QByteArray &value);
    void setHeader(const QByteArray &name, const QByteArrayList &values);
    void appendHeader(const QByteArray &name, const QByteArray &value);
    void removeHeader(const QByteArray &name);

    /// npm on-headers: called once, just before the head is written, last added first.
    void onHeaders(Callback callback);
    void setBodyFilter(std::unique_ptr<BodyFilter> filter);
    /// Asked once, by the first end().
    void setEndGate(std::function<EndGate()> gate);
    /// The end that EndGate::Hold kept back.
    void releaseEnd();
    /// While the callbacks of onHeaders run on behalf of end(): how many bytes that call carries.
    std::optional<qint64> endLength() const { return m_endLength; }

    void writeHead(int status, const HeaderList &headers = {});
    /// False: more than the high-water mark waits; onDrain() tells when to go on.
    bool write(const QByteArray &bytes, BodyKind kind = BodyKind::Buffer);
    void end(const QByteArray &bytes = {}, BodyKind kind = BodyKind::Buffer);
    /// Pushes out what a body filter holds back (res.flush of npm compression); else nothing.
    void flush();
    /// 100, 102, 103: a head that precedes the answer.
    void writeInformation(int status, const HeaderList &headers = {});
    void writeContinue();
    void setTrailers(const HeaderList &trailers) { m_trailers = trailers; }
    /// socket.destroy()
    void destroy();

    bool headersSent() const { return m_headWritten; }
    /// end() was called.
    bool ended() const { return m_ended; }
    /// Ended and handed to the network, or the connection is gone.
    bool closed() const { return m_closed; }
    /// The connection went away before the end.
    bool aborted() const { return m_aborted; }

    void onDrain(Callback callback) { m_drain = std::move(callback); }
    /// All was handed over. Called once, before onClose.
    void onFinish(Callback callback) { m_finishCallbacks.push_back(std::move(callback)); }
    /// Finished, or the connection went away. Called once.
    void onClose(Callback callback) { m_closeCallbacks.push_back(std::move(callback)); }

    bool hasError() const { return m_error.has_value(); }
    std::optional<ResponseError> takeError();
    /// Further calls do nothing until takeError(): somebody else has an error to deal with first.
    void block();

    /// Somebody watches the wire: upper layers may trace. Costs nothing when false.
    bool observed() const { return m_capture != nullptr; }
    /// Fills in what upper layers know, just before the report is handed out. May be set by
    /// several.
    void onReport(std::function<void(ServerReport &)> reporter);

    // --- for the server
    struct Capture
    {
        ServerReport report;
        bool body = true;
    };
    void observe(std::unique_ptr<Capture> capture) { m_capture = std::move(capture); }
    Capture *capture() { return m_capture.get(); }
    void report(ServerReport &report);
    /// Pipelined answers wait for theirs: until then output is kept back.
    void takeTurn();
    bool isLast() const { return m_last; }
    /// No further request on this connection, unless the head is out already.
    void dropKeepAlive();
    void expectContinue() { m_expectsContinue = true; }
    void drained();
    void finished();
    void connectionClosed();
    qint64 bytesPending() const { return m_pending.size(); }

private:
    struct HeadState;

    bool refuse(ServerResponseFault fault, const QByteArray &detail = {});
    bool ensureHead();
    bool makeHead(int status, const HeaderList &headers);
    bool storeHead();
    void addConnectionFields(const HeadState &state);
    void addFraming(const HeadState &state);
    HeadState inspectHeaders();
    bool makeEndHead(const QByteArray &bytes);
    bool passGate(const QByteArray &bytes, BodyKind kind);
    void finishEnd(const QByteArray &bytes, BodyKind kind);
    void sendBody(const QByteArray &bytes, BodyKind kind = BodyKind::Buffer);
    void send(const QByteArray &bytes);
    void pass(const QByteArray &bytes);
    void releaseCallbacks();

    IncomingMessage m_request;
    HeaderList m_headers;
    HeaderList m_trailers;
    std::vector<Callback> m_headersCallbacks;
    std::vector<Callback> m_finishCallbacks;
    std::vector<Callback> m_closeCallbacks;
    std::vector<std::function<void(ServerReport &)>> m_reporters;
    Callback m_drain;
    std::unique_ptr<BodyFilter> m_filter;
    std::function<EndGate()> m_endGate;
    /// What end() keeps back while the gate holds it.
    QByteArray m_heldBytes;
    bool m_endHeld = false;
    /// The filter was set after the gate: what it makes of the body goes out before the gate is
    /// asked.
    bool m_filterBeforeGate = false;
    std::unique_ptr<Capture> m_capture;
    std::optional<ResponseError> m_error;
    std::optional<qint64> m_endLength;
    std::optional<qint64> m_contentLength;
    ResponseSink *m_sink = nullptr;
    bool m_hasTurn = false;
    QByteArray m_head;
    QByteArray m_pending;
    int m_keepAliveSeconds = 5;
    bool m_keepAlive = true;
    bool m_chunkedByDefault = true;
    bool m_hasBody = true;
    bool m_chunked = false;
    bool m_last = false;
    bool m_sendDate = true;
    bool m_defaultKeepAlive = true;
    bool m_removedConnection = false;
    bool m_removedContentLength = false;
    bool m_removedTransferEncoding = false;
    bool m_expectsContinue = false;
    bool m_sentContinue = false;
    bool m_headWritten = false;
    bool m_ended = false;
    bool m_closed = false;
    bool m_aborted = false;
    bool m_needDrain = false;
};

} // namespace rt
