// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/request.h"
#include "http/message.h"

#include <QString>

namespace rt {

/// Opaque response blocking: whether an answer of another origin may come near a page that asked
/// for it without CORS. Chromium 156 (services/network, "ORB v0.1"), which sniffs for HTML, XML and
/// JSON where the proposal parses JavaScript. https://github.com/annevk/orb
enum class OpaqueResponseReason {
    /// Same origin, or by CORS, or no element asked.
    NotOpaque,
    /// A picture, a script, a style sheet, or something that is nothing of the following.
    Allowed,
    /// A type that no element ever needs: archives, office files, text/csv ...
    NeverSniffedType,
    /// nosniff with HTML, XML, JSON or plain text.
    NosniffProtectedType,
    /// It has a type, whichever, and looks like HTML, XML, JSON or the guard in front of JSON.
    SniffedAsProtected,
};

OpaqueResponseReason checkOpaqueResponse(const Request &request, const ResponseHead &response,
                                         QByteArrayView body);
/// "orb.NeverSniffedType"
QByteArray opaqueResponseId(OpaqueResponseReason reason);
QString opaqueResponseSentence(OpaqueResponseReason reason, const QByteArray &type);
inline bool isBlocked(OpaqueResponseReason reason)
{
    return reason != OpaqueResponseReason::NotOpaque && reason != OpaqueResponseReason::Allowed;
}

} // namespace rt
