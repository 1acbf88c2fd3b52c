// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/requesthint.h"

#include "browser/origin.h"

#include <QCoreApplication>
#include <QUrl>

namespace rt {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("hint", text);
}

} // namespace

RequestHint requestHint(const FetchRequest &request, const BrowserState &, qint64)
{
    if (request.api == "raw")
        return {PillTone::Neutral, tr("No browser rules"),
                tr("Sent as it is, as curl would: no Origin, no CORS, no cookies.")};
    const QUrl page(QString::fromUtf8(request.page));
    const QUrl url = page.resolved(QUrl(QString::fromUtf8(request.url)));
    if (request.url.isEmpty() || !url.isValid() || url.host().isEmpty())
        return {PillTone::Bad, tr("This is no address"),
                tr("An address looks like http://api.shop.test:8000/api/user.")};
    const QByteArray full = url.toEncoded(QUrl::RemoveFragment);
    if (request.mode == RequestMode::Navigate)
        return {PillTone::Neutral, tr("Navigation: CORS has no say"),
                tr("The answer becomes a page of its own origin; no script of this page reads it.")};
    if (Origin::parse(full).sameOrigin(Origin::parse(request.page)))
        return {PillTone::Neutral, tr("Same origin: CORS has no say"),
                tr("Page and address share scheme, host and port.")};
    switch (request.mode) {
    case RequestMode::NoCors:
        return {PillTone::Neutral, tr("no-cors: the answer stays opaque"),
                tr("The request is sent, but script can read nothing of the answer.")};
    case RequestMode::SameOrigin:
        return {PillTone::Bad, tr("same-origin: will not be sent"),
                tr("The address belongs to another origin than the page.")};
    case RequestMode::Cors:
    case RequestMode::Navigate:
        break;
    }
    return {PillTone::Neutral, tr("Another origin: CORS decides"),
            tr("Whether script may read the answer is decided by the answer.")};
}

} // namespace rt
