// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace rt {

/// Why a request is refused before any listener sees it. The verdicts are Node 20's (llhttp 9 with
/// its default, strict flags); where llhttp has one code for several causes, each cause has a name.
enum class RequestFault {
    InvalidMethod,
    NoSpaceAfterMethod,
    MethodNotForHttp,
    Http2Preface,
    InvalidTarget,
    InvalidProtocol,
    InvalidVersion,
    MissingLineFeed,
    BareLineFeed,
    SpaceBeforeFirstField,
    InvalidFieldName,
    SpaceInFieldName,
    MissingColon,
    InvalidFieldValue,
    ObsoleteLineFolding,
    EmptyContentLength,
    InvalidContentLength,
    ContentLengthOverflow,
    DuplicateContentLength,
    ContentLengthWithTransferEncoding,
    TransferEncodingNotChunkedLast,
    InvalidChunkSize,
    ChunkSizeOverflow,
    InvalidChunkExtension,
    ChunkExtensionsTooLong,
    MissingChunkEnd,
    HeadTooLarge,
    DataAfterClose,
    EndedTooEarly,
    HeadTimeout,
    RequestTimeout,
};

/// "http.ContentLengthWithTransferEncoding": the word of trace, annotation, lesson check and test.
QByteArray faultId(RequestFault fault);
/// One plain English sentence.
QString faultSentence(RequestFault fault);
/// The code Node's `clientError` event carries, for example "HPE_INVALID_METHOD".
QByteArray faultCode(RequestFault fault);
/// 400, 408, 413 or 431.
int faultStatus(RequestFault fault);
/// What Node writes before it closes: status line and `Connection: close`, no body, no Date.
QByteArray faultAnswer(RequestFault fault);

} // namespace rt
