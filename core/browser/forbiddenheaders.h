// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

namespace rt {

/// Why script may not set a request header; such headers are dropped without an error.
enum class HeaderPermission {
    Allowed,
    ForbiddenName,
    ForbiddenPrefix,
    ForbiddenMethodOverride,
    NotNoCorsSafelisted,
};

/// https://fetch.spec.whatwg.org/#forbidden-request-header; Chromium differs for
/// Access-Control-Request-Private-Network, which script may set.
HeaderPermission headerPermission(QByteArrayView name, QByteArrayView value);
/// "request.ForbiddenName"
QByteArray headerPermissionId(HeaderPermission permission);
QString headerPermissionSentence(HeaderPermission permission, const QByteArray &name);

/// CONNECT, TRACE and TRACK, in any case.
bool isForbiddenMethod(QByteArrayView method);
/// DELETE, GET, HEAD, OPTIONS, POST and PUT in upper case, anything else (patch!) as it is.
QByteArray normalizeMethod(const QByteArray &method);

} // namespace rt
