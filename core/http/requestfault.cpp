// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/requestfault.h"

#include <QCoreApplication>

namespace rt {

namespace {

struct FaultText
{
    const char *id;
    const char *code;
    const char *sentence;
};

/// In the order of the enum.
constexpr FaultText texts[] = {
    {"InvalidMethod", "HPE_INVALID_METHOD",
     QT_TRANSLATE_NOOP(
         "http",
         "The request line does not begin with a method Node knows; methods are upper case.")},
    {"NoSpaceAfterMethod", "HPE_INVALID_METHOD",
     QT_TRANSLATE_NOOP("http", "The method must be followed by a space.")},
    {"MethodNotForHttp", "HPE_INVALID_CONSTANT",
     QT_TRANSLATE_NOOP(
         "http",
         "This method belongs to another protocol than the one named in the request line.")},
    {"Http2Preface", "HPE_PAUSED_H2_UPGRADE",
     QT_TRANSLATE_NOOP("http",
                       "The client speaks HTTP/2 without TLS; this server speaks HTTP/1.1.")},
    {"InvalidTarget", "HPE_INVALID_URL",
     QT_TRANSLATE_NOOP("http",
                       "The request target holds a character that must be percent-encoded, or is "
                       "no path, absolute URL or \"*\".")},
    {"InvalidProtocol", "HPE_INVALID_CONSTANT",
     QT_TRANSLATE_NOOP("http", "The request line must end with HTTP/ and a version.")},
    {"InvalidVersion", "HPE_INVALID_VERSION",
     QT_TRANSLATE_NOOP("http", "The request line names no HTTP version this server speaks.")},
    {"MissingLineFeed", "HPE_LF_EXPECTED",
     QT_TRANSLATE_NOOP("http", "A carriage return is not followed by a line feed.")},
    {"BareLineFeed", "HPE_CR_EXPECTED",
     QT_TRANSLATE_NOOP(
         "http",
         "A line ends with a line feed alone; HTTP lines end with carriage return and line feed.")},
    {"SpaceBeforeFirstField", "HPE_UNEXPECTED_SPACE",
     QT_TRANSLATE_NOOP("http", "The first header line begins with a space.")},
    {"InvalidFieldName", "HPE_INVALID_HEADER_TOKEN",
     QT_TRANSLATE_NOOP("http",
                       "A header name is empty or holds a character that is not allowed there.")},
    {"SpaceInFieldName", "HPE_INVALID_HEADER_TOKEN",
     QT_TRANSLATE_NOOP("http",
                       "A header name holds a space or tab, or one stands before the colon.")},
    {"MissingColon", "HPE_INVALID_HEADER_TOKEN",
     QT_TRANSLATE_NOOP("http", "A header line has no colon.")},
    {"InvalidFieldValue", "HPE_INVALID_HEADER_TOKEN",
     QT_TRANSLATE_NOOP("http", "A header value holds a control character.")},
    {"ObsoleteLineFolding", "HPE_INVALID_HEADER_TOKEN",
     QT_TRANSLATE_NOOP(
         "http", "A header value goes on in the next line; this folding is obsolete and refused.")},
    {"EmptyContentLength", "HPE_INVALID_CONTENT_LENGTH",
     QT_TRANSLATE_NOOP("http", "Content-Length has no value.")},
    {"InvalidContentLength", "HPE_INVALID_CONTENT_LENGTH",
     QT_TRANSLATE_NOOP("http", "Content-Length is not a plain decimal number.")},
    {"ContentLengthOverflow", "HPE_INVALID_CONTENT_LENGTH",
     QT_TRANSLATE_NOOP("http", "Content-Length does not fit into 64 bits.")},
    {"DuplicateContentLength", "HPE_UNEXPECTED_CONTENT_LENGTH",
     QT_TRANSLATE_NOOP("http",
                       "Content-Length is given twice, which is how requests are smuggled.")},
    {"ContentLengthWithTransferEncoding", "HPE_INVALID_CONTENT_LENGTH",
     QT_TRANSLATE_NOOP("http",
                       "Content-Length and Transfer-Encoding are both given, which is how requests "
                       "are smuggled.")},
    {"TransferEncodingNotChunkedLast", "HPE_INVALID_TRANSFER_ENCODING",
     QT_TRANSLATE_NOOP("http",
                       "Transfer-Encoding of a request must end with chunked, and name it once.")},
    {"InvalidChunkSize", "HPE_INVALID_CHUNK_SIZE",
     QT_TRANSLATE_NOOP("http", "A chunk does not begin with its size in hexadecimal digits.")},
    {"ChunkSizeOverflow", "HPE_INVALID_CHUNK_SIZE",
     QT_TRANSLATE_NOOP("http", "A chunk size does not fit into 64 bits.")},
    {"InvalidChunkExtension", "HPE_STRICT",
     QT_TRANSLATE_NOOP("http", "A chunk extension is malformed.")},
    {"ChunkExtensionsTooLong", "HPE_CHUNK_EXTENSIONS_OVERFLOW",
     QT_TRANSLATE_NOOP("http", "The extensions of a chunk are longer than 16 KiB.")},
    {"MissingChunkEnd", "HPE_STRICT",
     QT_TRANSLATE_NOOP(
         "http", "A chunk is longer or shorter than its size says: no line end follows its data.")},
    {"HeadTooLarge", "HPE_HEADER_OVERFLOW",
     QT_TRANSLATE_NOOP("http", "Request target and headers together are longer than 16 KiB.")},
    {"DataAfterClose", "HPE_CLOSED_CONNECTION",
     QT_TRANSLATE_NOOP("http",
                       "More data came after a request that said it was the connection's last.")},
    {"EndedTooEarly", "HPE_INVALID_EOF_STATE",
     QT_TRANSLATE_NOOP("http", "The client stopped sending in the middle of a request.")},
    {"HeadTimeout", "ERR_HTTP_REQUEST_TIMEOUT",
     QT_TRANSLATE_NOOP("http", "The request head did not arrive in time.")},
    {"RequestTimeout", "ERR_HTTP_REQUEST_TIMEOUT",
     QT_TRANSLATE_NOOP("http", "The whole request did not arrive in time.")},
};

const FaultText &textOf(RequestFault fault)
{
    static_assert(std::size(texts) == static_cast<size_t>(RequestFault::RequestTimeout) + 1);
    return texts[static_cast<size_t>(fault)];
}

} // namespace

QByteArray faultId(RequestFault fault)
{
    return QByteArray("http.") + textOf(fault).id;
}

QString faultSentence(RequestFault fault)
{
    return QCoreApplication::translate("http", textOf(fault).sentence);
}

QByteArray faultCode(RequestFault fault)
{
    return textOf(fault).code;
}

int faultStatus(RequestFault fault)
{
    switch (fault) {
    case RequestFault::HeadTooLarge:
        return 431;
    case RequestFault::ChunkExtensionsTooLong:
        return 413;
    case RequestFault::HeadTimeout:
    case RequestFault::RequestTimeout:
        return 408;
    default:
        return 400;
    }
}

QByteArray faultAnswer(RequestFault fault)
{
    switch (faultStatus(fault)) {
    case 431:
        return "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n";
    case 413:
        return "HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\n\r\n";
    case 408:
        return "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n";
    default:
        return "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";
    }
}

} // namespace rt
