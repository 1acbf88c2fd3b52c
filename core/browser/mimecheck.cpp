// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/mimecheck.h"

#include "browser/fieldvalue.h"

namespace rt {

namespace {

/// Up to the first blank, semicolon or bracket, when that is a type at all.
QByteArray mimeTypeIn(QByteArrayView value)
{
    value = trimBlanks(value);
    qsizetype end = 0;
    while (end < value.size() && !QByteArrayView(" \t;(").contains(value.at(end)))
        ++end;
    const QByteArray type = value.first(end).toByteArray().toLower();
    return type.contains('/') && type != "*/*" ? type : QByteArray();
}

bool startsWithOneOf(QByteArrayView type, std::initializer_list<QByteArrayView> starts)
{
    return std::any_of(starts.begin(), starts.end(),
                       [&](QByteArrayView start) { return type.startsWith(start); });
}

} // namespace

QByteArray responseMimeType(const HeaderList &headers)
{
    QByteArray type;
    for (const QByteArray &field : headers.all("Content-Type")) {
        for (const QByteArray &member : field.split(',')) {
            const QByteArray read = mimeTypeIn(member);
            if (!read.isEmpty())
                type = read;
        }
    }
    return type;
}

bool hasNosniff(const HeaderList &headers)
{
    const QByteArray value = headers.get("X-Content-Type-Options").value_or("");
    const qsizetype comma = value.indexOf(',');
    const QByteArrayView first = comma < 0 ? value : QByteArrayView(value).first(comma);
    return equalsIgnoringCase(trimBlanks(first), "nosniff");
}

bool isJavaScriptMimeType(QByteArrayView type)
{
    return isOneOf(type,
                   {"application/ecmascript", "application/javascript", "application/x-ecmascript",
                    "application/x-javascript", "text/ecmascript", "text/javascript",
                    "text/javascript1.0", "text/javascript1.1", "text/javascript1.2",
                    "text/javascript1.3", "text/javascript1.4", "text/javascript1.5",
                    "text/jscript", "text/livescript", "text/x-ecmascript", "text/x-javascript"});
}

bool isJsonMimeType(QByteArrayView type)
{
    return type.endsWith("+json") || isOneOf(type, {"application/json", "text/json"});
}

bool isXmlMimeType(QByteArrayView type)
{
    return type.endsWith("+xml") || isOneOf(type, {"application/xml", "text/xml"});
}

MimeReason checkScriptType(const HeaderList &headers, bool module)
{
    const QByteArray type = responseMimeType(headers);
    if (module)
        return isJavaScriptMimeType(type) || type == "application/wasm"
            ? MimeReason::Fits
            : MimeReason::NotModuleScript;
    if (hasNosniff(headers) && !isJavaScriptMimeType(type))
        return MimeReason::BlockedByNosniff;
    const bool media = startsWithOneOf(type, {"image/", "audio/", "video/"}) || type == "text/csv";
    return media ? MimeReason::NotExecutable : MimeReason::Fits;
}

MimeReason checkStyleType(const HeaderList &headers)
{
    const QByteArray type = responseMimeType(headers);
    if (type == "text/css")
        return MimeReason::Fits;
    if (hasNosniff(headers))
        return MimeReason::BlockedByNosniff;
    const bool untyped = type.isEmpty() || type == "application/x-unknown-content-type";
    return untyped ? MimeReason::Fits : MimeReason::NotApplied;
}

QByteArray mimeReasonId(MimeReason reason)
{
    switch (reason) {
    case MimeReason::Fits:
        return "mime.Fits";
    case MimeReason::BlockedByNosniff:
        return "nosniff.Blocked";
    case MimeReason::NotExecutable:
        return "mime.NotExecutable";
    case MimeReason::NotModuleScript:
        return "mime.NotModuleScript";
    case MimeReason::NotApplied:
        return "mime.NotApplied";
    }
    return {};
}

QString mimeReasonSentence(MimeReason reason, const QByteArray &type)
{
    const auto text = [&] {
        switch (reason) {
        case MimeReason::Fits:
            return "The media type '%1' may be used here.";
        case MimeReason::BlockedByNosniff:
            return "X-Content-Type-Options: nosniff forbids to use '%1' here.";
        case MimeReason::NotExecutable:
            return "'%1' is never run as a script.";
        case MimeReason::NotModuleScript:
            return "A module script must have a JavaScript type; this one is '%1'.";
        case MimeReason::NotApplied:
            return "'%1' is no style sheet type: it loads, but no rule of it counts.";
        }
        return "";
    }();
    return QString::fromLatin1(text).arg(QString::fromLatin1(type));
}

} // namespace rt
