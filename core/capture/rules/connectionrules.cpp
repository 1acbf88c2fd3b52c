// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

namespace rt {

using Tone = Annotation::Tone;

static void connection(const Facts &facts, Annotation &row)
{
    const QByteArrayList options = commaList(row.value);
    if (containsIgnoringCase(options, "close"))
        row.meaning = RuleText::tr(
            "The connection ends after this answer; the next request needs a new one.");
    else if (containsIgnoringCase(options, "upgrade"))
        row.meaning = facts.response.status == 101 || row.onRequest
            ? RuleText::tr("From here on this connection speaks the protocol named in Upgrade.")
            : RuleText::tr("The server could speak another protocol on this connection.");
    else if (containsIgnoringCase(options, "keep-alive"))
        row.meaning = RuleText::tr("The connection stays open for the next request. In HTTP/1.1 it "
                                   "would anyway.");
    else
        row.meaning = RuleText::tr("Headers meant for the next hop only: %1.").arg(listed(options));
}

static void keepAlive(const Facts &, Annotation &row)
{
    for (const QByteArray &parameter : commaList(row.value)) {
        const auto seconds = wholeNumber(parameter.mid(parameter.indexOf('=') + 1));
        if (parameter.startsWith("timeout=") && seconds) {
            row.meaning
                = RuleText::tr("The server closes the connection when it has been silent for %1.")
                      .arg(duration(*seconds));
            return;
        }
    }
    row.meaning = RuleText::tr("How long the connection is kept open while nobody speaks.");
}

static void transferEncoding(const Facts &facts, Annotation &row)
{
    if (facts.request.headers.contains("Content-Length") && row.onRequest) {
        row.tone = Tone::Bad;
        row.meaning = RuleText::tr("The request has a Content-Length too. Servers and proxies may "
                                   "disagree where it ends, so Node refuses it.");
        return;
    }
    row.meaning = RuleText::tr("The body comes in chunks, each with its size in front; its whole "
                               "length was not known when the head was written.");
    if (!row.onRequest && facts.answered("Content-Encoding"))
        row.meaning
            = RuleText::tr("The body comes in chunks, each with its size in front: "
                           "compression took the length away, since it is known only at the end.");
}

static void date(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr(
        "When the server wrote this answer, always in GMT. Caches count age from it.");
}

static void upgrade(const Facts &facts, Annotation &row)
{
    const QString protocol = shown(row.value);
    row.meaning = row.onRequest
        ? RuleText::tr("The client offers to go on with %1 on this connection.").arg(protocol)
        : RuleText::tr("The server agrees: this connection now speaks %1.").arg(protocol);
    if (!row.onRequest && facts.response.status != 101)
        row.meaning
            = RuleText::tr("The server names %1 as a protocol it could speak.").arg(protocol);
}

static void expect(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("The client waits for 100 Continue before it sends the body.");
}

static void trailer(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("After the last chunk these headers follow: %1.")
                      .arg(listed(commaList(row.value)));
}

static void host(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("Which of the names of this server the request is for: %1. HTTP/1.1 "
                               "requires it.")
                      .arg(shown(row.value));
}

const HeaderRules &connectionRequestRules()
{
    static const HeaderRules rules {
        {"Host", "connection.host", "RFC 9110 §7.2",
         "https://www.rfc-editor.org/rfc/rfc9110#section-7.2", host},
        {"Connection", "connection.connection", "RFC 9110 §7.6.1",
         "https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1", connection},
        {"Transfer-Encoding", "connection.transferEncoding", "RFC 9112 §6.1",
         "https://www.rfc-editor.org/rfc/rfc9112#section-6.1", transferEncoding},
        {"Upgrade", "connection.upgrade", "RFC 9110 §7.8",
         "https://www.rfc-editor.org/rfc/rfc9110#section-7.8", upgrade},
        {"Expect", "connection.expect", "RFC 9110 §10.1.1",
         "https://www.rfc-editor.org/rfc/rfc9110#section-10.1.1", expect},
    };
    return rules;
}

const HeaderRules &connectionResponseRules()
{
    static const HeaderRules rules {
        {"Date", "connection.date", "RFC 9110 §6.6.1",
         "https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1", date},
        {"Connection", "connection.connection", "RFC 9110 §7.6.1",
         "https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1", connection},
        {"Keep-Alive", "connection.keepAlive", "RFC 9112 appendix C.2.2",
         "https://www.rfc-editor.org/rfc/rfc9112#appendix-C.2.2", keepAlive},
        {"Transfer-Encoding", "connection.transferEncoding", "RFC 9112 §6.1",
         "https://www.rfc-editor.org/rfc/rfc9112#section-6.1", transferEncoding},
        {"Upgrade", "connection.upgrade", "RFC 9110 §7.8",
         "https://www.rfc-editor.org/rfc/rfc9110#section-7.8", upgrade},
        {"Trailer", "connection.trailer", "RFC 9110 §6.6.2",
         "https://www.rfc-editor.org/rfc/rfc9110#section-6.6.2", trailer},
    };
    return rules;
}

} // namespace rt
