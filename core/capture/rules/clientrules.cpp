// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

namespace rt {

using Tone = Annotation::Tone;

static void origin(const Facts &facts, Annotation &row)
{
    if (row.value == "null")
        row.meaning
            = RuleText::tr("The browser keeps the origin to itself: the request comes from a "
                           "sandbox, a file or a redirect across origins.");
    else if (facts.exchange.kind == ExchangeRecord::Kind::Upgrade)
        row.meaning = RuleText::tr("The page that opens the WebSocket. No CORS check follows: the "
                                   "server itself has to look at it.");
    else if (facts.byBrowser)
        row.meaning = RuleText::tr("The page that asks is from %1. The browser writes this; script "
                                   "cannot change it.")
                          .arg(shown(row.value));
    else
        row.meaning
            = RuleText::tr("Says that a page of %1 asks. Outside a browser anybody can write this.")
                  .arg(shown(row.value));
}

static void referer(const Facts &, Annotation &row)
{
    const bool onlyOrigin = row.value.endsWith('/') && row.value.count('/') == 3;
    row.meaning = onlyOrigin
        ? RuleText::tr("The request comes from a page of this origin; its path is kept back, as "
                       "Referrer-Policy asks.")
        : RuleText::tr("The page the request comes from, with its path.");
}

static void userAgent(const Facts &, Annotation &row)
{
    row.meaning = row.value.startsWith("Mozilla/5.0")
        ? RuleText::tr(
            "The browser's name, with the names of older browsers it wants to be taken for.")
        : RuleText::tr("The program that sends the request.");
}

static void accept(const Facts &, Annotation &row)
{
    row.meaning = row.value == "*/*"
        ? RuleText::tr("Any type of answer will do.")
        : RuleText::tr("The types of answer the client prefers, best first by q.");
}

static void acceptEncoding(const Facts &, Annotation &row)
{
    const QByteArrayList codings = commaList(row.value);
    row.meaning = codings.isEmpty() || row.value == "identity"
        ? RuleText::tr("The client wants the body as it is, without compression.")
        : RuleText::tr(
              "The client can unpack %1. An offer, not a demand: the server may ignore it.")
              .arg(listed(codings));
}

static void acceptLanguage(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("The languages the reader prefers, best first by q.");
}

static void authorization(const Facts &, Annotation &row)
{
    const QByteArray scheme = row.value.left(row.value.indexOf(' ')).toLower();
    if (scheme == "bearer")
        row.meaning
            = RuleText::tr("A token that stands for a login. Whoever holds it is the user.");
    else if (scheme == "basic")
        row.meaning
            = RuleText::tr("Name and password, only encoded with base64: anybody can read them.");
    else
        row.meaning = RuleText::tr("Proves who is asking, by the scheme %1.").arg(shown(scheme));
}

static void upgradeInsecure(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("The browser would rather be sent to an https page.");
}

static void forwarded(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("Written by a proxy on the way. Express believes it only when trust "
                               "proxy says so, since a client can write it too.");
}

static void fetchSite(const Facts &, Annotation &row)
{
    const QByteArray &value = row.value;
    if (value == "same-origin")
        row.meaning = RuleText::tr("The page has the same origin as the server.");
    else if (value == "same-site")
        row.meaning = RuleText::tr("The page is of the same site, but of another origin.");
    else if (value == "cross-site")
        row.meaning = RuleText::tr("The page is of another site.");
    else if (value == "none")
        row.meaning
            = RuleText::tr("The person typed the address or used a bookmark; no page asked.");
    else
        row.meaning = RuleText::tr("How the page and the server are related.");
}

static void fetchMode(const Facts &, Annotation &row)
{
    const QByteArray &value = row.value;
    if (value == "cors")
        row.meaning = RuleText::tr("Script wants to read the answer, so the CORS check decides.");
    else if (value == "no-cors")
        row.meaning
            = RuleText::tr("The page uses the answer (an image, a script) without reading it.");
    else if (value == "navigate")
        row.meaning = RuleText::tr("The browser goes to this address as a page.");
    else if (value == "same-origin")
        row.meaning = RuleText::tr("Only an answer of the own origin will do.");
    else
        row.meaning = RuleText::tr("How the browser is going to use the answer.");
}

static void fetchDest(const Facts &, Annotation &row)
{
    row.meaning = row.value == "empty"
        ? RuleText::tr("The answer goes to script, by fetch or XMLHttpRequest.")
        : RuleText::tr("The answer is to become: %1.").arg(shown(row.value));
}

static void fetchUser(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("A person clicked or pressed a key; no script did it alone.");
}

static void clientHint(const Facts &, Annotation &row)
{
    row.meaning
        = RuleText::tr("The browser describes itself in short instead of one long User-Agent.");
}

const HeaderRules &clientRules()
{
    static const HeaderRules rules {
        {"Origin", "client.origin", "Fetch, Origin header",
         "https://fetch.spec.whatwg.org/#origin-header", origin},
        {"Referer", "client.referer", "RFC 9110 §10.1.3",
         "https://www.rfc-editor.org/rfc/rfc9110#section-10.1.3", referer},
        {"User-Agent", "client.userAgent", "RFC 9110 §10.1.5",
         "https://www.rfc-editor.org/rfc/rfc9110#section-10.1.5", userAgent},
        {"Accept", "client.accept", "RFC 9110 §12.5.1",
         "https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1", accept},
        {"Accept-Encoding", "client.acceptEncoding", "RFC 9110 §12.5.3",
         "https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3", acceptEncoding},
        {"Accept-Language", "client.acceptLanguage", "RFC 9110 §12.5.4",
         "https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4", acceptLanguage},
        {"Authorization", "client.authorization", "RFC 9110 §11.6.2",
         "https://www.rfc-editor.org/rfc/rfc9110#section-11.6.2", authorization},
        {"Upgrade-Insecure-Requests", "client.upgradeInsecureRequests",
         "W3C Upgrade Insecure Requests §3.2",
         "https://www.w3.org/TR/upgrade-insecure-requests/#preference", upgradeInsecure},
        {"X-Forwarded-For", "client.forwarded", "Express, behind proxies",
         "https://expressjs.com/en/guide/behind-proxies.html", forwarded},
        {"X-Forwarded-Proto", "client.forwarded", "Express, behind proxies",
         "https://expressjs.com/en/guide/behind-proxies.html", forwarded},
        {"X-Forwarded-Host", "client.forwarded", "Express, behind proxies",
         "https://expressjs.com/en/guide/behind-proxies.html", forwarded},
    };
    return rules;
}

const HeaderRules &fetchMetadataRules()
{
    static const HeaderRules rules {
        {"Sec-Fetch-Site", "fetchMetadata.site", "W3C Fetch Metadata §2.3",
         "https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header", fetchSite},
        {"Sec-Fetch-Mode", "fetchMetadata.mode", "W3C Fetch Metadata §2.2",
         "https://www.w3.org/TR/fetch-metadata/#sec-fetch-mode-header", fetchMode},
        {"Sec-Fetch-Dest", "fetchMetadata.dest", "W3C Fetch Metadata §2.1",
         "https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header", fetchDest},
        {"Sec-Fetch-User", "fetchMetadata.user", "W3C Fetch Metadata §2.4",
         "https://www.w3.org/TR/fetch-metadata/#sec-fetch-user-header", fetchUser},
        {"sec-ch-ua", "fetchMetadata.hint", "User-Agent Client Hints §3",
         "https://wicg.github.io/ua-client-hints/#sec-ch-ua", clientHint},
        {"sec-ch-ua-mobile", "fetchMetadata.hint", "User-Agent Client Hints §3",
         "https://wicg.github.io/ua-client-hints/#sec-ch-ua-mobile", clientHint},
        {"sec-ch-ua-platform", "fetchMetadata.hint", "User-Agent Client Hints §3",
         "https://wicg.github.io/ua-client-hints/#sec-ch-ua-platform", clientHint},
    };
    return rules;
}

} // namespace rt
