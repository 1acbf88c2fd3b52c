// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/requesthint.h"

#include "browser/corspreflight.h"
#include "browser/forbiddenheaders.h"
#include "browser/origin.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace rt {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("hint", text);
}

/// What fetch() will see: forbidden headers gone, the Content-Type a body implies added.
HeaderList effectiveHeaders(const FetchRequest &request)
{
    HeaderList headers;
    for (const HeaderField &field : request.headers) {
        if (headerPermission(field.name, field.value) == HeaderPermission::Allowed)
            headers.append(field.name, field.value);
    }
    if (request.hasBody && !headers.contains("Content-Type") && !request.bodyType.isEmpty())
        headers.append("Content-Type", request.bodyType);
    return headers;
}

/// The method and the headers that need permission: "PUT, application/json".
QString causes(const PreflightQuestion &question, const HeaderList &headers)
{
    QStringList words;
    if (question.need != PreflightNeed::Headers)
        words.append(QString::fromUtf8(question.method));
    for (const UnsafeHeader &header : question.unsafeHeaders) {
        const bool type = header.why == HeaderSafety::ContentTypeNotSimple;
        const QByteArray value = headers.get(header.name).value_or(QByteArray());
        words.append(QString::fromUtf8(type ? value.split(';').first().trimmed() : header.name));
    }
    return words.join(QStringLiteral(", "));
}

/// Seconds a remembered permission still covers the question; -1 when none does.
double remembered(const FetchRequest &request, const QByteArray &url,
                  const PreflightQuestion &question, const BrowserState &browser, qint64 now)
{
    const bool credentials = request.credentials == CredentialsMode::Include;
    for (const BrowserState::PreflightEntry &entry : browser.preflightCache) {
        if (entry.origin != request.page || entry.url != url || entry.credentials < credentials
            || entry.expiresAt <= now)
            continue;
        const PreflightPermission permission {entry.methods, entry.headers, request.credentials};
        if (checkPermission(permission, question).reason == CorsReason::Passed)
            return double(entry.expiresAt - now) / 1000;
    }
    return -1;
}

RequestHint corsHint(const FetchRequest &request, const QByteArray &url,
                     const BrowserState &browser, qint64 now)
{
    const HeaderList headers = effectiveHeaders(request);
    const PreflightQuestion question = preflightQuestion(normalizeMethod(request.method), headers);
    if (!question.needed())
        return {
            PillTone::Neutral, tr("No preflight"),
            tr("A request like this one needs no permission to be sent. Whether script may read "
               "the answer is decided afterwards.")};
    const double left = remembered(request, url, question, browser, now);
    if (left >= 0)
        return {PillTone::Accent, tr("No preflight: permission cached, %1 s left").arg(int(left)),
                tr("The browser still remembers that the server allowed this.")};
    return {PillTone::Caution, tr("Will be preflighted: %1").arg(causes(question, headers)),
            preflightNeedSentence(question)};
}

} // namespace

RequestHint requestHint(const FetchRequest &request, const BrowserState &browser, qint64 now)
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
    if (isForbiddenMethod(request.method))
        return {PillTone::Bad, tr("fetch() refuses %1").arg(QString::fromUtf8(request.method)),
                tr("CONNECT, TRACE and TRACK cannot be sent by script.")};
    if (request.mode == RequestMode::Navigate)
        return {
            PillTone::Neutral, tr("Navigation: CORS has no say"),
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
    return corsHint(request, full, browser, now);
}

} // namespace rt
