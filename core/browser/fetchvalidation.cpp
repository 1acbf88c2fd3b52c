// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/fetchvalidation.h"

#include "browser/fieldvalue.h"
#include "browser/forbiddenheaders.h"
#include "browser/safelist.h"
#include "http/messagewriter.h"

using namespace Qt::StringLiterals;

namespace rt {

namespace {

/// Fetch "normalize": without tabs, spaces and line ends around it.
QByteArray normalizedValue(QByteArrayView value)
{
    const auto isWhitespace
        = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!value.isEmpty() && isWhitespace(value.front()))
        value = value.sliced(1);
    while (!value.isEmpty() && isWhitespace(value.back()))
        value.chop(1);
    return value.toByteArray();
}

bool isHeaderValue(const QByteArray &value)
{
    return !value.contains('\0') && !value.contains('\r') && !value.contains('\n');
}

/// Adds one header under the guard of the request's mode, or says why not.
class HeaderFiller
{
public:
    HeaderFiller(RequestBuild &build) : m_build(build) { }

    RequestFault add(const QByteArray &name, const QByteArray &rawValue)
    {
        const QByteArray value = normalizedValue(rawValue);
        if (!isToken(name))
            return RequestFault::InvalidHeaderName;
        if (!isHeaderValue(value))
            return RequestFault::InvalidHeaderValue;
        HeaderList &headers = m_build.request.headers;
        const auto existing = headers.get(name);
        const QByteArray joined = existing ? *existing + ", " + value : value;
        const HeaderPermission permission = permissionFor(name, value, joined);
        if (permission == HeaderPermission::Allowed)
            append(name, joined);
        else
            note(permission, name, value);
        return RequestFault::None;
    }

private:
    HeaderPermission permissionFor(const QByteArray &name, const QByteArray &value,
                                   const QByteArray &joined) const
    {
        const HeaderPermission permission = headerPermission(name, value);
        const bool unsafe
            = m_build.request.mode == RequestMode::NoCors && !isNoCorsSafelisted(name, joined);
        return permission == HeaderPermission::Allowed && unsafe
            ? HeaderPermission::NotNoCorsSafelisted
            : permission;
    }

    void append(const QByteArray &name, const QByteArray &joined)
    {
        if (equalsIgnoringCase(name, "user-agent")) {
            // Chromium differs: script may set it, the wire keeps the browser's own.
            m_build.steps.push_back({"request.UserAgentKept",
                                     FetchStep::Outcome::Info,
                                     QStringLiteral("User-Agent stays the browser's own."),
                                     "User-Agent: " + joined,
                                     u"Fetch, forbidden request-header"_s,
                                     {}});
            return;
        }
        const auto first
            = std::find_if(m_build.request.headers.begin(), m_build.request.headers.end(),
                           [&](const HeaderField &f) { return equalsIgnoringCase(f.name, name); });
        const bool known = first != m_build.request.headers.end();
        m_build.request.headers.set(known ? first->name : name, joined);
    }

    void note(HeaderPermission permission, const QByteArray &name, const QByteArray &value)
    {
        m_build.steps.push_back({headerPermissionId(permission),
                                 FetchStep::Outcome::Info,
                                 headerPermissionSentence(permission, name),
                                 name + ": " + value,
                                 u"Fetch, Headers append"_s,
                                 {}});
    }

