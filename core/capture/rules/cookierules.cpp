// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

#include "http/headerlist.h"

#include <algorithm>

namespace rt {

using Tone = Annotation::Tone;

static void cookie(const Facts &, Annotation &row)
{
    QByteArrayList names;
    for (const QByteArray &pair : row.value.split(';'))
        names.append(pair.trimmed().split('=').first());
    row.meaning = RuleText::tr("The browser sends back what it keeps for this server and path: %1.")
                      .arg(listed(names));
}

/// Why the browser refused the cookie, in words; the reasons of the check language.
static QString refusal(const QByteArray &reason)
{
    if (reason == "secure")
        return RuleText::tr("it is marked Secure, but came over plain http.");
    if (reason == "too-large")
        return RuleText::tr("name and value together are longer than 4,096 bytes.");
    if (reason == "none-insecure")
        return RuleText::tr("SameSite=None needs Secure.");
    if (reason == "credentials")
        return RuleText::tr("the request was sent without credentials.");
    if (reason.startsWith("samesite"))
        return RuleText::tr("it comes from another site and its SameSite forbids that.");
    if (reason == "domain")
        return RuleText::tr("this server may not set cookies for that domain.");
    return RuleText::tr("the reason is %1.").arg(shown(reason));
}

static bool hasAttribute(const QByteArrayList &attributes, QByteArrayView name)
{
    return std::any_of(attributes.begin(), attributes.end(), [name](const QByteArray &attribute) {
        return equalsIgnoringCase(attribute.trimmed().split('=').first(), name);
    });
}

static void setCookie(const Facts &facts, Annotation &row)
{
    QByteArrayList attributes = row.value.split(';');
    const QByteArray name = attributes.takeFirst().trimmed().split('=').first();
    if (facts.call) {
        for (const auto &[rejected, reason] : facts.call->rejected) {
            if (rejected == name) {
                row.tone = Tone::Bad;
                row.meaning = RuleText::tr("The browser does not keep this cookie: %1")
                                  .arg(refusal(reason));
                return;
            }
        }
    }
    const bool httpOnly = hasAttribute(attributes, "HttpOnly");
    const bool lasting = hasAttribute(attributes, "Max-Age") || hasAttribute(attributes, "Expires");
    const QString reader = httpOnly ? RuleText::tr("script cannot read it")
                                    : RuleText::tr("script on the page can read it");
    const QString life = lasting ? RuleText::tr("it outlives the browser session")
                                 : RuleText::tr("it goes when the browser session ends");
    row.tone = httpOnly ? Tone::Neutral : Tone::Caution;
    row.meaning = RuleText::tr("The browser keeps %1 and sends it along from now on; %2, %3.")
                      .arg(shown(name), reader, life);
}

static void authenticate(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("The server wants to know who is asking, by the scheme %1.")
                      .arg(shown(row.value.split(' ').first()));
}

static void poweredBy(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr(
        "Tells everybody, attackers too, what the server is made of. Nobody needs it.");
}

static void serverName(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("The program that answers.");
}

const HeaderRules &cookieRequestRules()
{
    static const HeaderRules rules {
        {"Cookie", "cookies.cookie", "RFC 6265bis §5.7",
         "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.7", cookie},
    };
    return rules;
}

const HeaderRules &cookieResponseRules()
{
    static const HeaderRules rules {
        {"Set-Cookie", "cookies.setCookie", "RFC 6265bis §4.1",
         "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1",
         setCookie},
    };
    return rules;
}

const HeaderRules &serverRules()
{
    static const HeaderRules rules {
        {"X-Powered-By", "server.poweredBy", "Express, x-powered-by",
         "https://expressjs.com/en/4x/api.html#app.settings.table", poweredBy},
        {"Server", "server.name", "RFC 9110 §10.2.4",
         "https://www.rfc-editor.org/rfc/rfc9110#section-10.2.4", serverName},
        {"WWW-Authenticate", "server.authenticate", "RFC 9110 §11.6.1",
         "https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1", authenticate},
    };
    return rules;
}

} // namespace rt
