// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/diagnosisrule.h"
#include "capture/rules/ruletext.h"

namespace rt {

/// Script is never told which: it sees "Failed to fetch" for all of these.
static void tell(Diagnosis &diagnosis, const QString &story, const QString &cause,
                 const QString &remedy)
{
    diagnosis.story = story;
    diagnosis.cause = cause;
    diagnosis.remedy = remedy;
}

static void refused(const Case &decided, Diagnosis &diagnosis)
{
    tell(diagnosis, RuleText::tr("Nobody answers at %1.").arg(decided.server),
         RuleText::tr("The computer was reached, but no program listens on this port."),
         RuleText::tr("Start the server, or check the port in the address."));
}

static void reset(const Case &decided, Diagnosis &diagnosis)
{
    tell(diagnosis, RuleText::tr("%1 broke off the connection in the middle.").arg(decided.server),
         RuleText::tr("The connection was reset before the answer was complete: the server ended "
                      "it at once, or "
                      "its process died."),
         RuleText::tr("Look at the server's side of this exchange and at its log."));
}

static void timeout(const Case &decided, Diagnosis &diagnosis)
{
    tell(diagnosis, RuleText::tr("%1 did not answer in time.").arg(decided.server),
         RuleText::tr("The request went out, and nothing came back until the limit was reached."),
         RuleText::tr("See at which stage the request waits; a middleware that neither answers nor "
                      "calls next() "
                      "leaves it hanging."));
}

static void closed(const Case &decided, Diagnosis &diagnosis)
{
    tell(diagnosis,
         RuleText::tr("%1 closed the connection before the answer was complete.")
             .arg(decided.server),
         RuleText::tr("The message ended earlier than its Content-Length or its last chunk says."),
         RuleText::tr("Let the server send as many bytes as it announces."));
}

static void emptyResponse(const Case &decided, Diagnosis &diagnosis)
{
    tell(diagnosis, RuleText::tr("%1 closed the connection without a word.").arg(decided.server),
         RuleText::tr("The request arrived, but not one byte of an answer came."),
         RuleText::tr("Look at the server's log: its process may have died, or it speaks another "
                      "protocol on this port."));
}

static void nameNotResolved(const Case &decided, Diagnosis &diagnosis)
{
    tell(diagnosis, RuleText::tr("There is no computer of the name %1.").arg(decided.server),
         RuleText::tr("The name could not be turned into an address."),
         RuleText::tr("Check the spelling. The lab knows the names of its own origins; the page "
                      "chooser lists them."));
}

static void unsafePort(const Case &decided, Diagnosis &diagnosis)
{
    tell(diagnosis,
         RuleText::tr("The browser does not talk HTTP to the port of %1.").arg(decided.server),
         RuleText::tr("The port belongs to another protocol, such as mail; browsers refuse it so "
                      "that no page can "
                      "write to such a server."),
         RuleText::tr("Let the server listen on another port."));
}

static void certificateInvalid(const Case &decided, Diagnosis &diagnosis)
{
    tell(diagnosis,
         RuleText::tr("The browser does not trust the certificate of %1.").arg(decided.server),
         RuleText::tr("Nobody the browser trusts vouches for this name at this time."),
         RuleText::tr(
             "Use the name the certificate was made for, or trust the lab's own authority."));
}

static void tlsFailed(const Case &decided, Diagnosis &diagnosis)
{
    tell(diagnosis, RuleText::tr("No secure connection to %1 came about.").arg(decided.server),
         RuleText::tr(
             "The two ends found no common way to encrypt; often the port speaks plain http."),
         RuleText::tr(
             "Check scheme and port of the address: https needs the port that speaks TLS."));
}

static void badResponse(const Case &decided, Diagnosis &diagnosis)
{
    tell(diagnosis, RuleText::tr("The answer of %1 is no HTTP.").arg(decided.server),
         decided.failedStep ? decided.failedStep->sentence
                            : RuleText::tr("The browser could not read the head of the answer."),
         RuleText::tr("Look at the bytes of the answer; the first line must be a status line."));
}

static void decodeError(const Case &decided, Diagnosis &diagnosis)
{
    const auto coding = decided.facts.answered("Content-Encoding");
    tell(diagnosis, RuleText::tr("The browser could not unpack the body."),
         RuleText::tr("Content-Encoding says %1, but the body is not compressed that way, or it "
                      "was compressed "
                      "twice and says so once.")
             .arg(coding ? shown(*coding) : RuleText::tr("nothing")),
         RuleText::tr(
             "Compress in one place only, and let whoever compresses set Content-Encoding."));
    if (decided.setting("proxy.gzip") == JsValue(QStringLiteral("naive")))
        addFix(diagnosis, "proxy.gzip", JsValue(QStringLiteral("on")));
}

const DiagnosisRules &netDiagnoses()
{
    static const DiagnosisRules rules {
        {"net.Refused", refused},
        {"net.Reset", reset},
        {"net.Timeout", timeout},
        {"net.Closed", closed},
        {"net.EmptyResponse", emptyResponse},
        {"net.NameNotResolved", nameNotResolved},
        {"net.UnsafePort", unsafePort},
        {"net.CertificateInvalid", certificateInvalid},
        {"net.TlsFailed", tlsFailed},
        {"net.BadResponse", badResponse},
        {"body.DecodeError", decodeError},
    };
    return rules;
}

} // namespace rt
