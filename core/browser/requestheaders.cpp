// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/requestheaders.h"

#include "browser/fieldvalue.h"
#include "browser/headerorder.h"

namespace rt {

namespace {

constexpr auto brands = "\"Chromium\";v=\"156\", \"Not)A;Brand\";v=\"8\"";
constexpr auto language = "en-US,en;q=0.9";

bool isTrustworthyTarget(const Request &request)
{
    return isPotentiallyTrustworthy(Origin::of(request.url));
}

QByteArray acceptOf(Destination destination)
{
    switch (destination) {
    case Destination::Document:
    case Destination::Iframe:
        return "text/html,application/xhtml+xml,application/xml;q=0.9,image/jxl,image/avif,image/"
               "webp,"
               "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7";
    case Destination::Image:
        return "image/jxl,image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8";
    case Destination::Style:
        return "text/css,*/*;q=0.1";
    case Destination::Empty:
    case Destination::Script:
    case Destination::WebSocket:
        break;
    }
    return "*/*";
}

QByteArray acceptEncoding(const Request &request)
{
    if (request.headers.contains("Range"))
        return "identity";
    return isTrustworthyTarget(request) ? "gzip, deflate, br, zstd" : "gzip, deflate";
}

void appendContentLength(HeaderList &headers, const Request &request)
{
    const bool lengthWithoutBody = request.method == "POST" || request.method == "PUT";
    if (request.hasBody || lengthWithoutBody)
        headers.append("Content-Length", QByteArray::number(request.body.size()));
}

void appendCacheHeaders(HeaderList &headers, const Request &request)
{
    // What script set stands, and moves to the front.
    switch (request.cache) {
    case CacheMode::NoStore:
    case CacheMode::Reload:
        headers.append("Pragma", request.headers.get("Pragma").value_or("no-cache"));
        headers.append("Cache-Control", request.headers.get("Cache-Control").value_or("no-cache"));
        break;
    case CacheMode::NoCache:
        headers.append("Cache-Control", request.headers.get("Cache-Control").value_or("max-age=0"));
        break;
    case CacheMode::Default:
    case CacheMode::ForceCache:
    case CacheMode::OnlyIfCached:
        break;
    }
}

bool isDigits(QByteArrayView text)
{
    return !text.isEmpty()
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Chromium's cache layer reads a single byte range and writes it anew; nothing for other ranges.
std::optional<QByteArray> readRange(const QByteArray &value)
{
    const qsizetype equals = value.indexOf('=');
    const qsizetype dash = value.indexOf('-', equals);
    if (equals < 0 || dash < 0 || !isOneOf(trimBlanks(value.first(equals)), {"bytes"}))
        return std::nullopt;
    const QByteArrayView first
        = trimBlanks(QByteArrayView(value).sliced(equals + 1, dash - equals - 1));
    const QByteArrayView last = trimBlanks(QByteArrayView(value).sliced(dash + 1));
    bool firstFits = true;
    bool lastFits = true;
    const qint64 from = first.isEmpty() ? 0 : first.toByteArray().toLongLong(&firstFits);
    const qint64 to = last.isEmpty() ? from : last.toByteArray().toLongLong(&lastFits);
    const bool numbers = (first.isEmpty() || isDigits(first)) && (last.isEmpty() || isDigits(last));
    if (!numbers || (first.isEmpty() && last.isEmpty()) || !firstFits || !lastFits || to < from)
        return std::nullopt;
    return "bytes=" + first.toByteArray() + '-' + last.toByteArray();
}

QByteArray normalizedRange(const QByteArray &value)
{
    return readRange(value).value_or(value);
}

bool isReadableRange(const QByteArray &value)
{
    return readRange(value).has_value();
}

void appendIf(HeaderList &headers, const QByteArray &name, const std::optional<QByteArray> &value)
{
    if (value)
        headers.append(name, *value);
}

void appendFetchMetadata(HeaderList &headers, const Request &request)
{
    if (!isTrustworthyTarget(request))
        return;
    headers.append("Sec-Fetch-Site", fetchSite(request));
    headers.append("Sec-Fetch-Mode", modeName(request.mode));
    if (request.userActivation)
        headers.append("Sec-Fetch-User", "?1");
    headers.append("Sec-Fetch-Dest", destinationName(request.destination));
    const bool storageAccess = !request.isTopLevelNavigation()
        && request.credentials == CredentialsMode::Include
        && siteRelation(request.client.origin, Origin::of(request.url)) == SiteRelation::CrossSite;
    if (storageAccess)
        headers.append("Sec-Fetch-Storage-Access", "active");
}

void appendEnd(HeaderList &headers, const Request &request, const QByteArray &cookies)
{
    if (!request.referrer.isEmpty())
        headers.append("Referer", request.referrer);
    headers.append("Accept-Encoding", acceptEncoding(request));
    if (!request.headers.contains("Accept-Language"))
        headers.append("Accept-Language", language);
    if (!cookies.isEmpty())
        headers.append("Cookie", cookies);
}

void appendStart(HeaderList &headers, const Request &request)
{
    headers.append("Host", request.url.authority());
    headers.append("Connection", "keep-alive");
    appendContentLength(headers, request);
    appendCacheHeaders(headers, request);
}

QByteArray pageHeaderValue(const Request &request, const QByteArray &name)
{
    if (name == "User-Agent")
        return userAgent();
    if (name == "sec-ch-ua")
        return brands;
    if (name == "sec-ch-ua-mobile")
        return "?0";
    if (name == "sec-ch-ua-platform")
        return "\"Linux\"";
    const QByteArray value = request.headers.get(name).value_or("");
    return equalsIgnoringCase(name, "range") ? normalizedRange(value) : value;
}

/// The cache layer takes a range it can read out of the request and puts it back at the end.
bool rangeGoesLast(const Request &request)
{
    const auto range = request.headers.get("Range");
    const bool passedBy = request.cache == CacheMode::NoStore
        || request.headers.contains("If-None-Match")
        || request.headers.contains("If-Modified-Since") || request.headers.contains("If-Match")
        || request.headers.contains("If-Unmodified-Since") || request.headers.contains("If-Range");
    return range && !passedBy && isReadableRange(*range);
}

void appendPageHeaders(HeaderList &headers, const Request &request)
{
    for (const QByteArray &name : pageHeaderOrder(request)) {
        const bool later = equalsIgnoringCase(name, "range") && rangeGoesLast(request);
        if (!headers.contains(name) && !later) // Cache-Control may stand in front already
            headers.append(name, pageHeaderValue(request, name));
    }
}

HeaderList navigationHeaders(const Request &request, const QByteArray &cookies)
{
    HeaderList headers;
    appendStart(headers, request);
    if (isTrustworthyTarget(request)) {
        headers.append("sec-ch-ua", brands);
        headers.append("sec-ch-ua-mobile", "?0");
        headers.append("sec-ch-ua-platform", "\"Linux\"");
    }
    headers.append("Upgrade-Insecure-Requests", "1");
    appendIf(headers, "Content-Type", request.headers.get("Content-Type"));
    headers.append("User-Agent", userAgent());
    appendIf(headers, "Origin", originHeader(request));
    headers.append("Accept", acceptOf(request.destination));
    appendFetchMetadata(headers, request);
    appendEnd(headers, request, cookies);
    return headers;
}

} // namespace

QByteArrayList pageHeaderOrder(const Request &request)
{
    QByteArrayList names;
    for (const HeaderField &field : request.headers)
        names.append(field.name);
    std::sort(names.begin(), names.end(), [](const QByteArray &a, const QByteArray &b) {
        return a.compare(b, Qt::CaseInsensitive) < 0;
    });
    if (isTrustworthyTarget(request))
        names += {"sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform"};
    names.append("User-Agent");
    return headerTableOrder(names);
}

QByteArray userAgent()
{
    return "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
           "Chrome/156.0.0.0 Safari/537.36";
}

std::optional<QByteArray> originHeader(const Request &request)
{
    const bool safe = request.method == "GET" || request.method == "HEAD";
    if (request.isNavigation()) {
        if (safe)
            return std::nullopt;
        // A form under such a policy, or after leaving https, does not say where it comes from.
        const auto reason
            = determineReferrer(request.referrerPolicy, request.client.url.href(), request.url)
                  .reason;
        const bool hidden = reason == ReferrerReason::NoneByPolicy
            || reason == ReferrerReason::NoneCrossOrigin
            || reason == ReferrerReason::NoneOnDowngrade;
        return hidden ? QByteArray("null") : request.serializedOrigin();
    }
    if (request.corsFlag || request.crossOriginAttribute || !safe)
        return request.serializedOrigin();
    return std::nullopt;
}

QByteArray fetchSite(const Request &request)
{
    if (!request.hasInitiator)
        return "none";
    switch (
        std::max(request.farthest, siteRelation(request.client.origin, Origin::of(request.url)))) {
    case SiteRelation::SameOrigin:
        return "same-origin";
    case SiteRelation::SameSite:
        return "same-site";
    case SiteRelation::CrossSite:
        break;
    }
    return "cross-site";
}

HeaderList requestHeaders(const Request &request, const QByteArray &cookies)
{
    if (request.isNavigation())
        return navigationHeaders(request, cookies);
    HeaderList headers;
    appendStart(headers, request);
    if (request.crossOriginAttribute)
        appendIf(headers, "Origin", originHeader(request));
    appendPageHeaders(headers, request);
    if (!request.headers.contains("Accept"))
        headers.append("Accept", acceptOf(request.destination));
    if (!request.crossOriginAttribute)
        appendIf(headers, "Origin", originHeader(request));
    appendFetchMetadata(headers, request);
    appendEnd(headers, request, cookies);
    if (rangeGoesLast(request))
        headers.append("Range", normalizedRange(*request.headers.get("Range")));
    return headers;
}

HeaderList preflightHeaders(const Request &request, const QByteArrayList &unsafeNames)
{
    HeaderList headers;
    headers.append("Host", request.url.authority());
    headers.append("Connection", "keep-alive");
    Request plain = request;
    plain.headers.clear();
    appendCacheHeaders(headers, plain);
    headers.append("Accept", "*/*");
    headers.append("Access-Control-Request-Method", request.method);
    if (!unsafeNames.isEmpty())
        headers.append("Access-Control-Request-Headers", unsafeNames.join(','));
    headers.append("Origin", request.serializedOrigin());
    headers.append("User-Agent", userAgent());
    // Chromium differs from itself: a preflight says this to http targets too.
    headers.append("Sec-Fetch-Mode", "cors");
    if (isTrustworthyTarget(request)) {
        headers.append("Sec-Fetch-Site", fetchSite(request));
        headers.append("Sec-Fetch-Dest", "empty");
    }
    appendEnd(headers, plain, {});
    return headers;
}

HeaderList rawHeaders(const Url &url, const HeaderList &given, const QByteArray &method,
                      const QByteArray &body, bool hasBody)
{
    HeaderList headers;
    if (!given.contains("Host"))
        headers.append("Host", url.authority());
    for (const HeaderField &field : given)
        headers.append(field.name, field.value);
    const bool framed = given.contains("Content-Length") || given.contains("Transfer-Encoding");
    const bool bodyMethod = method == "POST" || method == "PUT" || method == "PATCH";
    if (!framed && (hasBody || bodyMethod))
        headers.append("Content-Length", QByteArray::number(body.size()));
    return headers;
}

} // namespace rt
