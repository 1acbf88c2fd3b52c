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

QByteArray faultId(ResponseFault fault)
{
    switch (fault) {
    case ResponseFault::HeadersSentSet:
    case ResponseFault::HeadersSentRemove:
    case ResponseFault::HeadersSentWrite:
        return "response.HeadersSent";
    case ResponseFault::InvalidStatusCode:
        return "response.InvalidStatusCode";
    case ResponseFault::InvalidHeaderName:
        return "response.InvalidHeaderName";
    case ResponseFault::InvalidHeaderValue:
        return "response.InvalidHeaderValue";
    case ResponseFault::InvalidStatusMessage:
        return "response.InvalidStatusMessage";
    case ResponseFault::TrailerNotAllowed:
        return "response.TrailerNotAllowed";
    }
    Q_UNREACHABLE();
}

ResponseError responseError(ResponseFault fault, const QByteArray &detail)
{
    const QString what = QString::fromLatin1(detail);
    switch (fault) {
    case ResponseFault::HeadersSentSet:
        return {fault, "Error", QStringLiteral("Cannot set headers after they are sent to the client")};
    case ResponseFault::HeadersSentRemove:
        return {fault, "Error",
                QStringLiteral("Cannot remove headers after they are sent to the client")};
    case ResponseFault::HeadersSentWrite:
        return {fault, "Error",
                QStringLiteral("Cannot write headers after they are sent to the client")};
    case ResponseFault::InvalidStatusCode:
        return {fault, "RangeError", QStringLiteral("Invalid status code: %1").arg(what)};
    case ResponseFault::InvalidHeaderName:
        return {fault, "TypeError",
                QStringLiteral("Header name must be a valid HTTP token [\"%1\"]").arg(what)};
    case ResponseFault::InvalidHeaderValue:
        return {fault, "TypeError",
                QStringLiteral("Invalid character in header content [\"%1\"]").arg(what)};
    case ResponseFault::InvalidStatusMessage:
        return {fault, "TypeError", QStringLiteral("Invalid character in statusMessage")};
    case ResponseFault::TrailerNotAllowed:
        return {fault, "Error",
                QStringLiteral("Trailers are invalid with this transfer encoding")};
    }
    Q_UNREACHABLE();
}

} // namespace rt
