// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

namespace rt {

using Tone = Annotation::Tone;

/// The charset parameter, unquoted, in lower case (RFC 9110 §8.3.2).
static QByteArray charsetOf(const QByteArray &contentType)
{
    for (const QByteArray &parameter : contentType.split(';').sliced(1)) {
        const QByteArrayList pair = parameter.trimmed().split('=');
        if (pair.size() == 2 && pair[0].toLower() == "charset")
            return pair[1].toLower().replace('"', "");
    }
    return {};
}

static bool isJson(const QByteArray &type)
{
    return type == "application/json" || type.endsWith("+json");
}

static void responseType(const Facts &, Annotation &row)
{
    const QByteArray type = essence(row.value);
    const QByteArray charset = charsetOf(row.value);
    const bool utf8 = charset == "utf-8" || charset == "utf8";
    if (isJson(type))
        row.meaning = utf8
            ? RuleText::tr("JSON text in UTF-8; script sees an object after res.json().")
            : RuleText::tr("JSON text, which is always UTF-8; script sees an object "
                           "after res.json().");
    else if (type == "text/html")
        row.meaning = RuleText::tr("A page: the browser shows it and runs its scripts.");
    else if (type == "text/event-stream")
        row.meaning = RuleText::tr("A stream of server-sent events: the answer stays open and "
                                   "lines arrive as they happen.");
    else if (type == "application/octet-stream")
        row.meaning = RuleText::tr("Bytes of no particular kind: a browser offers to save them.");
    else if (type.startsWith("text/") && charset.isEmpty())
        row.meaning
            = RuleText::tr("Text, but the header names no character set: the browser guesses.");
    else if (type.startsWith("text/"))
        row.meaning = RuleText::tr("Text in the character set %1.").arg(shown(charset));
    else if (type.startsWith("image/"))
        row.meaning = RuleText::tr("An image.");
    else if (type.isEmpty() || !type.contains('/'))
        row.meaning = RuleText::tr("This is no media type; a browser treats the body as unknown.");
    else
        row.meaning = RuleText::tr("The body is of the type %1.").arg(shown(type));
}

/// https://fetch.spec.whatwg.org/#cors-safelisted-request-header
static bool isSafelistedType(const QByteArray &type)
{
    return type == "text/plain" || type == "multipart/form-data"
        || type == "application/x-www-form-urlencoded";
}

static void requestType(const Facts &facts, Annotation &row)
{
    const QByteArray type = essence(row.value);
    QString meaning = RuleText::tr("The body is of the type %1.").arg(shown(type));
    if (isJson(type))
        meaning = RuleText::tr("The body is JSON: express.json reads it into req.body.");
    else if (type == "application/x-www-form-urlencoded")
        meaning = RuleText::tr("The body is a form: express.urlencoded reads it into req.body.");
    else if (type == "multipart/form-data")
        meaning
            = RuleText::tr("The body is a form in parts, as with file uploads; express.json and "
                           "express.urlencoded leave it alone.");
    else if (type == "text/plain")
        meaning = RuleText::tr("The body is text: only express.text reads it into req.body.");
    if (facts.crossOrigin && !isSafelistedType(type))
        meaning = RuleText::tr("%1 It is not one of the three types a form can send, so a page of "
                               "another origin has to ask first.")
                      .arg(meaning);
    row.meaning = meaning;
}

static void contentLength(const Facts &facts, Annotation &row)
{
    const auto length = wholeNumber(row.value);
    if (!length || *length < 0) {
        row.tone = Tone::Bad;
        row.meaning
            = RuleText::tr("This is no length: the receiver cannot tell where the message ends.");
        return;
    }
    const QByteArray &method = facts.request.method;
    if (!row.onRequest && (method == "HEAD" || facts.response.status == 304)) {
        row.meaning = RuleText::tr("A GET would have brought a body of %1; this answer has none.")
                          .arg(byteCount(*length));
        return;
    }
    row.meaning = *length == 0
        ? RuleText::tr("There is no body: the message ends with the empty line after the headers.")
        : RuleText::tr("The body has exactly %1; after them the next message may begin.")
              .arg(byteCount(*length));
    const EndReport &end = facts.exchange.end();
    const qint64 seen = row.onRequest ? end.requestBody.size() : end.responseBody.size();
    if (seen < *length && facts.exchange.bytesCut == 0 && end.aborted) {
        row.tone = Tone::Bad;
        row.meaning = RuleText::tr("The body should have %1, but the connection ended after %2.")
                          .arg(byteCount(*length), byteCount(seen));
    }
}

static void contentEncoding(const Facts &facts, Annotation &row)
{
    const qint64 size = facts.exchange.end().responseBody.size();
    const QString coding = shown(row.value);
    if (facts.call && facts.call->reason == "body.DecodeError") {
        row.tone = Tone::Bad;
        row.meaning = RuleText::tr("The header says the body is compressed with %1, but it is not, "
                                   "or not only once: the browser cannot unpack it.")
                          .arg(coding);
        return;
    }
    const QByteArrayList offered
        = commaList(facts.requested("Accept-Encoding").value_or(QByteArray()));
    const bool wasOffered = containsIgnoringCase(offered, row.value.trimmed());
    row.meaning = RuleText::tr("The body travels compressed with %1 (%2 on the wire). The browser "
                               "unpacks it before script sees it.")
                      .arg(coding, byteCount(size));
    if (facts.byBrowser && !wasOffered && !offered.isEmpty())
        row.tone = Tone::Caution;
}

static void location(const Facts &facts, Annotation &row)
{
    const int status = facts.response.status;
    const QString target = shown(row.value);
    if (status == 201)
        row.meaning = RuleText::tr("The new thing can be found at %1.").arg(target);
    else if (status >= 300 && status < 400 && facts.preflight) {
        row.tone = Tone::Bad;
        row.meaning
            = RuleText::tr("The server sends the preflight on to %1. A browser never follows "
                           "a redirect of a preflight.")
                  .arg(target);
    } else if (status == 307 || status == 308)
        row.meaning
            = RuleText::tr("The browser repeats the request at %1, method and body unchanged.")
                  .arg(target);
    else if (status == 303)
        row.meaning = RuleText::tr("The browser fetches %1 with GET.").arg(target);
    else if (status >= 300 && status < 400)
        row.meaning = RuleText::tr("The browser goes on to %1; a POST becomes a GET on the way.")
                          .arg(target);
    else
        row.meaning = RuleText::tr("Without a redirect status or 201 this address has no effect.");
}

static void allow(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("The methods this path answers: %1. It gives no permission to pages "
                               "of other origins; only Access-Control-Allow-Methods does.")
                      .arg(listed(commaList(row.value)));
}

static void disposition(const Facts &, Annotation &row)
{
    row.meaning = row.value.toLower().startsWith("attachment")
        ? RuleText::tr("The browser saves the body as a file instead of showing it.")
        : RuleText::tr("The browser may show the body.");
}

const HeaderRules &contentRequestRules()
{
    static const HeaderRules rules {
        {"Content-Type", "content.requestType", "RFC 9110 §8.3",
         "https://www.rfc-editor.org/rfc/rfc9110#section-8.3", requestType},
        {"Content-Length", "content.length", "RFC 9110 §8.6",
         "https://www.rfc-editor.org/rfc/rfc9110#section-8.6", contentLength},
    };
    return rules;
}

const HeaderRules &contentResponseRules()
{
    static const HeaderRules rules {
        {"Content-Type", "content.type", "RFC 9110 §8.3",
         "https://www.rfc-editor.org/rfc/rfc9110#section-8.3", responseType},
        {"Content-Length", "content.length", "RFC 9110 §8.6",
         "https://www.rfc-editor.org/rfc/rfc9110#section-8.6", contentLength},
        {"Content-Encoding", "content.encoding", "RFC 9110 §8.4",
         "https://www.rfc-editor.org/rfc/rfc9110#section-8.4", contentEncoding},
        {"Content-Disposition", "content.disposition", "RFC 6266 §4",
         "https://www.rfc-editor.org/rfc/rfc6266#section-4", disposition},
        {"Location", "content.location", "RFC 9110 §10.2.2",
         "https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2", location},
        {"Allow", "content.allow", "RFC 9110 §10.2.1",
         "https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1", allow},
    };
    return rules;
}

} // namespace rt
