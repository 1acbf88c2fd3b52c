// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "http/headerlist.h"

#include <QString>

namespace rt {

/// What the media type of an answer means for the element that asked for it.
/// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff? and
/// https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?
enum class MimeReason {
    Fits,
    /// nosniff, and the type is none for this element.
    BlockedByNosniff,
    /// A classic script that is said to be a picture, a sound, a film or a table.
    NotExecutable,
    /// A module script of another type than JavaScript.
    NotModuleScript,
    /// A style sheet of another type: loads, but no rule of it counts.
    NotApplied,
};

/// The essence in lower case as Chromium reads it from Content-Type; empty when there is none or it
/// is no type. Parameters are left out.
QByteArray responseMimeType(const HeaderList &headers);
/// The first word of X-Content-Type-Options is nosniff, in any case.
bool hasNosniff(const HeaderList &headers);
/// https://mimesniff.spec.whatwg.org/#javascript-mime-type; `type` in lower case.
bool isJavaScriptMimeType(QByteArrayView type);
/// https://mimesniff.spec.whatwg.org/#json-mime-type and #xml-mime-type
bool isJsonMimeType(QByteArrayView type);
bool isXmlMimeType(QByteArrayView type);

MimeReason checkScriptType(const HeaderList &headers, bool module);
MimeReason checkStyleType(const HeaderList &headers);
/// "nosniff.Blocked"
QByteArray mimeReasonId(MimeReason reason);
QString mimeReasonSentence(MimeReason reason, const QByteArray &type);

} // namespace rt
