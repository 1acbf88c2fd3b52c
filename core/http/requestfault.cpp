// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/requestfault.h"

#include <array>

namespace rt {

namespace {

struct FaultRow
{
    RequestFault fault;
    const char *name;
    const char *code;
    int status;
    const char *sentence;
};

constexpr std::array<FaultRow, 31> rows {{
    {RequestFault::InvalidMethod, "InvalidMethod", "HPE_INVALID_METHOD", 400,
     "The request line does not begin with a method that Node knows, in capitals."},
    {RequestFault::NoSpaceAfterMethod, "NoSpaceAfterMethod", "HPE_INVALID_METHOD", 400,
     "A space has to follow the method."},
    {RequestFault::MethodNotForHttp, "MethodNotForHttp", "HPE_INVALID_CONSTANT", 400,
     "This method belongs to another protocol than HTTP."},
    {RequestFault::Http2Preface, "Http2Preface", "HPE_PAUSED_H2_UPGRADE", 400,
     "The client speaks HTTP/2 to a server of HTTP/1."},
    {RequestFault::InvalidTarget, "InvalidTarget", "HPE_INVALID_URL", 400,
     "The request target holds a byte that has to be percent-encoded, or is missing."},
    {RequestFault::InvalidProtocol, "InvalidProtocol", "HPE_INVALID_CONSTANT", 400,
     "The request line has to end in HTTP/1.0 or HTTP/1.1."},
    {RequestFault::InvalidVersion, "InvalidVersion", "HPE_INVALID_VERSION", 400,
     "The HTTP version is none that exists."},
    {RequestFault::MissingLineFeed, "MissingLineFeed", "HPE_LF_EXPECTED", 400,
     "A carriage return has to be followed by a line feed."},
    {RequestFault::BareLineFeed, "BareLineFeed", "HPE_CR_EXPECTED", 400,
     "A line ends in a line feed without the carriage return before it."},
    {RequestFault::SpaceBeforeFirstField, "SpaceBeforeFirstField", "HPE_INVALID_HEADER_TOKEN", 400,
     "The first header line begins with a space."},
    {RequestFault::InvalidFieldName, "InvalidFieldName", "HPE_INVALID_HEADER_TOKEN", 400,
     "A header name holds a byte that no name may have."},
    {RequestFault::SpaceBeforeColon, "SpaceBeforeColon", "HPE_INVALID_HEADER_TOKEN", 400,
     "There is a space between a header name and its colon."},
    {RequestFault::MissingColon, "MissingColon", "HPE_INVALID_HEADER_TOKEN", 400,
     "A header line has no colon."},
    {RequestFault::InvalidFieldValue, "InvalidFieldValue", "HPE_INVALID_HEADER_TOKEN", 400,
     "A header value holds a control character."},
    {RequestFault::ObsoleteLineFolding, "ObsoleteLineFolding", "HPE_INVALID_HEADER_TOKEN", 400,
     "A header value goes on in the next line, which RFC 9112 forbids."},
    {RequestFault::EmptyContentLength, "EmptyContentLength", "HPE_INVALID_CONTENT_LENGTH", 400,
     "Content-Length is empty."},
    {RequestFault::InvalidContentLength, "InvalidContentLength", "HPE_INVALID_CONTENT_LENGTH", 400,
     "Content-Length is no plain decimal number."},
    {RequestFault::ContentLengthOverflow, "ContentLengthOverflow", "HPE_INVALID_CONTENT_LENGTH", 400,
     "Content-Length is larger than any message can be."},
    {RequestFault::DuplicateContentLength, "DuplicateContentLength", "HPE_UNEXPECTED_CONTENT_LENGTH", 400,
     "Content-Length stands there twice."},
    {RequestFault::ContentLengthWithTransferEncoding, "ContentLengthWithTransferEncoding",
     "HPE_INVALID_TRANSFER_ENCODING", 400,
     "Content-Length and Transfer-Encoding contradict each other: a way to smuggle requests."},
    {RequestFault::TransferEncodingNotChunkedLast, "TransferEncodingNotChunkedLast",
     "HPE_INVALID_TRANSFER_ENCODING", 400, "Transfer-Encoding of a request has to end in chunked."},
    {RequestFault::InvalidChunkSize, "InvalidChunkSize", "HPE_INVALID_CHUNK_SIZE", 400,
     "A chunk does not begin with its size in hexadecimal digits."},
    {RequestFault::ChunkSizeOverflow, "ChunkSizeOverflow", "HPE_INVALID_CHUNK_SIZE", 400,
     "A chunk is larger than any message can be."},
    {RequestFault::InvalidChunkExtension, "InvalidChunkExtension", "HPE_STRICT", 400,
     "A chunk extension holds a byte it may not have."},
    {RequestFault::ChunkExtensionsTooLong, "ChunkExtensionsTooLong", "HPE_CHUNK_EXTENSIONS_OVERFLOW", 413,
     "The chunk extensions are larger than 16 KiB."},
    {RequestFault::MissingChunkEnd, "MissingChunkEnd", "HPE_STRICT", 400,
     "A chunk is longer than its size says."},
    {RequestFault::HeadTooLarge, "HeadTooLarge", "HPE_HEADER_OVERFLOW", 431,
     "Request line and headers are larger than 16 KiB together."},
    {RequestFault::DataAfterClose, "DataAfterClose", "HPE_CLOSED_CONNECTION", 400,
     "More bytes follow a request that announced the end of the connection."},
    {RequestFault::EndedTooEarly, "EndedTooEarly", "HPE_INVALID_EOF_STATE", 400,
     "The client stopped sending in the middle of a message."},
    {RequestFault::HeadTimeout, "HeadTimeout", "ERR_HTTP_REQUEST_TIMEOUT", 408,
     "The head did not arrive in time."},
    {RequestFault::RequestTimeout, "RequestTimeout", "ERR_HTTP_REQUEST_TIMEOUT", 408,
     "The request did not arrive in time."},
}};

const FaultRow &rowOf(RequestFault fault)
{
    return rows.at(static_cast<size_t>(fault));
}

} // namespace

QByteArray faultId(RequestFault fault)
{
    return QByteArray("http.") + rowOf(fault).name;
}

QString faultSentence(RequestFault fault)
{
    return QString::fromLatin1(rowOf(fault).sentence);
}

QByteArray faultCode(RequestFault fault)
{
    return rowOf(fault).code;
}

int faultStatus(RequestFault fault)
{
    return rowOf(fault).status;
}

QByteArray faultAnswer(RequestFault fault)
{
    switch (faultStatus(fault)) {
    case 408:
        return "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n";
    case 413:
        return "HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\n\r\n";
    case 431:
        return "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n";
    default:
        return "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
    }
}

} // namespace rt
