// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

#include <algorithm>
#include <array>

namespace rt {

using Tone = Annotation::Tone;

static QString methodMeaning(const Facts &facts)
{
    const QByteArray &method = facts.request.method;
    const QString path = shown(facts.exchange.path());
    if (facts.preflight)
        return RuleText::tr(
                   "The browser asks before it sends %1: may this page do that? No cookie and "
                   "no body go along.")
            .arg(shown(facts.requested("Access-Control-Request-Method").value_or("the request")));
    if (method == "GET")
        return RuleText::tr("Asks for %1. GET changes nothing, so it may be repeated and cached.")
            .arg(path);
    if (method == "HEAD")
        return RuleText::tr("Asks for the headers of %1 only; the answer has no body.").arg(path);
    if (method == "POST")
        return RuleText::tr("Hands the body to %1. Sent twice it may act twice.").arg(path);
    if (method == "PUT")
        return RuleText::tr("Puts the body in the place of %1. Sent twice it leaves the same.")
            .arg(path);
    if (method == "PATCH")
        return RuleText::tr("Changes parts of %1.").arg(path);
    if (method == "DELETE")
        return RuleText::tr("Removes %1. Sent twice it leaves the same.").arg(path);
    if (method == "OPTIONS")
        return RuleText::tr("Asks what can be done with %1.").arg(path);
    return RuleText::tr("Sends the method %1 to %2.").arg(shown(method), path);
}

/// Why the server refused to read the message: the parser's reason.
static const Decision *refusal(const Facts &facts)
{
    const ServerReport &server = facts.exchange.server;
    return server.stages.empty() && !server.decisions.empty() ? &server.decisions.front() : nullptr;
}

static QByteArray firstLine(const QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    return bytes.first(end < 0 ? bytes.size() : end).trimmed();
}

Annotation explainRequestLine(const Facts &facts)
{
    Annotation row;
    row.id = "start.request";
    row.onRequest = true;
    row.value = firstLine(facts.exchange.end().requestBytes);
    if (row.value.isEmpty())
        row.value = facts.request.method + ' ' + facts.request.target + " HTTP/1.1";
    row.meaning = methodMeaning(facts);
    referTo(row, "RFC 9110 §9", "https://www.rfc-editor.org/rfc/rfc9110#section-9");
    if (facts.preflight)
        referTo(row, "Fetch, CORS-preflight fetch",
                "https://fetch.spec.whatwg.org/#cors-preflight-fetch");
    if (const Decision *reason = refusal(facts)) {
        row.id = reason->id;
        row.tone = Tone::Bad;
        row.meaning = reason->sentence;
        referTo(row, "RFC 9112 §3", "https://www.rfc-editor.org/rfc/rfc9112#section-3");
    }
    return row;
}

static QString notFoundMeaning(const Facts &facts)
{
    const QString what
        = QString::fromLatin1(facts.request.method) + u' ' + shown(facts.exchange.path());
    return facts.exchange.server.endedBy == "notFound"
        ? RuleText::tr("No route answers %1. Express says 404 for a known path with another method "
                       "too, never 405.")
              .arg(what)
        : RuleText::tr("There is nothing at %1.").arg(shown(facts.exchange.path()));
}

namespace {

struct StatusText
{
    int status;
    const char *text;
};

// Plain sentences for the codes a learner meets; the rest goes by class.
constexpr std::array statusTexts {
    StatusText {100, QT_TRANSLATE_NOOP("RuleText", "The server wants the body: go on.")},
    StatusText {
        101, QT_TRANSLATE_NOOP("RuleText", "The connection changes its protocol; HTTP ends here.")},
    StatusText {
        103, QT_TRANSLATE_NOOP("RuleText", "A hint ahead of the answer: what the page will need.")},
    StatusText {
        200, QT_TRANSLATE_NOOP("RuleText", "The server did what was asked; the answer follows.")},
    StatusText {201, QT_TRANSLATE_NOOP("RuleText", "Something new was made; Location says where.")},
    StatusText {
        202,
        QT_TRANSLATE_NOOP("RuleText", "The server took the order but has not carried it out yet.")},
    StatusText {204, QT_TRANSLATE_NOOP("RuleText", "Done, and there is nothing to say: no body.")},
    StatusText {206, QT_TRANSLATE_NOOP("RuleText", "Only the part that was asked for follows.")},
    StatusText {
        301, QT_TRANSLATE_NOOP("RuleText", "It has moved for good, to the address in Location.")},
    StatusText {302, QT_TRANSLATE_NOOP("RuleText", "For now it is at the address in Location.")},
    StatusText {303,
                QT_TRANSLATE_NOOP("RuleText",
                                  "The answer is at the address in Location; fetch it with GET.")},
    StatusText {304,
                QT_TRANSLATE_NOOP("RuleText",
                                  "Your copy is still good: no body follows, the cache answers.")},
    StatusText {307,
                QT_TRANSLATE_NOOP(
                    "RuleText", "Repeat the same request at the address in Location, this once.")},
    StatusText {
        308,
        QT_TRANSLATE_NOOP("RuleText",
                          "Repeat the same request at the address in Location, from now on.")},
    StatusText {400, QT_TRANSLATE_NOOP("RuleText", "The server cannot make sense of the request.")},
    StatusText {
        401,
        QT_TRANSLATE_NOOP("RuleText", "The server does not know who is asking: log in first.")},
    StatusText {403, QT_TRANSLATE_NOOP("RuleText", "The server knows who is asking and says no.")},
    StatusText {405, QT_TRANSLATE_NOOP("RuleText", "This path exists, but not with this method.")},
    StatusText {
        406,
        QT_TRANSLATE_NOOP("RuleText", "The server has no answer of a type the client accepts.")},
    StatusText {408, QT_TRANSLATE_NOOP("RuleText", "The request did not arrive in time.")},
    StatusText {409,
                QT_TRANSLATE_NOOP("RuleText", "The request clashes with the state things are in.")},
    StatusText {411, QT_TRANSLATE_NOOP("RuleText", "The request has to say how long its body is.")},
    StatusText {412, QT_TRANSLATE_NOOP("RuleText", "A condition of the request does not hold.")},
    StatusText {413, QT_TRANSLATE_NOOP("RuleText", "The body is larger than the server takes.")},
    StatusText {414, QT_TRANSLATE_NOOP("RuleText", "The address is longer than the server takes.")},
    StatusText {415,
                QT_TRANSLATE_NOOP(
                    "RuleText",
                    "The server cannot read a body of this type, character set or compression.")},
    StatusText {417, QT_TRANSLATE_NOOP("RuleText", "The server cannot meet what Expect asks for.")},
    StatusText {421, QT_TRANSLATE_NOOP("RuleText", "This server does not speak for that host.")},
    StatusText {422,
                QT_TRANSLATE_NOOP(
                    "RuleText", "The server can read the body, but what it says makes no sense.")},
    StatusText {
        426, QT_TRANSLATE_NOOP("RuleText", "The server wants another protocol, named in Upgrade.")},
    StatusText {
        429,
        QT_TRANSLATE_NOOP(
            "RuleText", "Too many requests in a short time; Retry-After says when to come back.")},
    StatusText {
        431,
        QT_TRANSLATE_NOOP("RuleText", "The head of the request is larger than Node's 16 KiB.")},
    StatusText {500,
                QT_TRANSLATE_NOOP("RuleText",
                                  "Something in the server failed while it handled the request.")},
    StatusText {501,
                QT_TRANSLATE_NOOP("RuleText", "The server does not know this method or coding.")},
    StatusText {
        502,
        QT_TRANSLATE_NOOP("RuleText", "A proxy got no usable answer from the server behind it.")},
    StatusText {503, QT_TRANSLATE_NOOP("RuleText", "The server cannot answer just now.")},
    StatusText {504,
                QT_TRANSLATE_NOOP("RuleText", "A proxy waited too long for the server behind it.")},
};

} // namespace

static QString statusMeaning(const Facts &facts)
{
    const int status = facts.response.status;
    if (status == 0)
        return RuleText::tr("No answer arrived.");
    if (facts.preflight && status >= 200 && status < 300)
        return RuleText::tr(
            "The preflight was answered. Whether the page may go on is in the headers "
            "below, not in the status.");
    if (facts.preflight)
        return RuleText::tr(
                   "A preflight needs a status from 200 to 299. With %1 the browser does not "
                   "send the request, whatever the headers say.")
            .arg(status);
    if (status == 404)
        return notFoundMeaning(facts);
    const auto found
        = std::find_if(statusTexts.begin(), statusTexts.end(),
                       [status](const StatusText &one) { return one.status == status; });
    if (found != statusTexts.end())
        return RuleText::tr(found->text);
    if (status < 200)
        return RuleText::tr("An interim answer; the real one follows.");
    if (status < 300)
        return RuleText::tr("The server did what was asked.");
    if (status < 400)
        return RuleText::tr("The answer is elsewhere.");
    return status < 500 ? RuleText::tr("The server says the request is at fault.")
                        : RuleText::tr("The server says it is at fault itself.");
}

static Tone statusTone(const Facts &facts)
{
    const int status = facts.response.status;
    if (facts.preflight)
        return status >= 200 && status < 300 ? Tone::Good : Tone::Bad;
    if (status == 0 || status >= 500)
        return Tone::Bad;
    if (status >= 400)
        return Tone::Caution;
    return status >= 200 && status < 300 ? Tone::Good : Tone::Neutral;
}

Annotation explainStatusLine(const Facts &facts)
{
    Annotation row;
    row.id = "start.status";
    row.value = firstLine(facts.exchange.end().responseBytes);
    if (row.value.isEmpty() && facts.response.status > 0)
        row.value = "HTTP/1.1 " + QByteArray::number(facts.response.status) + ' '
            + facts.response.reasonPhrase;
    row.tone = statusTone(facts);
    row.meaning = statusMeaning(facts);
    nameStatusSource(facts, row);
    referTo(row, "RFC 9110 §15", "https://www.rfc-editor.org/rfc/rfc9110#section-15");
    for (const StageRecord &stage : facts.exchange.server.stages) {
        if (!stage.error.isEmpty() && facts.response.status >= 400)
            row.meaning = RuleText::tr("%1 The stage %2 said: %3")
                              .arg(row.meaning, shown(stage.name), stage.error);
    }
    if (const Decision *reason = refusal(facts)) {
        row.setBy = "node";
        row.meaning = RuleText::tr("Node refuses the message before any middleware runs: %1")
                          .arg(reason->sentence);
    }
    return row;
}

} // namespace rt
