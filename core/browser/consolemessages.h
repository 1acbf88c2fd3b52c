// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/corscheck.h"
#include "browser/csp.h"
#include "browser/request.h"

namespace rt {

/// The words of Chromium's console (measured with version 156), letter for letter.
namespace console {

/// "Access to fetch at 'U' from origin 'O' has been blocked by CORS policy: …"
QString corsBlocked(const Request &request, const CorsVerdict &verdict, bool onPreflight);
/// "Failed to load resource: net::ERR_FAILED"
QString failedToLoad(const QByteArray &netError);
/// "Failed to load resource: the server responded with a status of 404 (Not Found)"
QString badStatus(int status, const QByteArray &reasonPhrase);
QString schemeNotSupported(const Url &url);
QString modeIsSameOrigin(const Url &url, const QByteArray &origin);
QString redirectModeInNoCors(const Url &url);
QString leavesOrigin(const Url &url, const Url &page);
QString mixedContent(const Url &page, const Url &url, Destination destination);
/// A picture that was tried over https, or one that was left on http.
QString mixedPicture(const Url &page, const Url &url, bool upgraded);
/// A form of an https page that goes to http.
QString mixedForm(const Url &page, const Url &url);
/// What a frame did not show but save.
QString insecureDownload(const Url &url);
/// An inline script that its page's policy does not allow.
QString cspInlineScript(const CspViolation &violation, const QByteArray &script);
QString cspViolation(const CspViolation &violation, const CspSubject &subject);
QString cspRefusedFetch(const Url &url);
/// The origin is all that Chromium tells a page about its frame.
QString refusedFrame(const Url &url, const QByteArray &option);
QString conflictingFrameOptions(const Url &url, const QByteArray &values);
QString invalidFrameOption(const Url &url, const QByteArray &value);
QString refusedScript(const Url &url, const QByteArray &type, bool strict);
QString refusedModule(const QByteArray &type);
QString refusedStyle(const Url &url, const QByteArray &type);
QString integrityMismatch(const Url &url, const QByteArray &sha256);
QString integrityNotEligible(const Url &url);
QString integrityFailed(const Url &url);

} // namespace console

} // namespace rt