    RequestBuild &m_build;
};

/// The page's address, what init.referrer says, or nothing.
RequestFault readReferrer(const FetchRequest &given, const Document &client, QByteArray &referrer)
{
    referrer = client.url.href(false);
    if (given.referrer.isEmpty()) {
        referrer.clear();
        return RequestFault::None;
    }
    const auto url = parseUrl(given.referrer, &client.url);
    if (!url)
        return RequestFault::InvalidReferrer;
    // about:client and other origins fall back to the page.
    if (Origin::of(*url).sameOrigin(client.origin))
        referrer = url->href(false);
    return RequestFault::None;
}

RequestFault checkModes(const FetchRequest &given)
{
    if (given.mode == RequestMode::Navigate)
        return RequestFault::ModeNavigate;
    if (given.cache == CacheMode::OnlyIfCached && given.mode != RequestMode::SameOrigin)
        return RequestFault::OnlyIfCachedNeedsSameOrigin;
    return RequestFault::None;
}

RequestFault checkMethod(const FetchRequest &given)
{
    if (!isToken(given.method))
        return RequestFault::InvalidMethod;
    if (isForbiddenMethod(given.method))
        return RequestFault::ForbiddenMethod;
    if (given.mode == RequestMode::NoCors && !isCorsSafelistedMethod(normalizeMethod(given.method)))
        return RequestFault::MethodNotInNoCors;
    return RequestFault::None;
}

RequestFault readUrl(const FetchRequest &given, const Document &client, Request &request)
{
    const auto url = parseUrl(given.url, client.url.scheme.isEmpty() ? nullptr : &client.url);
    if (!url)
        return RequestFault::InvalidUrl;
    if (url->hasCredentials())
        return RequestFault::UrlWithCredentials;
    request.url = *url;
    request.firstUrl = *url;
    return RequestFault::None;
}

RequestFault fillHeaders(const FetchRequest &given, RequestBuild &build)
{
    HeaderFiller filler(build);
    for (const HeaderField &field : given.headers) {
        const RequestFault fault = filler.add(field.name, field.value);
        if (fault != RequestFault::None)
            return fault;
    }
    const QByteArray method = build.request.method;
    if (given.hasBody && (method == "GET" || method == "HEAD"))
        return RequestFault::BodyWithGetOrHead;
    if (given.hasBody && !given.bodyType.isEmpty()
        && !build.request.headers.contains("Content-Type"))
        return filler.add("Content-Type", given.bodyType);
    return RequestFault::None;
}

/// Chromium differs: what the standard then treats as no-store, it validates
/// (blink, ResourceRequestHead::IsConditional).
bool isConditional(const HeaderList &headers)
{
    return headers.contains("If-Match") || headers.contains("If-Modified-Since")
        || headers.contains("If-None-Match") || headers.contains("If-Range")
        || headers.contains("If-Unmodified-Since");
}

void copyPlainParts(const FetchRequest &given, const Document &client, Request &request)
{
    request.client = client;
    request.method = normalizeMethod(given.method);
    request.mode = given.mode;
    request.credentials = given.credentials;
    request.redirect = given.redirect;
    request.cache = given.cache;
    request.body = given.body;
    request.hasBody = given.hasBody;
    request.streamBody = given.streamBody;
    request.integrity = given.integrity;
}

} // namespace

QByteArray requestFaultId(RequestFault fault)
{
    switch (fault) {
    case RequestFault::None:
        return "request.Built";
    case RequestFault::InvalidUrl:
        return "request.InvalidUrl";
    case RequestFault::UrlWithCredentials:
        return "request.UrlWithCredentials";
    case RequestFault::ModeNavigate:
        return "request.ModeNavigate";
    case RequestFault::InvalidReferrer:
        return "request.InvalidReferrer";
    case RequestFault::InvalidReferrerPolicy:
        return "request.InvalidReferrerPolicy";
    case RequestFault::OnlyIfCachedNeedsSameOrigin:
        return "request.OnlyIfCachedNeedsSameOrigin";
    case RequestFault::InvalidMethod:
        return "request.InvalidMethod";
    case RequestFault::ForbiddenMethod:
        return "request.ForbiddenMethod";
    case RequestFault::MethodNotInNoCors:
        return "request.MethodNotInNoCors";
    case RequestFault::InvalidHeaderName:
        return "request.InvalidHeaderName";
    case RequestFault::InvalidHeaderValue:
        return "request.InvalidHeaderValue";
    case RequestFault::BodyWithGetOrHead:
        return "request.BodyWithGetOrHead";
    }
    return {};
}

