// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/corscheck.h"

#include "http/url.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace rt {

namespace {

struct ReasonRow
{
    CorsReason reason;
    const char *id;
    const char *chromium;
    /// Chromium has a code of its own for the preflight: the same with "Preflight" before it.
    bool prefixed;
    /// %1: parameter, %2: origin.
    const char *sentence;
};

constexpr ReasonRow rows[] = {
    {CorsReason::Passed, "cors.Passed", "", false, "The response allows origin %2."},
    {CorsReason::NoAllowOrigin, "cors.NoAllowOrigin", "MissingAllowOriginHeader", true,
     "The response has no Access-Control-Allow-Origin, so no other origin may read it."},
    {CorsReason::WildcardWithCredentials, "cors.WildcardWithCredentials",
     "WildcardOriginNotAllowed", true,
     "Access-Control-Allow-Origin is *, which never allows a request with credentials."},
    {CorsReason::MultipleAllowOrigin, "cors.MultipleAllowOrigin", "MultipleAllowOriginValues", true,
     "Access-Control-Allow-Origin holds more than one value (%1); only one is allowed."},
    {CorsReason::InvalidAllowOrigin, "cors.InvalidAllowOrigin", "InvalidAllowOriginValue", true,
     "Access-Control-Allow-Origin is \"%1\", which is no origin at all."},
    {CorsReason::OriginMismatch, "cors.OriginMismatch", "AllowOriginMismatch", true,
     "Access-Control-Allow-Origin is %1 but the page's origin is %2; they must be equal byte for "
     "byte."},
    {CorsReason::CredentialsNotAllowed, "cors.CredentialsNotAllowed", "InvalidAllowCredentials",
     true,
     "The request carries credentials, so Access-Control-Allow-Credentials must be exactly true; "
     "it is "
     "\"%1\"."},
    {CorsReason::PreflightStatus, "cors.PreflightStatus", "InvalidStatus", true,
     "The preflight was answered with status %1; only 200 to 299 lets the request go on."},
    {CorsReason::PreflightRedirect, "cors.PreflightRedirect", "DisallowedRedirect", true,
     "The preflight was redirected; a preflight must be answered where it was sent."},
    {CorsReason::InvalidAllowMethods, "cors.InvalidAllowMethods",
     "InvalidAllowMethodsPreflightResponse", false,
     "Access-Control-Allow-Methods is no comma-separated list of methods."},
    {CorsReason::InvalidAllowHeaders, "cors.InvalidAllowHeaders",
     "InvalidAllowHeadersPreflightResponse", false,
     "Access-Control-Allow-Headers is no comma-separated list of header names."},
    {CorsReason::MethodNotAllowed, "cors.MethodNotAllowed", "MethodDisallowedByPreflightResponse",
     false, "Access-Control-Allow-Methods of the preflight does not list %1."},
    {CorsReason::HeaderNotAllowed, "cors.HeaderNotAllowed", "HeaderDisallowedByPreflightResponse",
     false, "Access-Control-Allow-Headers of the preflight does not list %1."},
    {CorsReason::RedirectContainsCredentials, "cors.RedirectContainsCredentials",
     "RedirectContainsCredentials", false,
     "The redirect leads to another origin by a URL with a user name or password."},
    {CorsReason::DisabledScheme, "cors.DisabledScheme", "CorsDisabledScheme", false,
     "Only http and https URLs take part in CORS."},
};

const ReasonRow &row(CorsReason reason)
{
    return *std::find_if(std::begin(rows), std::end(rows),
                         [&](const ReasonRow &r) { return r.reason == reason; });
}

/// Chromium tells apart four ways of not being the origin; all are step 4 of the standard.
CorsReason mismatchReason(const QByteArray &value)
{
    if (value.contains(' ') || value.contains(','))
        return CorsReason::MultipleAllowOrigin;
    if (value != "null" && !parseUrl(value))
        return CorsReason::InvalidAllowOrigin;
    return CorsReason::OriginMismatch;
}

} // namespace

CorsVerdict corsCheck(const QByteArray &origin, CredentialsMode credentials,
                      const HeaderList &responseHeaders)
{
    const bool include = credentials == CredentialsMode::Include;
    const auto allowOrigin = responseHeaders.get("Access-Control-Allow-Origin");
    if (!allowOrigin) // step 2
        return {CorsReason::NoAllowOrigin, {}, {}, u"Fetch, CORS check, step 2"_s};
    const QByteArray evidence = "Access-Control-Allow-Origin: " + *allowOrigin;
    if (*allowOrigin == "*") { // steps 3 and 4: a wildcard never equals an origin
        if (include)
            return {
                CorsReason::WildcardWithCredentials, {}, evidence, u"Fetch, CORS check, step 4"_s};
        return {CorsReason::Passed, {}, evidence, u"Fetch, CORS check, step 3"_s};
    }
    if (*allowOrigin != origin)
        return {mismatchReason(*allowOrigin), *allowOrigin, evidence,
                u"Fetch, CORS check, step 4"_s};
    if (!include) // step 5
        return {CorsReason::Passed, {}, evidence, u"Fetch, CORS check, step 5"_s};
    const auto allowCredentials = responseHeaders.get("Access-Control-Allow-Credentials");
    const QByteArray line = allowCredentials
        ? "Access-Control-Allow-Credentials: " + *allowCredentials
        : QByteArray();
    if (allowCredentials == "true") // step 7: compared with case
        return {CorsReason::Passed, {}, line, u"Fetch, CORS check, step 7"_s};
    return {CorsReason::CredentialsNotAllowed, allowCredentials.value_or(QByteArray()), line,
            u"Fetch, CORS check, step 8"_s};
}

QByteArray corsReasonId(CorsReason reason)
{
    return row(reason).id;
}

QByteArray chromiumCorsError(CorsReason reason, bool onPreflight)
{
    const ReasonRow &entry = row(reason);
    return entry.prefixed && onPreflight ? QByteArray("Preflight") + entry.chromium
                                         : QByteArray(entry.chromium);
}

QByteArray chromiumCorsParameter(const CorsVerdict &verdict)
{
    switch (verdict.reason) {
    case CorsReason::MultipleAllowOrigin:
    case CorsReason::InvalidAllowOrigin:
    case CorsReason::OriginMismatch:
    case CorsReason::CredentialsNotAllowed:
    case CorsReason::MethodNotAllowed:
    case CorsReason::HeaderNotAllowed:
        return verdict.parameter;
    case CorsReason::Passed:
    case CorsReason::NoAllowOrigin:
    case CorsReason::WildcardWithCredentials:
    case CorsReason::PreflightStatus:
    case CorsReason::PreflightRedirect:
    case CorsReason::InvalidAllowMethods:
    case CorsReason::InvalidAllowHeaders:
    case CorsReason::RedirectContainsCredentials:
    case CorsReason::DisabledScheme:
        break;
    }
    return {};
}

QString corsSentence(const CorsVerdict &verdict, const QByteArray &origin)
{
    return QString::fromLatin1(row(verdict.reason).sentence)
        .replace(QStringLiteral("%2"), QString::fromLatin1(origin))
        .replace(QStringLiteral("%1"), QString::fromLatin1(verdict.parameter));
}

} // namespace rt
