// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "http/etag.h"

#include "http/headerlist.h"
#include "http/httpdate.h"

#include <QCryptographicHash>

namespace rt {

QByteArray etag(QByteArrayView body, EtagStrength strength)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(body);
    const QByteArray tag
        = '"' + QByteArray::number(body.size(), 16) + '-' + hash.result().toBase64().left(27) + '"';
    return strength == EtagStrength::Weak ? "W/" + tag : tag;
}

QByteArray freshnessId(Freshness freshness)
{
    switch (freshness) {
    case Freshness::Fresh:
        return "fresh.Fresh";
    case Freshness::Unconditional:
        return "fresh.Unconditional";
    case Freshness::NoCacheRequested:
        return "fresh.NoCacheRequested";
    case Freshness::NoEtag:
        return "fresh.NoEtag";
    case Freshness::EtagDiffers:
        return "fresh.EtagDiffers";
    case Freshness::NoLastModified:
        return "fresh.NoLastModified";
    case Freshness::ModifiedSince:
        return "fresh.ModifiedSince";
    }
    Q_UNREACHABLE();
}

namespace {

bool asksForNoCache(const HeaderList &request)
{
    for (const QByteArray &part : request.get("Cache-Control").value_or("").split(',')) {
        if (part.trimmed() == "no-cache")
            return true;
    }
    return false;
}

bool anyMatches(const QByteArray &noneMatch, const QByteArray &tag)
{
    for (const QByteArray &part : noneMatch.split(',')) {
        const QByteArray candidate = part.trimmed();
        if (candidate == tag || candidate == "W/" + tag || "W/" + candidate == tag)
            return true;
    }
    return false;
}

} // namespace

Freshness freshness(const HeaderList &request, const HeaderList &response)
{
    const auto modifiedSince = request.first("If-Modified-Since");
    const auto noneMatch = request.get("If-None-Match");
    if ((!modifiedSince || modifiedSince->isEmpty()) && (!noneMatch || noneMatch->isEmpty()))
        return Freshness::Unconditional;
    if (asksForNoCache(request))
        return Freshness::NoCacheRequested;
    if (noneMatch && !noneMatch->isEmpty() && *noneMatch != "*") {
        const auto tag = response.get("ETag");
        if (!tag || tag->isEmpty())
            return Freshness::NoEtag;
        if (!anyMatches(*noneMatch, *tag))
            return Freshness::EtagDiffers;
    }
    if (modifiedSince && !modifiedSince->isEmpty()) {
        const auto lastModified = response.get("Last-Modified");
        const auto changed = parseHttpDate(lastModified.value_or(""));
        const auto limit = parseHttpDate(*modifiedSince);
        if (!lastModified)
            return Freshness::NoLastModified;
        if (!changed || !limit || *changed > *limit)
            return Freshness::ModifiedSince;
    }
    return Freshness::Fresh;
}

} // namespace rt
