// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/redirect.h"

#include "browser/corspreflight.h"
#include "browser/fieldvalue.h"

namespace rt {

namespace {

constexpr int maximumRedirects = 20;

/// Schemes that may not be reached by a redirect, apart from those CORS does not know at all.
bool isUnsafeScheme(const QByteArray &scheme)
{
    return scheme == "data" || scheme == "about";
}

std::optional<Url> resolveLocation(const Request &request, const QByteArray &value)
{
    auto location = parseUrl(value, &request.url);
    if (location && !location->fragment)
        location->fragment = request.url.fragment;
    return location;
}

RedirectReason locationReason(const Request &request, const Url &location)
{
    const bool cors = request.mode == RequestMode::Cors || request.mode == RequestMode::SameOrigin;
    if (isUnsafeScheme(location.scheme))
        return RedirectReason::UnsafeScheme;
    if (!location.isHttpFamily())
        return cors ? RedirectReason::DisabledScheme : RedirectReason::UnsafeScheme;
    if (!location.hasCredentials() || request.isNavigation())
        return RedirectReason::Follow;
    const bool leaves = !request.client.origin.sameOrigin(Origin::of(location));
    if (cors && (request.corsFlag || leaves))
        return RedirectReason::CredentialsInLocation;
    return RedirectReason::UserInfoAtHome;
}

/// https://fetch.spec.whatwg.org/#request-body-header-name, as Chromium has it.
bool isBodyHeader(const QByteArray &name)
{
    return isOneOf(name,
                   {"content-encoding", "content-language", "content-length", "content-location",
                    "content-type"});
}

HeaderList keptHeaders(const Request &request, bool methodChanged, bool originChanged)
{
    HeaderList kept;
    for (const HeaderField &field : request.headers) {
        if (methodChanged && isBodyHeader(field.name))
            continue;
        if (originChanged && equalsIgnoringCase(field.name, "authorization"))
            continue;
        kept.append(field.name, field.value);
    }
    return kept;
}

} // namespace

RedirectDecision decideRedirect(const Request &request, const ResponseHead &response)
{
    RedirectDecision decision;
    const QByteArray value = response.headers.first("Location").value_or("");
    if (!isRedirectStatus(response.status) || value.isEmpty())
        return decision;
    if (request.corsFlag) {
        decision.cors
            = corsCheck(request.serializedOrigin(), request.credentials, response.headers);
        if (!decision.cors.passed()) {
            decision.reason = RedirectReason::CorsCheckFailed;
            return decision;
        }
    }
    decision.location = resolveLocation(request, value);
    if (request.redirect == RedirectMode::Error)
        decision.reason = RedirectReason::ModeIsError;
    else if (request.redirect == RedirectMode::Manual)
        decision.reason = RedirectReason::Manual;
    else if (!decision.location)
        decision.reason = RedirectReason::InvalidLocation;
    else if (request.redirectCount >= maximumRedirects)
        decision.reason = RedirectReason::TooMany;
    else
        decision.reason = locationReason(request, *decision.location);
    const bool leaves = decision.reason == RedirectReason::Follow
        && request.mode == RequestMode::SameOrigin
        && !request.client.origin.sameOrigin(Origin::of(*decision.location));
    if (leaves)
        decision.reason = RedirectReason::LeavesOrigin;
    return decision;
}

bool changesMethodToGet(int status, const QByteArray &method)
{
    if (status == 303)
        return method != "GET" && method != "HEAD";
    return (status == 301 || status == 302) && method == "POST";
}

Request redirected(const Request &request, const ResponseHead &response, const Url &location)
{
    Request next = request;
    const Origin from = Origin::of(request.url);
    const Origin to = Origin::of(location);
    const bool methodChanged = changesMethodToGet(response.status, request.method);
    next.url = location;
    ++next.redirectCount;
    next.headers = keptHeaders(request, methodChanged, !from.sameOrigin(to));
    if (methodChanged) {
        next.method = "GET";
        next.body.clear();
        next.hasBody = false;
    }
    // The address that redirects is neither the page's nor the target's: nobody may be named.
    // For navigations Chromium forgets the page on any way out.
    const bool third = !from.sameOrigin(request.client.origin) || request.isNavigation();
    if (!from.sameOrigin(to) && third)
        next.tainted = true;
    if (request.mode == RequestMode::Cors && (next.tainted || !next.isSameOrigin()))
        next.corsFlag = true;
    next.farthest = std::max(request.farthest, siteRelation(request.client.origin, to));
    if (const auto policy = response.headers.get("Referrer-Policy"))
        next.referrerPolicy = parseReferrerPolicyHeader(*policy).value_or(request.referrerPolicy);
    next.referrer = determineReferrer(next.referrerPolicy, request.referrer, location).value;
    return next;
}

QByteArray redirectReasonId(RedirectReason reason)
{
    switch (reason) {
    case RedirectReason::NoRedirect:
        return "redirect.None";
    case RedirectReason::Follow:
        return "redirect.Follow";
    case RedirectReason::Manual:
        return "redirect.Manual";
    case RedirectReason::ModeIsError:
        return "redirect.ModeIsError";
    case RedirectReason::CorsCheckFailed:
        return "redirect.CorsCheckFailed";
    case RedirectReason::DisabledScheme:
        return "cors.DisabledScheme";
    case RedirectReason::CredentialsInLocation:
        return "cors.RedirectContainsCredentials";
    case RedirectReason::UserInfoAtHome:
        return "redirect.UserInfo";
    case RedirectReason::UnsafeScheme:
        return "redirect.UnsafeScheme";
    case RedirectReason::InvalidLocation:
        return "redirect.InvalidLocation";
    case RedirectReason::TooMany:
        return "redirect.TooMany";
    case RedirectReason::LeavesOrigin:
        return "redirect.LeavesOrigin";
    }
    return {};
}

QString redirectSentence(const RedirectDecision &decision, const ResponseHead &response)
{
    const QString where = decision.location ? QString::fromLatin1(decision.location->href())
                                            : QStringLiteral("an address that is no URL");
    const auto text = [&] {
        switch (decision.reason) {
        case RedirectReason::NoRedirect:
            return "Status %1 is no redirect.";
        case RedirectReason::Follow:
            return "Status %1 sends the request on to %2.";
        case RedirectReason::Manual:
            return "Redirect mode is manual: script only learns that there was a redirect.";
        case RedirectReason::ModeIsError:
            return "Redirect mode is error and the answer is a redirect (%1).";
        case RedirectReason::CorsCheckFailed:
            return "The redirect itself (%1) must pass the CORS check and does not.";
        case RedirectReason::DisabledScheme:
        case RedirectReason::UnsafeScheme:
            return "A redirect may not lead to %2.";
        case RedirectReason::CredentialsInLocation:
        case RedirectReason::UserInfoAtHome:
            return "The redirect leads to an address with a user name or password.";
        case RedirectReason::InvalidLocation:
            return "Location is %2.";
        case RedirectReason::TooMany:
            return "This is the 21st redirect in a row.";
        case RedirectReason::LeavesOrigin:
            return "Mode same-origin, and the redirect leads to another origin: %2.";
        }
        return "";
    }();
    return QString::fromLatin1(text)
        .replace(QStringLiteral("%1"), QString::number(response.status))
        .replace(QStringLiteral("%2"), where);
}

QByteArray redirectNetError(RedirectReason reason)
{
    switch (reason) {
    case RedirectReason::ModeIsError:
    case RedirectReason::CorsCheckFailed:
    case RedirectReason::DisabledScheme:
    case RedirectReason::CredentialsInLocation:
        return "net::ERR_FAILED";
    case RedirectReason::UserInfoAtHome:
    case RedirectReason::LeavesOrigin:
        return "net::ERR_ABORTED"; // the page gives up, not the network
    case RedirectReason::UnsafeScheme:
        return "net::ERR_UNSAFE_REDIRECT";
    case RedirectReason::InvalidLocation:
        return "net::ERR_INVALID_REDIRECT";
    case RedirectReason::TooMany:
        return "net::ERR_TOO_MANY_REDIRECTS";
    case RedirectReason::NoRedirect:
    case RedirectReason::Follow:
    case RedirectReason::Manual:
        break;
    }
    return {};
}

} // namespace rt
