// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/opaqueresponse.h"

#include "browser/fieldvalue.h"
#include "browser/imageheader.h"
#include "browser/mimecheck.h"

namespace rt {

namespace {

constexpr qsizetype sniffedBytes = 1024;

bool isNeverSniffed(QByteArrayView type)
{
    return type.startsWith("application/vnd.openxmlformats-officedocument.")
        || isOneOf(type,
                   {"application/gzip",
                    "application/msexcel",
                    "application/mspowerpoint",
                    "application/msword",
                    "application/msword-template",
                    "application/pdf",
                    "application/vnd.ms-excel",
                    "application/vnd.ms-powerpoint",
                    "application/vnd.ms-word",
                    "application/vnd.ms-word.document.12",
                    "application/vnd.ms-word.document.macroenabled.12",
                    "application/vnd.msword",
                    "application/x-gzip",
                    "application/x-protobuf",
                    "application/x-protobuffer",
                    "application/zip",
                    "multipart/byteranges",
                    "multipart/signed",
                    "text/csv",
                    "text/event-stream"});
}

/// What elements are meant to use, or could not misuse: not looked into.
bool isSafelisted(QByteArrayView type)
{
    return type.startsWith("audio/") || type.startsWith("video/")
        || isOneOf(type,
                   {"application/dash+xml", "application/vnd.apple.mpegurl", "image/svg+xml",
                    "text/css", "text/vtt"});
}

/// What nosniff keeps away by its name alone.
bool isProtectedByName(QByteArrayView type)
{
    return isXmlMimeType(type) || isJsonMimeType(type)
        || isOneOf(type, {"text/html", "text/plain", "application/json+protobuf"});
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

QByteArrayView withoutLeadingSpace(QByteArrayView text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    return text;
}

bool startsLike(QByteArrayView text, QByteArrayView sign)
{
    return text.size() >= sign.size() && equalsIgnoringCase(text.first(sign.size()), sign);
}

bool looksLikeHtml(QByteArrayView text)
{
    static constexpr QByteArrayView signs[]
        = {"<!doctype html", "<script", "<html",  "<head",  "<iframe", "<h1", "<div", "<font",
           "<table",         "<a",      "<style", "<title", "<b",      "<p",  "<?xml"};
    for (text = withoutLeadingSpace(text); !text.isEmpty(); text = withoutLeadingSpace(text)) {
        if (std::any_of(std::begin(signs), std::end(signs),
                        [&](QByteArrayView sign) { return startsLike(text, sign); }))
            return true;
        // A comment in front is skipped with the rest of its last line.
        const qsizetype end = text.startsWith("<!--") ? text.indexOf("-->", 4) : -1;
        if (end < 0)
            return false;
        text = text.sliced(end + 3);
        while (!text.isEmpty() && text.front() != '\n' && text.front() != '\r')
            text = text.sliced(1);
    }
    return false;
}

bool looksLikeXml(QByteArrayView text)
{
    return withoutLeadingSpace(text).startsWith("<?xml");
}

/// An object whose first member has begun: { "name" :
bool looksLikeJson(QByteArrayView text)
{
    text = withoutLeadingSpace(text);
    if (!text.startsWith('{'))
        return false;
    text = withoutLeadingSpace(text.sliced(1));
    if (!text.startsWith('"'))
        return false;
    qsizetype i = 1;
    while (i < text.size() && text.at(i) != '"')
        i += text.at(i) == '\\' ? 2 : 1;
    return i < text.size() && withoutLeadingSpace(text.sliced(i + 1)).startsWith(':');
}

/// What servers put in front of JSON so that no script element can run it.
bool looksLikeParserBreaker(QByteArrayView text)
{
    const QByteArrayView start = withoutLeadingSpace(text);
    return start.startsWith(")]}'") || start.startsWith("{}&&") || start.startsWith("{} &&");
}

bool applies(const Request &request)
{
    const bool element = request.destination == Destination::Script
        || request.destination == Destination::Style || request.destination == Destination::Image;
    return element && request.mode == RequestMode::NoCors
        && (request.tainted || !request.isSameOrigin());
}

} // namespace

OpaqueResponseReason checkOpaqueResponse(const Request &request, const ResponseHead &response,
                                         QByteArrayView body)
{
    if (!applies(request))
        return OpaqueResponseReason::NotOpaque;
    const QByteArray type = responseMimeType(response.headers);
    if (type.isEmpty() || isSafelisted(type))
        return OpaqueResponseReason::Allowed;
    if (isNeverSniffed(type))
        return OpaqueResponseReason::NeverSniffedType;
    if (isProtectedByName(type) && hasNosniff(response.headers))
        return OpaqueResponseReason::NosniffProtectedType;
    const QByteArrayView start = body.first(std::min(body.size(), sniffedBytes));
    if (sniffImage(start) != ImageFormat::None)
        return OpaqueResponseReason::Allowed;
    const bool looksProtected = looksLikeHtml(start) || looksLikeXml(start) || looksLikeJson(start)
        || looksLikeParserBreaker(start);
    return looksProtected ? OpaqueResponseReason::SniffedAsProtected
                          : OpaqueResponseReason::Allowed;
}

QByteArray opaqueResponseId(OpaqueResponseReason reason)
{
    switch (reason) {
    case OpaqueResponseReason::NotOpaque:
        return "orb.NotOpaque";
    case OpaqueResponseReason::Allowed:
        return "orb.Allowed";
    case OpaqueResponseReason::NeverSniffedType:
        return "orb.NeverSniffedType";
    case OpaqueResponseReason::NosniffProtectedType:
        return "orb.NosniffProtectedType";
    case OpaqueResponseReason::SniffedAsProtected:
        return "orb.SniffedAsProtected";
    }
    return {};
}

QString opaqueResponseSentence(OpaqueResponseReason reason, const QByteArray &type)
{
    const auto text = [&] {
        switch (reason) {
        case OpaqueResponseReason::NotOpaque:
            return "The answer is no opaque one.";
        case OpaqueResponseReason::Allowed:
            return "The opaque answer may be used by the element that asked.";
        case OpaqueResponseReason::NeverSniffedType:
            return "No element has a use for '%1': the answer stays out of the page's process.";
        case OpaqueResponseReason::NosniffProtectedType:
            return "'%1' with nosniff is data of another origin: it stays out of the page's "
                   "process.";
        case OpaqueResponseReason::SniffedAsProtected:
            return "The answer ('%1') looks like a document or data of another origin: it stays "
                   "out "
                   "of the page's process.";
        }
        return "";
    }();
    return QString::fromLatin1(text).replace(QStringLiteral("%1"), QString::fromLatin1(type));
}

} // namespace rt
