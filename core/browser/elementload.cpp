// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/elementload.h"

#include "browser/consolemessages.h"
#include "browser/fetchrun.h"
#include "browser/framecontent.h"
#include "browser/imageheader.h"
#include "browser/mimecheck.h"

using namespace Qt::StringLiterals;

namespace rt {

namespace {

Destination destinationOf(ElementKind kind)
{
    switch (kind) {
    case ElementKind::Script:
        return Destination::Script;
    case ElementKind::Style:
        return Destination::Style;
    case ElementKind::Image:
        return Destination::Image;
    case ElementKind::Iframe:
        break;
    }
    return Destination::Iframe;
}

/// https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attributes
void setModes(const ElementLoad &load, Request &request)
{
    request.credentials = CredentialsMode::Include;
    request.mode = RequestMode::NoCors;
    if (load.kind == ElementKind::Iframe) {
        request.mode = RequestMode::Navigate;
        return;
    }
    if (!load.crossOrigin && !load.isModule())
        return;
    request.mode = RequestMode::Cors;
    request.crossOriginAttribute = true;
    const bool withCredentials
        = load.crossOrigin && load.crossOrigin->toLower() == "use-credentials";
    if (!withCredentials)
        request.credentials = CredentialsMode::SameOrigin;
    request.corsFlag = !request.isSameOrigin();
}

void addTypeStep(FetchRun &run, MimeReason reason)
{
    const QByteArray type = responseMimeType(run.response().headers);
    const bool good = reason == MimeReason::Fits || reason == MimeReason::NotApplied;
    run.addStep({mimeReasonId(reason),
                 good ? FetchStep::Outcome::Passed : FetchStep::Outcome::Failed,
                 mimeReasonSentence(reason, type),
                 "Content-Type: " + run.response().headers.get("Content-Type").value_or(""),
                 u"Fetch, blocked due to nosniff / MIME type"_s,
                 {}});
}

void refuse(FetchResult &result, FetchResult::Outcome outcome, const QByteArray &reason,
            const QString &sentence)
{
    result.outcome = outcome;
    result.reason = reason;
    result.sentence = sentence;
    result.element.event = ElementOutcome::Event::Error;
}

/// Scripts and style sheets do not take the body of an error.
bool statusIsGood(FetchRun &run)
{
    const int status = run.response().status;
    if (status < 400)
        return true;
    const QString sentence
        = QStringLiteral("Status %1: the element does not use the answer.").arg(status);
    run.addStep(
        {"element.BadStatus", FetchStep::Outcome::Failed, sentence, {}, u"HTML, ok status"_s, {}});
    refuse(run.result(), FetchResult::Outcome::Failed, "element.BadStatus", sentence);
    return false;
}

void settleScript(const ElementLoad &load, FetchRun &run)
{
    FetchResult &result = run.result();
    const bool good = statusIsGood(run);
    if (!good && load.isModule())
        return;
    const QByteArray type = responseMimeType(run.response().headers);
    const MimeReason reason = checkScriptType(run.response().headers, load.isModule());
    addTypeStep(run, reason);
    if (reason == MimeReason::Fits) {
        result.element.applied = good;
        return;
    }
    result.console.append(reason == MimeReason::NotModuleScript
                              ? console::refusedModule(type)
                              : console::refusedScript(run.request().url, type,
                                                       reason == MimeReason::BlockedByNosniff));
    refuse(result, FetchResult::Outcome::Blocked, mimeReasonId(reason),
           mimeReasonSentence(reason, type));
}

void settleStyle(FetchRun &run)
{
    FetchResult &result = run.result();
    const bool mimeDecides = checkStyleType(run.response().headers) == MimeReason::BlockedByNosniff;
    if (mimeDecides && run.response().status >= 400)
        result.console.removeLast(); // Chromium then says nothing about the status
    if (!mimeDecides && !statusIsGood(run))
        return;
    const QByteArray type = responseMimeType(run.response().headers);
    const MimeReason reason = checkStyleType(run.response().headers);
    addTypeStep(run, reason);
    result.element.applied = reason == MimeReason::Fits;
    if (reason != MimeReason::BlockedByNosniff)
        return;
    result.console.append(console::refusedStyle(run.request().url, type));
    refuse(result, FetchResult::Outcome::Blocked, mimeReasonId(reason),
           mimeReasonSentence(reason, type));
}

/// Pictures are sniffed whatever type and status say.
void settleImage(FetchRun &run)
{
    FetchResult &result = run.result();
    const auto width = naturalImageWidth(run.body(), responseMimeType(run.response().headers));
    result.element.applied = width.has_value();
    result.element.naturalWidth = width.value_or(0);
    if (width)
        return;
    const QString sentence = QStringLiteral("The bytes are no picture this browser can draw.");
    run.addStep({"image.NotDrawable",
                 FetchStep::Outcome::Failed,
                 sentence,
                 {},
                 u"MIME Sniffing, image type"_s,
                 {}});
    refuse(result, FetchResult::Outcome::Failed, "image.NotDrawable", sentence);
}

void settleFrame(FetchRun &run)
{
    FetchResult &result = run.result();
    const Document document = Document::fromResponse(run.request().url, run.response());
    const FrameContent content
        = readFrameContent(document, run.response(), run.body(), run.request().client.origin);
    result.element.applied = content.kind != FrameContent::Kind::Nothing;
    result.element.framedScripts = content.scripts;
    // The page hears nothing from a frame of another site: it lives in another process.
    if (isSameSite(document.origin, run.request().client.origin)
        || content.kind == FrameContent::Kind::Nothing)
        result.console.append(content.console);
}

} // namespace

std::optional<ElementKind> elementKindOf(QByteArrayView api)
{
    if (api == "script")
        return ElementKind::Script;
    if (api == "style")
        return ElementKind::Style;
    if (api == "img")
        return ElementKind::Image;
    return api == "iframe" ? std::optional(ElementKind::Iframe) : std::nullopt;
}

ElementLoad elementLoadOf(ElementKind kind, const FetchRequest &call)
{
    return {kind,       call.url,       call.crossOrigin,   call.elementType,
            call.nonce, call.integrity, call.referrerPolicy};
}

std::optional<Request> elementRequest(const ElementLoad &load, const Document &client)
{
    const auto url = parseUrl(load.url, client.url.scheme.isEmpty() ? nullptr : &client.url);
    if (!url)
        return std::nullopt;
    Request request;
    request.url = *url;
    request.firstUrl = *url;
    request.client = client;
    request.destination = destinationOf(load.kind);
    request.nonce = load.nonce;
    request.integrity = load.integrity;
    setModes(load, request);
    request.farthest = siteRelation(client.origin, Origin::of(*url));
    const ReferrerPolicy own
        = referrerPolicyNamed(load.referrerPolicy).value_or(ReferrerPolicy::Default);
    request.referrerPolicy = own == ReferrerPolicy::Default ? client.referrerPolicy : own;
    request.referrer
        = determineReferrer(request.referrerPolicy, client.url.href(false), *url).value;
    return request;
}

void settleElement(const ElementLoad &load, FetchRun &run)
{
    FetchResult &result = run.result();
    result.element.source = run.body();
    if (result.outcome != FetchResult::Outcome::Ok) {
        result.element.event = load.kind == ElementKind::Iframe ? ElementOutcome::Event::None
                                                                : ElementOutcome::Event::Error;
        return;
    }
    result.element.event = ElementOutcome::Event::Load;
    switch (load.kind) {
    case ElementKind::Script:
        settleScript(load, run);
        return;
    case ElementKind::Style:
        settleStyle(run);
        return;
    case ElementKind::Image:
        settleImage(run);
        return;
    case ElementKind::Iframe:
        settleFrame(run);
        return;
    }
}

} // namespace rt
