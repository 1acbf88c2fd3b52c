// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/message.h"
#include "http/requestfault.h"

#include <memory>
#include <variant>
#include <vector>

namespace rt {

/// How the end of a message's content is found (RFC 9112 §6.3).
enum class BodyFraming { None, ContentLength, Chunked, UntilClose };

enum class Expectation { None, Continue, Unknown };

/// A request head is complete. `raw` of this and the following events, put together, are the bytes
/// as received (empty lines before a request left out).
struct RequestHeadEvent
{
    RequestHead head;
    QByteArray raw;
    /// The connection may carry another request after this one (llhttp_should_keep_alive).
    bool keepAlive = true;
    BodyFraming framing = BodyFraming::None;
    quint64 contentLength = 0;
    /// HTTP/1.1 without Host: Node answers 400 itself unless requireHostHeader is off.
    bool missingHost = false;
    /// What Node does with an Expect field of HTTP/1.1: 100 Continue, or 417 when it is anything
    /// else.
    Expectation expectation = Expectation::None;
    /// CONNECT, or an Upgrade field together with `Connection: upgrade`. The parser stops behind
    /// this head until takeRest() or declineUpgrade() is called.
    bool upgrade = false;
    bool hasBody() const
    {
        return framing == BodyFraming::Chunked || framing == BodyFraming::UntilClose
            || contentLength > 0;
    }
};

/// A piece of content without its transfer coding; borders mean nothing.
struct BodyEvent
{
    QByteArray data;
    QByteArray raw;
    /// First piece of a chunk of the chunked transfer coding.
    bool startsChunk = false;
};

/// The message is whole.
struct MessageEndEvent
{
    HeaderList trailers;
    QByteArray raw;
};

/// The parser is done with this connection: answer with faultAnswer() and close.
struct RequestFaultEvent
{
    RequestFault fault = RequestFault::InvalidMethod;
    /// Everything received since the last event, also what stands behind the offending byte.
    QByteArray raw;
    /// Where in `raw` the offending byte is; raw.size() when no single byte is.
    qsizetype position = 0;
};

using RequestEvent = std::variant<RequestHeadEvent, BodyEvent, MessageEndEvent, RequestFaultEvent>;

/// Limits of Node's http server.
struct RequestLimits
{
    /// --max-http-header-size: target, field names and field values, counted without separators.
    int maxHeaderSize = 16384;
    /// server.maxHeadersCount; further fields are dropped without a word. 0: no limit.
    int maxHeadersCount = 1000;
};

/// Reads HTTP/1 requests from bytes as they arrive, as Node 20 does; knows no socket. See
/// faultId() for its refusals. RFC 9112.
class RequestParser
{
public:
    explicit RequestParser(RequestLimits limits = {});
    ~RequestParser();
    Q_DISABLE_COPY_MOVE(RequestParser)

    /// Any number of bytes; pipelined requests come out as several heads.
    std::vector<RequestEvent> feed(QByteArrayView bytes);
    /// The peer half-closed: a fault when a message is under way, else nothing.
    std::vector<RequestEvent> finish();

    /// A head with `upgrade` was given out and nobody decided yet.
    bool awaitsUpgrade() const;
    /// The upgrade is taken: hands out the unparsed bytes; the parser is not used again.
    QByteArray takeRest();
    /// Nobody listens for upgrades: goes on as Node does without such a listener.
    std::vector<RequestEvent> declineUpgrade();

    /// No byte of a message has been read since the last one ended.
    bool isIdle() const;
    /// A head has begun and is not complete.
    bool isInHead() const;

private:
    class Machine;
    std::unique_ptr<Machine> m_machine;
};

} // namespace rt
