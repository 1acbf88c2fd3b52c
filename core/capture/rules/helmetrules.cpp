// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

namespace rt {

using Tone = Annotation::Tone;

/// The sources of one directive of a policy; nullopt when it has no such directive (W3C CSP3
/// §2.2.1).
static std::optional<QByteArrayList> directiveOf(const QByteArray &policy, QByteArrayView name)
{
    for (const QByteArray &part : policy.split(';')) {
        QByteArrayList words = part.simplified().split(' ');
        if (words.takeFirst().toLower() == name)
            return words;
    }
    return std::nullopt;
}

static void contentSecurityPolicy(const Facts &facts, Annotation &row)
{
    if (facts.call && facts.call->reason == "csp.Blocked") {
        row.tone = Tone::Bad;
        row.meaning = RuleText::tr("The directive %1 of this policy stopped the request.")
                          .arg(shown(facts.call->directive));
        return;
    }
    if (row.value == "default-src 'none'") {
        row.meaning = RuleText::tr(
            "Express puts this on its own error pages: the page may load nothing at all.");
        return;
    }
    auto scripts = directiveOf(row.value, "script-src");
    if (!scripts)
        scripts = directiveOf(row.value, "default-src");
    row.meaning
        = RuleText::tr("Says from where the page may load scripts, styles and the rest; what is "
                       "not listed does not load.");
    if (scripts && scripts->contains("'unsafe-inline'")) {
        row.tone = Tone::Caution;
        row.meaning
            = RuleText::tr("The policy lets scripts stand in the page itself ('unsafe-inline'), "
                           "so injected script runs too.");
    } else if (scripts) {
        row.meaning
            = RuleText::tr("Scripts may come only from %1; what is not listed does not load.")
                  .arg(listed(*scripts));
    }
}

static void reportOnly(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr(
        "The browser reports what this policy would stop and loads it all the same.");
}

static void openerPolicy(const Facts &, Annotation &row)
{
    row.meaning = row.value == "same-origin"
        ? RuleText::tr(
            "Windows of other origins get no handle on this page, nor this page on them.")
        : RuleText::tr("How far windows of other origins may hold on to this page.");
}

static void embedderPolicy(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("The page loads only what agreed to be embedded, by CORS or by "
                               "Cross-Origin-Resource-Policy.");
}

static void resourcePolicy(const Facts &facts, Annotation &row)
{
    if (facts.call && facts.call->reason == "corp.Blocked")
        row.tone = Tone::Bad;
    if (row.value == "same-origin")
        row.meaning
            = RuleText::tr("Only pages of the same origin may embed this as image, script or "
                           "style. A fetch that passes the CORS check is not touched.");
    else if (row.value == "same-site")
        row.meaning
            = RuleText::tr("Only pages of the same site, by the same scheme, may embed this.");
    else if (row.value == "cross-origin")
        row.meaning = RuleText::tr("Any page may embed this.");
    else
        row.meaning
            = RuleText::tr("%1 is none of the three words a browser knows, so it is ignored.")
                  .arg(shown(row.value));
}

static void agentCluster(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr(
        "The browser may give this origin a process of its own, away from its sister origins.");
}

static void referrerPolicy(const Facts &, Annotation &row)
{
    if (row.value == "no-referrer")
        row.meaning = RuleText::tr("Requests from this page name no Referer at all.");
    else
        row.meaning = RuleText::tr("How much of this page's address its requests give away: %1.")
                          .arg(shown(row.value));
}

static void transportSecurity(const Facts &facts, Annotation &row)
{
    if (!facts.exchange.targetOrigin.startsWith("https:")) {
        row.tone = Tone::Caution;
        row.meaning = RuleText::tr(
            "Over plain http a browser ignores this: anybody on the way could have written it.");
        return;
    }
    const qsizetype at = row.value.toLower().indexOf("max-age=");
    const QByteArray digits
        = at < 0 ? QByteArray() : row.value.mid(at + 8).split(';').first().trimmed();
    const auto seconds = wholeNumber(digits);
    row.meaning = seconds && *seconds > 0
        ? RuleText::tr(
              "For %1 the browser goes to this host by https only, whatever the link says.")
              .arg(duration(*seconds))
        : RuleText::tr("The browser forgets that this host wants https only.");
}

static void contentTypeOptions(const Facts &facts, Annotation &row)
{
    if (facts.call && facts.call->reason == "nosniff.Blocked")
        row.tone = Tone::Bad;
    row.meaning = row.value.toLower() == "nosniff"
        ? RuleText::tr(
            "The browser takes Content-Type at its word: a script needs a JavaScript type, "
            "a style text/css.")
        : RuleText::tr("Only the word nosniff has an effect here.");
}

static void dnsPrefetch(const Facts &, Annotation &row)
{
    row.meaning = row.value == "on"
        ? RuleText::tr("The browser may look up the names in links before anybody clicks.")
        : RuleText::tr("The browser looks up no names in links before somebody clicks.");
}

static void downloadOptions(const Facts &, Annotation &row)
{
    row.meaning
        = RuleText::tr("Told Internet Explorer 8 not to open a download in the site's name. "
                       "Today's browsers ignore it.");
}

static void frameOptions(const Facts &facts, Annotation &row)
{
    if (facts.call && facts.call->reason == "frame.Refused")
        row.tone = Tone::Bad;
    const auto policy = facts.answered("Content-Security-Policy");
    if (policy && directiveOf(*policy, "frame-ancestors"))
        row.meaning
            = RuleText::tr("Says who may show this page in a frame, but frame-ancestors of the "
                           "Content-Security-Policy counts instead.");
    else if (row.value.toUpper() == "DENY")
        row.meaning = RuleText::tr("No page may show this one in a frame.");
    else if (row.value.toUpper() == "SAMEORIGIN")
        row.meaning = RuleText::tr("Only pages of the same origin may show this one in a frame.");
    else {
        row.tone = Tone::Caution;
        row.meaning
            = RuleText::tr("Browsers know DENY and SAMEORIGIN only; %1 is ignored. Partners "
                           "are named in frame-ancestors.")
                  .arg(shown(row.value));
    }
}

static void crossDomainPolicies(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr(
        "Kept Flash and Acrobat from reading across domains. Today's browsers ignore it.");
}

static void xssProtection(const Facts &, Annotation &row)
{
    row.meaning = row.value == "0"
        ? RuleText::tr("Switches off a filter of old browsers that could itself be turned against "
                       "pages. 0 is the safest value.")
        : RuleText::tr("Switches on a filter of old browsers that could itself be turned against "
                       "pages; 0 is safer.");
    if (row.value != "0")
        row.tone = Tone::Caution;
}

const HeaderRules &helmetRules()
{
    static const HeaderRules rules {
        {"Content-Security-Policy", "helmet.contentSecurityPolicy", "W3C CSP3 §3.1",
         "https://www.w3.org/TR/CSP3/#csp-header", contentSecurityPolicy},
        {"Content-Security-Policy-Report-Only", "helmet.reportOnly", "W3C CSP3 §3.2",
         "https://www.w3.org/TR/CSP3/#cspro-header", reportOnly},
        {"Cross-Origin-Opener-Policy", "helmet.crossOriginOpenerPolicy",
         "HTML, cross-origin opener policies",
         "https://html.spec.whatwg.org/multipage/browsers.html#cross-origin-opener-policies",
         openerPolicy},
        {"Cross-Origin-Embedder-Policy", "helmet.crossOriginEmbedderPolicy",
         "HTML, cross-origin embedder policies",
         "https://html.spec.whatwg.org/multipage/browsers.html#coep", embedderPolicy},
        {"Cross-Origin-Resource-Policy", "helmet.crossOriginResourcePolicy",
         "Fetch, Cross-Origin-Resource-Policy",
         "https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header", resourcePolicy},
        {"Origin-Agent-Cluster", "helmet.originAgentCluster", "HTML, Origin-Agent-Cluster",
         "https://html.spec.whatwg.org/multipage/browsers.html#origin-keyed-agent-clusters",
         agentCluster},
        {"Referrer-Policy", "helmet.referrerPolicy", "W3C Referrer Policy §3",
         "https://www.w3.org/TR/referrer-policy/#referrer-policies", referrerPolicy},
        {"Strict-Transport-Security", "helmet.strictTransportSecurity", "RFC 6797 §6.1",
         "https://www.rfc-editor.org/rfc/rfc6797#section-6.1", transportSecurity},
        {"X-Content-Type-Options", "helmet.xContentTypeOptions", "Fetch, X-Content-Type-Options",
         "https://fetch.spec.whatwg.org/#x-content-type-options-header", contentTypeOptions},
        {"X-DNS-Prefetch-Control", "helmet.xDnsPrefetchControl", "npm helmet",
         "https://helmetjs.github.io/#x-dns-prefetch-control", dnsPrefetch},
        {"X-Download-Options", "helmet.xDownloadOptions", "npm helmet",
         "https://helmetjs.github.io/#x-download-options", downloadOptions},
        {"X-Frame-Options", "helmet.xFrameOptions", "HTML, X-Frame-Options",
         "https://html.spec.whatwg.org/multipage/"
         "document-lifecycle.html#the-x-frame-options-header",
         frameOptions},
        {"X-Permitted-Cross-Domain-Policies", "helmet.xPermittedCrossDomainPolicies", "npm helmet",
         "https://helmetjs.github.io/#x-permitted-cross-domain-policies", crossDomainPolicies},
        {"X-XSS-Protection", "helmet.xXssProtection", "npm helmet",
         "https://helmetjs.github.io/#x-xss-protection", xssProtection},
    };
    return rules;
}

} // namespace rt
