// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/framecontent.h"

#include "browser/consolemessages.h"
#include "browser/fieldvalue.h"
#include "browser/mimecheck.h"

#include <QRegularExpression>

namespace rt {

namespace {

/// Text types that Chromium saves instead of showing (third_party/blink mime_util).
bool isSavedText(QByteArrayView type)
{
    return isOneOf(type,
                   {"text/calendar", "text/comma-separated-values", "text/csv", "text/directory",
                    "text/ldif", "text/ofx", "text/qif", "text/rtf", "text/tab-separated-values",
                    "text/tsv", "text/vcalendar", "text/vcard", "text/x-calendar", "text/x-csv",
                    "text/x-qif", "text/x-vcalendar", "text/x-vcard", "text/x-vcf"});
}

bool isShown(QByteArrayView type)
{
    if (type.startsWith("text/"))
        return !isSavedText(type);
    return type.startsWith("image/") || type.startsWith("audio/") || type.startsWith("video/")
        || isXmlMimeType(type) || isJsonMimeType(type) || isJavaScriptMimeType(type)
        || isOneOf(type, {"application/pdf"});
}

bool isDownload(const ResponseHead &response)
{
    const QByteArray value = response.headers.get("Content-Disposition").value_or("");
    const qsizetype end = value.indexOf(';');
    const QByteArrayView kind = trimBlanks(end < 0 ? value : QByteArrayView(value).first(end));
    return !kind.isEmpty() && !equalsIgnoringCase(kind, "inline");
}

bool looksLikeHtml(QByteArrayView body)
{
    static const QRegularExpression start(
        QStringLiteral("^\\s*(<!doctype html|<html|<head|<script|<iframe|<h1|<div|<font|<table|<a|"
                       "<style|<title|<b|<body|<br|<p|<!--)[\\s>]"),
        QRegularExpression::CaseInsensitiveOption);
    return start.match(QString::fromLatin1(body.first(std::min<qsizetype>(body.size(), 512))))
        .hasMatch();
}

/// https://mimesniff.spec.whatwg.org/#determining-the-computed-mime-type-of-a-resource
FrameContent::Kind kindOf(const ResponseHead &response, QByteArrayView body)
{
    if (response.status == 204 || response.status == 205 || isDownload(response))
        return FrameContent::Kind::Nothing;
    const QByteArray type = responseMimeType(response.headers);
    const bool nosniff = hasNosniff(response.headers);
    const bool unknown
        = type.isEmpty() || type == "unknown/unknown" || type == "application/unknown";
    if (unknown && !nosniff)
        return looksLikeHtml(body) ? FrameContent::Kind::Html : FrameContent::Kind::Other;
    if (type == "text/html")
        return FrameContent::Kind::Html;
    return type.isEmpty() || isShown(type) ? FrameContent::Kind::Other
                                           : FrameContent::Kind::Nothing;
}

bool sandboxForbidsScripts(const std::vector<CspPolicy> &policies)
{
    return std::any_of(policies.begin(), policies.end(), [](const CspPolicy &policy) {
        const CspDirective *sandbox = policy.reportOnly ? nullptr : policy.find("sandbox");
        return sandbox && !sandbox->values.contains("allow-scripts");
    });
}

/// Runs or refuses each inline script in turn.
void readScripts(const Document &document, const QByteArray &body, FrameContent &content)
{
    static const QRegularExpression element(QStringLiteral("<script\\b([^>]*)>(.*?)</script"),
                                            QRegularExpression::CaseInsensitiveOption
                                                | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression nonce(QStringLiteral("\\bnonce=[\"']?([^\"'\\s>]*)"));
    if (sandboxForbidsScripts(document.policies))
        return;
    auto match = element.globalMatch(QString::fromUtf8(body));
    while (match.hasNext()) {
        const auto script = match.next();
        if (script.captured(1).contains(QStringLiteral("src=")))
            continue;
        CspSubject subject;
        subject.use = CspUse::InlineScript;
        subject.self = document.origin;
        subject.inlineText = script.captured(2).toUtf8();
        subject.nonce = nonce.match(script.captured(1)).captured(1).toUtf8();
        const auto violations = cspViolations(document.policies, subject);
        for (const CspViolation &violation : violations)
            content.console.append(console::cspInlineScript(violation, subject.inlineText));
        if (!isBlockedByCsp(violations))
            content.scripts.append(subject.inlineText);
    }
}

} // namespace

FrameContent readFrameContent(const Document &document, const ResponseHead &response,
                              const QByteArray &body, const Origin &asker)
{
    FrameContent content;
    content.kind = kindOf(response, body);
    const bool saved = content.kind == FrameContent::Kind::Nothing && response.status != 204
        && response.status != 205;
    const bool insecure
        = !isPotentiallyTrustworthy(document.origin) || !isPotentiallyTrustworthy(asker);
    if (saved && insecure)
        content.console.append(console::insecureDownload(document.url));
    if (content.kind != FrameContent::Kind::Nothing)
        content.console += problemsOf(document.policies);
    if (content.kind == FrameContent::Kind::Html)
        readScripts(document, body, content);
    return content;
}

} // namespace rt
