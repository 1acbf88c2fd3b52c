// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/message.h"
#include "http/requestparser.h"

#include <memory>
#include <variant>
#include <vector>

namespace rt {

/// Why a response is unusable. The verdicts are Chromium's, which forgives more than Node.
enum class ResponseReadFault {
    EmptyResponse,
    NotHttp,
    HeadTooLarge,
    HeadTruncated,
    MultipleContentLength,
    MultipleLocation,
    MultipleContentDisposition,
    InvalidChunkedEncoding,
    IncompleteChunkedEncoding,
    ContentLengthMismatch,
};

/// "http.ContentLengthMismatch".
QByteArray faultId(ResponseReadFault fault);
QString faultSentence(ResponseReadFault fault);
/// Chromium's name, "net::ERR_CONTENT_LENGTH_MISMATCH".
QByteArray netError(ResponseReadFault fault);

struct ResponseHeadEvent
{
    ResponseHead head;
    QByteArray raw;
    /// 1xx other than 101: the final response is still to come.
    bool interim = false;
    /// The connection may be used again after this response.
    bool keepAlive = true;
    BodyFraming framing = BodyFraming::None;
    quint64 contentLength = 0;
    /// 101, or 2xx to CONNECT: what follows is another protocol, see takeRest().
    bool upgrade = false;
};

struct ResponseFaultEvent
{
    ResponseReadFault fault = ResponseReadFault::NotHttp;
    QByteArray raw;
};

using ResponseEvent
    = std::variant<ResponseHeadEvent, BodyEvent, MessageEndEvent, ResponseFaultEvent>;

/// Reads HTTP/1 responses from bytes as they arrive, as Chromium does; knows no socket.
class ResponseParser
{
public:
    ResponseParser();
    ~ResponseParser();
    Q_DISABLE_COPY_MOVE(ResponseParser)

    /// Tells the method of the next request in line; needed before its response arrives, because
    /// HEAD and CONNECT change what a head means (RFC 9112 §6.3).
    void expect(QByteArray requestMethod);
    std::vector<ResponseEvent> feed(QByteArrayView bytes);
    /// The server closed: ends a close-delimited body, else faults when a response was awaited.
    std::vector<ResponseEvent> finish();
    /// Bytes behind a head with `upgrade`, or behind the last awaited response.
    QByteArray takeRest();

private:
    class Machine;
    std::unique_ptr<Machine> m_machine;
};

} // namespace rt
