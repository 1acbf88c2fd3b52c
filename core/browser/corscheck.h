// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"

#include <QString>

namespace rt {

/// Why the CORS protocol stopped a request; each maps to one of Chromium's CORS errors.
enum class CorsReason {
    Passed,
    NoAllowOrigin,
    WildcardWithCredentials,
    MultipleAllowOrigin,
    InvalidAllowOrigin,
    OriginMismatch,
    CredentialsNotAllowed,
    PreflightStatus,
    PreflightRedirect,
    InvalidAllowMethods,
    InvalidAllowHeaders,
    MethodNotAllowed,
    HeaderNotAllowed,
    RedirectContainsCredentials,
    DisabledScheme,
};

/// The verdict on one response with what it is about.
struct CorsVerdict
{
    CorsReason reason = CorsReason::Passed;
    /// The header value, method, header name or status at fault.
    QByteArray parameter;
    /// The header line that decided, empty when its absence did.
    QByteArray evidence;
    /// "Fetch, CORS check, step 4".
    QString source;
    bool passed() const { return reason == CorsReason::Passed; }
};

/// https://fetch.spec.whatwg.org/#concept-cors-check; `origin` is serialised, "null" when tainted.
/// Chromium differs: it says which way an Allow-Origin value is wrong.
CorsVerdict corsCheck(const QByteArray &origin, CredentialsMode credentials,
                      const HeaderList &responseHeaders);

/// "cors.OriginMismatch"
QByteArray corsReasonId(CorsReason reason);
/// Chromium's name: "AllowOriginMismatch", "PreflightAllowOriginMismatch" on a preflight.
QByteArray chromiumCorsError(CorsReason reason, bool onPreflight);
/// The parameter DevTools shows with it; Chromium leaves it empty for most reasons.
QByteArray chromiumCorsParameter(const CorsVerdict &verdict);
/// One plain sentence with the facts of this case.
QString corsSentence(const CorsVerdict &verdict, const QByteArray &origin);

} // namespace rt
