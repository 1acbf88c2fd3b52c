// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/serverresponse.h"

#include "http/messagewriter.h"
#include "server/responsehead.h"

#include <algorithm>
#include <utility>

namespace rt {

namespace {

/// Node's default writableHighWaterMark of sockets.
constexpr qint64 highWaterMark = 16384;

} // namespace

ServerResponse::ServerResponse(RequestHead request, IncomingMessage::Peer peer,
                               Persistence persistence, ResponseSink &sink)
    : m_request(std::move(request), std::move(peer)), m_sink(&sink),
      m_keepAliveSeconds(persistence.keepAliveSeconds), m_keepAlive(persistence.keepAlive),
      m_hasBody(m_request.method() != "HEAD")
{
    // A client before HTTP/1.1 gets chunks only when it says it reads them.
    if (m_request.head().version < HttpVersion {1, 1}) {
        const auto te = m_request.header("TE");
        m_chunkedByDefault = te && containsWord(*te, "chunked");
    }
}

ServerResponse::~ServerResponse() = default;

bool ServerResponse::refuse(ServerResponseFault fault, const QByteArray &detail)
{
    if (!m_error)
        m_error = responseError(fault, detail);
    return false;
}

std::optional<ResponseError> ServerResponse::takeError()
{
    return std::exchange(m_error, std::nullopt);
}

void ServerResponse::block()
{
    if (!m_error)
        m_error.emplace();
}

void ServerResponse::setHeader(const QByteArray &name, const QByteArray &value)
{
    if (m_error)
        return;
    if (m_headWritten)
        refuse(ServerResponseFault::HeadersSentSet);
    else if (!isToken(name))
        refuse(ServerResponseFault::InvalidHeaderName, name);
    else if (!isFieldValue(value))
        refuse(ServerResponseFault::InvalidHeaderValue, name);
    else
        m_headers.set(name, value);
}

void ServerResponse::setHeader(const QByteArray &name, const QByteArrayList &values)
{
    if (m_error)
        return;
    if (m_headWritten)
        refuse(ServerResponseFault::HeadersSentSet);
    else if (!isToken(name))
        refuse(ServerResponseFault::InvalidHeaderName, name);
    else if (!std::all_of(values.begin(), values.end(),
                          [](const auto &v) { return isFieldValue(v); }))
        refuse(ServerResponseFault::InvalidHeaderValue, name);
    else
        m_headers.set(name, values);
}

void ServerResponse::appendHeader(const QByteArray &name, const QByteArray &value)
{
    QByteArrayList values = m_headers.all(name);
    if (values.isEmpty()) {
        setHeader(name, value);
        return;
    }
    values.append(value);
    setHeader(name, values);
}

void ServerResponse::removeHeader(const QByteArray &name)
{
    if (m_error)
        return;
    if (m_headWritten) {
        refuse(ServerResponseFault::HeadersSentRemove);
        return;
    }
    if (equalsIgnoringCase(name, "connection"))
        m_removedConnection = true;
    else if (equalsIgnoringCase(name, "content-length"))
        m_removedContentLength = true;
    else if (equalsIgnoringCase(name, "transfer-encoding"))
        m_removedTransferEncoding = true;
    else if (equalsIgnoringCase(name, "date"))
        m_sendDate = false;
    m_headers.remove(name);
}

void ServerResponse::onHeaders(Callback callback)
{
    m_headersCallbacks.push_back(std::move(callback));
}

void ServerResponse::writeHead(int status, const HeaderList &headers)
{
    if (!m_error)
        makeHead(status, headers);
}

bool ServerResponse::ensureHead()
{
    return m_headWritten || makeHead(statusCode, {});
}

bool ServerResponse::makeHead(int status, const HeaderList &headers)
{
    if (m_headWritten)
        return refuse(ServerResponseFault::HeadersSentWrite);
    if (!m_headersCallbacks.empty() || !headers.isEmpty()) {
        statusCode = status;
        for (const HeaderField &field : headers)
            setHeader(field.name, field.value);
        // A callback runs once, even when the head then turns out to be impossible.
        const auto callbacks = std::exchange(m_headersCallbacks, {});
        for (auto callback = callbacks.rbegin(); callback != callbacks.rend(); ++callback)
            (*callback)();
        status = statusCode;
    }
    if (m_error)
        return false;
    if (status < 100 || status > 999)
        return refuse(ServerResponseFault::InvalidStatusCode, QByteArray::number(status));
    if (statusMessage.isEmpty())
        statusMessage = reasonPhrase(status);
    if (statusMessage.isEmpty())
        statusMessage = "unknown";
    if (!isFieldValue(statusMessage))
        return refuse(ServerResponseFault::InvalidStatusMessage);
    statusCode = status;
    if (status == 204 || status == 304 || status < 200)
        m_hasBody = false;
    if (m_expectsContinue && !m_sentContinue)
        m_keepAlive = false;
    return storeHead();
}

/// What Node's _storeHeader() learns from the fields that are set (its `state`).
struct ServerResponse::HeadState
{
    bool connection = false;
    bool contentLength = false;
    bool transferEncoding = false;
    bool date = false;
    bool trailer = false;
};

ServerResponse::HeadState ServerResponse::inspectHeaders()
{
    HeadState state;
    for (const HeaderField &field : m_headers) {
        const auto is = [&](QByteArrayView name) { return equalsIgnoringCase(field.name, name); };
        if (is("connection")) {
            state.connection = true;
            m_removedConnection = false;
            if (containsWord(field.value, "close"))
                m_last = true;
            else
                m_keepAlive = true;
        } else if (is("transfer-encoding")) {
            state.transferEncoding = true;
            m_chunked = m_chunked || containsWord(field.value, "chunked");
        } else if (is("content-length")) {
            state.contentLength = true;
        } else if (is("date")) {
            state.date = true;
        } else if (is("trailer")) {
            state.trailer = true;
        } else if (is("keep-alive")) {
            m_defaultKeepAlive = false;
        }
    }
    return state;
}

bool ServerResponse::storeHead()
{
    const HeadState state = inspectHeaders();
    if (m_sendDate && !state.date && m_sink)
        m_headers.append("Date", m_sink->date());
    if (m_chunked && (statusCode == 204 || statusCode == 304)) {
        m_chunked = false;
        m_keepAlive = false;
    }
    addConnectionFields(state);
    addFraming(state);
    if (state.trailer && !m_chunked)
        return refuse(ServerResponseFault::TrailerNotAllowed);
    ResponseHead head {statusCode, statusMessage, HttpVersion {1, 1}, m_headers};
    m_head.reserve(512);
    appendResponseHead(m_head, head);
    if (m_capture)
        m_capture->report.end.response = std::move(head);
    m_headWritten = true;
    return true;
}

void ServerResponse::addConnectionFields(const HeadState &state)
{
    if (m_removedConnection) {
        m_last = !m_keepAlive;
        return;
    }
    if (state.connection)
        return;
    if (!m_keepAlive || !(state.contentLength || m_chunkedByDefault)) {
        m_last = true;
        m_headers.append("Connection", "close");
        return;
    }
    m_headers.append("Connection", "keep-alive");
    if (m_keepAliveSeconds > 0 && m_defaultKeepAlive)
        m_headers.append("Keep-Alive", "timeout=" + QByteArray::number(m_keepAliveSeconds));
}

void ServerResponse::addFraming(const HeadState &state)
{
    if (state.contentLength || state.transferEncoding)
        return;
    if (!m_hasBody) {
        m_chunked = false;
    } else if (!m_chunkedByDefault) {
        m_last = true;
    } else if (!state.trailer && !m_removedContentLength && m_contentLength) {
        m_headers.append("Content-Length", QByteArray::number(*m_contentLength));
    } else if (!m_removedTransferEncoding) {
        m_headers.append("Transfer-Encoding", "chunked");
        m_chunked = true;
    } else {
        m_last = true;
    }
}

bool ServerResponse::write(const QByteArray &bytes, BodyKind kind)
{
    if (m_error || m_ended || m_closed)
        return false;
    if (!ensureHead())
        return false;
    if (m_filter && m_filter->isActive())
        sendBody(m_filter->write(bytes));
    else
        sendBody(bytes, kind);
    const qint64 waiting = m_hasTurn && m_sink ? m_sink->bytesWaiting() : m_pending.size();
    m_needDrain = waiting >= highWaterMark;
    return !m_needDrain;
}

void ServerResponse::flush()
{
    if (m_error || m_ended || m_closed || !m_filter || !m_filter->isActive())
        return;
    sendBody(m_filter->flush());
}

void ServerResponse::setBodyFilter(std::unique_ptr<BodyFilter> filter)
{
    m_filter = std::move(filter);
    m_filterBeforeGate = m_endGate != nullptr;
}

void ServerResponse::setEndGate(std::function<EndGate()> gate)
{
    m_endGate = std::move(gate);
}

void ServerResponse::end(const QByteArray &bytes, BodyKind kind)
{
    if (m_error || m_ended || m_closed || m_endHeld)
        return;
    if (!m_endGate) {
        finishEnd(bytes, kind);
        return;
    }
    QByteArray rest = bytes;
    if (m_filterBeforeGate) {
        if (!makeEndHead(rest))
            return;
        if (m_filter->isActive()) {
            rest = m_filter->write(rest);
            rest += m_filter->finish();
            sendBody(std::exchange(rest, {}));
            m_filter.reset();
        }
    }
    if (passGate(rest, kind))
        finishEnd(rest, kind);
}

/// The order of events is that of npm express-session's end(): ask, head, body but for its last
/// byte, wait.
bool ServerResponse::passGate(const QByteArray &bytes, BodyKind kind)
{
    switch (std::exchange(m_endGate, nullptr)()) {
    case EndGate::Open:
        return true;
    case EndGate::Broken:
        m_endHeld = true;
        return false;
    case EndGate::Hold:
        m_endHeld = true;
        m_heldBytes = bytes;
        if (!ensureHead() || bytes.isEmpty())
            return false;
        const bool lengthKnown = header("Content-Length").value_or("0").toDouble() > 0;
        m_heldBytes = lengthKnown ? bytes.last(1) : QByteArray();
        write(lengthKnown ? bytes.chopped(1) : bytes, lengthKnown ? BodyKind::Buffer : kind);
        return false;
    }
    Q_UNREACHABLE();
}

void ServerResponse::releaseEnd()
{
    if (std::exchange(m_endHeld, false) && !m_closed && !m_ended && !m_error)
        finishEnd(std::exchange(m_heldBytes, {}), BodyKind::Buffer);
}

/// The head an end() with these bytes writes.
bool ServerResponse::makeEndHead(const QByteArray &bytes)
{
    if (m_headWritten)
        return true;
    m_endLength = bytes.size();
    if (!m_filter)
        m_contentLength = bytes.size();
    const bool made = ensureHead();
    m_endLength.reset();
    return made;
}

void ServerResponse::finishEnd(const QByteArray &bytes, BodyKind kind)
{
    if (!makeEndHead(bytes))
        return;
    if (m_filter && m_filter->isActive()) {
        QByteArray out = bytes.isEmpty() ? QByteArray() : m_filter->write(bytes);
        out += m_filter->finish();
        sendBody(out);
    } else {
        sendBody(bytes, kind);
    }
    if (m_hasBody && m_chunked)
        send(lastChunk(m_trailers));
    else if (!m_head.isEmpty())
        send({});
    m_ended = true;
    if (m_sink && m_hasTurn)
        m_sink->responseEnded(*this);
}

void ServerResponse::sendBody(const QByteArray &bytes, BodyKind kind)
{
    if (!m_hasBody)
        return;
    if (bytes.isEmpty()) {
        // Node sends the head with the first write(), even an empty one.
        if (!m_head.isEmpty() && !m_ended)
            send({});
        return;
    }
    if (m_capture) {
        if (m_chunked)
            ++m_capture->report.end.responseChunks;
        m_capture->report.end.responseBody += bytes;
    }
    if (kind == BodyKind::String && !m_chunked && !m_head.isEmpty())
        m_head = QString::fromLatin1(m_head).toUtf8();
    // Node puts the head of an answer that waits for its turn in front of what it queued before,
    // a 100 Continue included.
    if (kind == BodyKind::Buffer && !m_chunked && !m_hasTurn && m_sink)
        m_pending.prepend(std::exchange(m_head, {}));
    send(m_chunked ? writeChunk(bytes) : bytes);
}

void ServerResponse::send(const QByteArray &bytes)
{
    const QByteArray head = std::exchange(m_head, {});
    // One buffer for head and body: one system call per answer.
    pass(head.isEmpty() ? bytes : bytes.isEmpty() ? head : head + bytes);
}

void ServerResponse::pass(const QByteArray &bytes)
{
    if (m_sink && m_hasTurn)
        m_sink->write(*this, bytes);
    else if (m_sink)
        m_pending += bytes;
}

void ServerResponse::writeContinue()
{
    writeInformation(100);
    m_sentContinue = true;
}

void ServerResponse::writeInformation(int status, const HeaderList &headers)
{
    if (m_headWritten || m_closed)
        return;
    pass(writeResponseHead({status, reasonPhrase(status), HttpVersion {1, 1}, headers}));
}

void ServerResponse::destroy()
{
    if (m_sink)
        m_sink->destroyConnection();
}

void ServerResponse::takeTurn()
{
    m_hasTurn = true;
    if (!m_pending.isEmpty())
        m_sink->write(*this, std::exchange(m_pending, {}));
    if (m_ended)
        m_sink->responseEnded(*this);
    else
        drained();
}

void ServerResponse::dropKeepAlive()
{
    if (!m_headWritten)
        m_keepAlive = false;
    m_last = true;
}

void ServerResponse::drained()
{
    if (m_ended || m_closed || !std::exchange(m_needDrain, false))
        return;
    if (const Callback drain = m_drain)
        drain();
}

void ServerResponse::finished()
{
    if (std::exchange(m_closed, true))
        return;
    for (const Callback &callback : std::exchange(m_finishCallbacks, {}))
        callback();
    for (const Callback &callback : std::exchange(m_closeCallbacks, {}))
        callback();
    releaseCallbacks();
}

void ServerResponse::connectionClosed()
{
    m_sink = nullptr;
    m_pending.clear();
    if (std::exchange(m_closed, true))
        return;
    m_aborted = true;
    m_request.abort();
    for (const Callback &callback : std::exchange(m_closeCallbacks, {}))
        callback();
    releaseCallbacks();
}

void ServerResponse::releaseCallbacks()
{
    m_headersCallbacks.clear();
    m_finishCallbacks.clear();
    m_drain = nullptr;
}

void ServerResponse::onReport(std::function<void(ServerReport &)> reporter)
{
    m_reporters.push_back(std::move(reporter));
}

void ServerResponse::report(ServerReport &report)
{
    for (const auto &reporter : std::exchange(m_reporters, {}))
        reporter(report);
}

} // namespace rt
