// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "server/responsehead.h"

namespace rt {

namespace {

bool isWordCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

} // namespace

bool containsWord(QByteArrayView text, QByteArrayView word)
{
    for (qsizetype at = 0; at + word.size() <= text.size(); ++at) {
        if (qstrnicmp(text.data() + at, word.size(), word.data(), word.size()) != 0)
            continue;
        const qsizetype behind = at + word.size();
        const bool starts = at == 0 || !isWordCharacter(text[at - 1]);
        const bool ends = behind == text.size() || !isWordCharacter(text[behind]);
        if (starts && ends)
            return true;
    }
    return false;
}

QByteArray faultId(ServerResponseFault fault)
{
    switch (fault) {
    case ServerResponseFault::HeadersSentSet:
    case ServerResponseFault::HeadersSentRemove:
    case ServerResponseFault::HeadersSentWrite:
        return "response.HeadersSent";
    case ServerResponseFault::InvalidStatusCode:
        return "response.InvalidStatusCode";
    case ServerResponseFault::InvalidHeaderName:
        return "response.InvalidHeaderName";
    case ServerResponseFault::InvalidHeaderValue:
        return "response.InvalidHeaderValue";
    case ServerResponseFault::InvalidStatusMessage:
        return "response.InvalidStatusMessage";
    case ServerResponseFault::TrailerNotAllowed:
        return "response.TrailerNotAllowed";
    }
    Q_UNREACHABLE();
}

ResponseError responseError(ServerResponseFault fault, const QByteArray &detail)
{
    const QString what = QString::fromLatin1(detail);
    switch (fault) {
    case ServerResponseFault::HeadersSentSet:
        return {fault, "Error", "ERR_HTTP_HEADERS_SENT",
                QStringLiteral("Cannot set headers after they are sent to the client")};
    case ServerResponseFault::HeadersSentRemove:
        return {fault, "Error", "ERR_HTTP_HEADERS_SENT",
                QStringLiteral("Cannot remove headers after they are sent to the client")};
    case ServerResponseFault::HeadersSentWrite:
        return {fault, "Error", "ERR_HTTP_HEADERS_SENT",
                QStringLiteral("Cannot write headers after they are sent to the client")};
    case ServerResponseFault::InvalidStatusCode:
        return {fault, "RangeError", "ERR_HTTP_INVALID_STATUS_CODE",
                QStringLiteral("Invalid status code: %1").arg(what)};
    case ServerResponseFault::InvalidHeaderName:
        return {fault, "TypeError", "ERR_INVALID_HTTP_TOKEN",
                QStringLiteral("Header name must be a valid HTTP token [\"%1\"]").arg(what)};
    case ServerResponseFault::InvalidHeaderValue:
        return {fault, "TypeError", "ERR_INVALID_CHAR",
                QStringLiteral("Invalid character in header content [\"%1\"]").arg(what)};
    case ServerResponseFault::InvalidStatusMessage:
        return {fault, "TypeError", "ERR_INVALID_CHAR",
                QStringLiteral("Invalid character in statusMessage")};
    case ServerResponseFault::TrailerNotAllowed:
        return {fault, "Error", "ERR_HTTP_TRAILER_INVALID",
                QStringLiteral("Trailers are invalid with this transfer encoding")};
    }
    Q_UNREACHABLE();
}

} // namespace rt