QString requestFaultText(RequestFault fault, const FetchRequest &request)
{
    const QByteArray method = QString::fromLatin1(request.method).toUtf8();
    const auto words = [&]() -> QByteArray {
        switch (fault) {
        case RequestFault::None:
            return {};
        case RequestFault::InvalidUrl:
            return "Failed to parse URL from " + request.url;
        case RequestFault::UrlWithCredentials:
            return "Request cannot be constructed from a URL that includes credentials: "
                + request.url;
        case RequestFault::ModeNavigate:
            return "Cannot construct a Request with a RequestInit whose mode member is set as "
                   "'navigate'.";
        case RequestFault::InvalidReferrer:
            return "Referrer '" + request.referrer + "' is not a valid URL.";
        case RequestFault::InvalidReferrerPolicy:
            return "Failed to read the 'referrerPolicy' property from 'RequestInit': The provided "
                   "value '"
                + request.referrerPolicy + "' is not a valid enum value of type ReferrerPolicy.";
        case RequestFault::OnlyIfCachedNeedsSameOrigin:
            return "'only-if-cached' can be set only with 'same-origin' mode";
        case RequestFault::InvalidMethod:
            return "'" + method + "' is not a valid HTTP method.";
        case RequestFault::ForbiddenMethod:
            return "'" + method + "' HTTP method is unsupported.";
        case RequestFault::MethodNotInNoCors:
            return "'" + normalizeMethod(method) + "' is unsupported in no-cors mode.";
        case RequestFault::InvalidHeaderName:
            return "Invalid name";
        case RequestFault::InvalidHeaderValue:
            return "Invalid value";
        case RequestFault::BodyWithGetOrHead:
            return "Request with GET/HEAD method cannot have body.";
        }
        return {};
    }();
    return QStringLiteral("TypeError: Failed to execute 'fetch' on 'Window': ")
        + QString::fromUtf8(words);
}

RequestBuild buildRequest(const FetchRequest &given, const Document &client)
{
    RequestBuild build;
    Request &request = build.request;
    copyPlainParts(given, client, request);
    QByteArray referrer;
    const auto policy = referrerPolicyNamed(given.referrerPolicy);
    build.fault = policy ? readUrl(given, client, request) : RequestFault::InvalidReferrerPolicy;
    if (build.fault == RequestFault::None)
        build.fault = readReferrer(given, client, referrer);
    if (build.fault == RequestFault::None)
        build.fault = checkModes(given);
    if (build.fault == RequestFault::None)
        build.fault = checkMethod(given);
    if (build.fault == RequestFault::None)
        build.fault = fillHeaders(given, build);
    if (build.fault != RequestFault::None)
        return build;
    if (request.cache == CacheMode::Default && isConditional(request.headers))
        request.cache = CacheMode::NoCache;
    request.referrerPolicy = *policy == ReferrerPolicy::Default ? client.referrerPolicy : *policy;
    request.referrer = determineReferrer(request.referrerPolicy, referrer, request.url).value;
    request.farthest = siteRelation(client.origin, Origin::of(request.url));
    request.corsFlag = request.mode == RequestMode::Cors && !request.isSameOrigin();
    return build;
}

FetchResult refusedRequest(const RequestBuild &build, const FetchRequest &request, quint64 call)
{
    FetchResult result;
    result.call = call;
    result.method = request.method;
    result.outcome = FetchResult::Outcome::Failed;
    result.threw = true;
    result.reason = requestFaultId(build.fault);
    result.exception = requestFaultText(build.fault, request);
    result.sentence = result.exception;
    result.steps = build.steps;
    result.steps.push_back({result.reason,
                            FetchStep::Outcome::Failed,
                            result.sentence,
                            {},
                            u"Fetch, new Request()"_s,
                            {}});
    return result;
}

} // namespace rt
