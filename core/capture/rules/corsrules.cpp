// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/originadvice.h"
#include "capture/rules/ruletext.h"

#include <algorithm>

namespace rt {

using Tone = Annotation::Tone;

static void requestMethod(const Facts &, Annotation &row)
{
    row.meaning
        = RuleText::tr("The browser asks whether this page may send %1.").arg(shown(row.value));
}

static void requestHeaders(const Facts &, Annotation &row)
{
    row.meaning = RuleText::tr("The browser asks whether this page may send these headers, which "
                               "are not safelisted: %1.")
                      .arg(listed(commaList(row.value)));
}

/// Nobody's permission was asked: says what a page would be told.
static void allowOriginUnasked(Annotation &row)
{
    row.meaning = row.value == "*"
        ? RuleText::tr("Pages of any origin may read this answer, without credentials.")
        : RuleText::tr("Pages of %1 may read this answer. This request named no Origin, so "
                       "nothing was compared.")
              .arg(shown(row.value));
}

/// Why the value does not let the page through, without the consequence.
static QString allowOriginFault(const Facts &facts, const QByteArray &value)
{
    const QString origin = shown(*facts.origin);
    switch (facts.allowOrigin()) {
    case AllowOrigin::Absent:
    case AllowOrigin::Equal:
    case AllowOrigin::Wildcard:
        break;
    case AllowOrigin::WildcardWithCredentials:
        return RuleText::tr("* allows any page, but never a request with credentials, and this "
                            "one was sent with credentials \"include\".");
    case AllowOrigin::Multiple:
        return RuleText::tr("The header has several values, but a browser takes exactly one "
                            "origin or *.");
    case AllowOrigin::Invalid:
        return RuleText::tr("%1 is no origin: scheme, host and port are needed, as in %2.")
            .arg(shown(value), origin);
    case AllowOrigin::Differs:
        return RuleText::tr("Only pages of %1 may read this answer. The page is %2: %3")
            .arg(shown(value), origin, originDifference(value, *facts.origin));
    }
    return {};
}

static void allowOrigin(const Facts &facts, Annotation &row)
{
    if (!facts.origin)
        return allowOriginUnasked(row);
    const QString fault = allowOriginFault(facts, row.value);
    if (!fault.isEmpty()) {
        row.tone = Tone::Bad;
        row.meaning = fault + u' '
            + (facts.preflight ? RuleText::tr("The browser does not send the request.")
                               : RuleText::tr("The browser hides the answer."));
        return;
    }
    row.tone = Tone::Good;
    row.meaning = facts.allowOrigin() == AllowOrigin::Wildcard
        ? RuleText::tr("Pages of any origin may read this answer, as long as the request carries "
                       "no credentials: passed.")
        : RuleText::tr("Only pages of this exact origin may read the answer. Equal to the page's "
                       "Origin: passed.");
}

static void allowCredentials(const Facts &facts, Annotation &row)
{
    if (row.value == "true") {
        const bool wildcard = facts.answered("Access-Control-Allow-Origin") == "*";
        row.tone = facts.includesCredentials && !wildcard ? Tone::Good : Tone::Neutral;
        row.meaning = wildcard
            ? RuleText::tr("Would let pages use answers to requests with cookies, but never "
                           "together with Access-Control-Allow-Origin: *.")
            : RuleText::tr("The page may also use answers to requests that carried cookies or a "
                           "login.");
        return;
    }
    row.tone = facts.includesCredentials ? Tone::Bad : Tone::Caution;
    row.meaning = RuleText::tr("Only the exact word true counts, in lower case. %1 allows nothing.")
                      .arg(shown(row.value));
}

/// Only a preflight is asked about methods, headers and time.
static bool ignoredHere(const Facts &facts, Annotation &row)
{
    if (facts.preflight)
        return false;
    row.meaning = RuleText::tr("Counts only in the answer to a preflight. On this answer the "
                               "browser ignores it.");
    return true;
}

static void allowMethods(const Facts &facts, Annotation &row)
{
    if (ignoredHere(facts, row))
        return;
    const QByteArray asked
        = facts.requested("Access-Control-Request-Method").value_or(QByteArray());
    const QByteArrayList allowed = commaList(row.value);
    const bool safelisted = asked == "GET" || asked == "HEAD" || asked == "POST";
    const bool starred = allowed.contains("*") && !facts.includesCredentials;
    if (allowed.contains(asked) || starred || safelisted) {
        row.tone = Tone::Good;
        row.meaning
            = RuleText::tr("The page may send %1. %2, which was asked for, is allowed: passed.")
                  .arg(listed(allowed), shown(asked));
        return;
    }
    row.tone = Tone::Bad;
    row.meaning = containsIgnoringCase(allowed, asked)
        ? RuleText::tr("The page may send %1. Methods are compared letter for letter, so %2 is "
                       "not among them.")
              .arg(listed(allowed), shown(asked))
        : RuleText::tr("The page may send %1. %2, which was asked for, is missing, so the browser "
                       "does not send the request.")
              .arg(listed(allowed), shown(asked));
}

static void allowHeaders(const Facts &facts, Annotation &row)
{
    if (ignoredHere(facts, row))
        return;
    const QByteArrayList allowed = commaList(row.value);
    const bool starred = allowed.contains("*") && !facts.includesCredentials;
    QByteArrayList refused;
    for (const QByteArray &name :
         commaList(facts.requested("Access-Control-Request-Headers").value_or(QByteArray()))) {
        // Authorization has to be named:
        // https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name
        const bool covered = starred && name != "authorization";
        if (!covered && !containsIgnoringCase(allowed, name))
            refused.append(name);
    }
    row.tone = refused.isEmpty() ? Tone::Good : Tone::Bad;
    row.meaning = refused.isEmpty()
        ? RuleText::tr("The page may send %1: all headers that were asked for.")
              .arg(listed(allowed))
        : RuleText::tr("The page may send the headers %1, but not %2, which was asked for. The "
                       "browser does not send the request.")
              .arg(listed(allowed), listed(refused));
}

static void exposeHeaders(const Facts &facts, Annotation &row)
{
    if (row.value == "*") {
        row.meaning = facts.includesCredentials
            ? RuleText::tr("With credentials * is no wildcard but a name: script reads only the "
                           "safelisted headers.")
            : RuleText::tr("Script may read every response header except Set-Cookie.");
        return;
    }
    row.meaning = RuleText::tr("Script may read %1 besides the few headers that are always "
                               "readable.")
                      .arg(listed(commaList(row.value)));
}

static void maxAge(const Facts &facts, Annotation &row)
{
    if (ignoredHere(facts, row))
        return;
    // Chromium's cap; the standard leaves it to the browser.
    static constexpr qint64 longest = 7200;
    const auto seconds = wholeNumber(row.value);
    if (!seconds) {
        row.tone = Tone::Caution;
        row.meaning = RuleText::tr("%1 is no whole number of seconds, so the browser keeps the "
                                   "permission for five seconds, as if the header were missing.")
                          .arg(shown(row.value));
    } else if (*seconds <= 0) {
        row.meaning
            = RuleText::tr("The browser keeps no permission: it asks again before every request.");
    } else if (*seconds > longest) {
        row.tone = Tone::Caution;
        row.meaning
            = RuleText::tr("The browser may keep this permission for %1, but Chromium stops "
                           "at 2 hours.")
                  .arg(duration(*seconds));
    } else {
        row.meaning
            = RuleText::tr("The browser may reuse this permission for %1 without asking again.")
                  .arg(duration(*seconds));
    }
}

const HeaderRules &corsRequestRules()
{
    static const HeaderRules rules {
        {"Access-Control-Request-Method", "cors.requestMethod",
         "Fetch, Access-Control-Request-Method",
         "https://fetch.spec.whatwg.org/#http-access-control-request-method", requestMethod},
        {"Access-Control-Request-Headers", "cors.requestHeaders",
         "Fetch, Access-Control-Request-Headers",
         "https://fetch.spec.whatwg.org/#http-access-control-request-headers", requestHeaders},
    };
    return rules;
}

const HeaderRules &corsResponseRules()
{
    static const HeaderRules rules {
        {"Access-Control-Allow-Origin", "cors.allowOrigin", "Fetch, CORS check",
         "https://fetch.spec.whatwg.org/#concept-cors-check", allowOrigin},
        {"Access-Control-Allow-Credentials", "cors.allowCredentials", "Fetch, CORS check",
         "https://fetch.spec.whatwg.org/#concept-cors-check", allowCredentials},
        {"Access-Control-Allow-Methods", "cors.allowMethods", "Fetch, CORS-preflight fetch",
         "https://fetch.spec.whatwg.org/#cors-preflight-fetch", allowMethods},
        {"Access-Control-Allow-Headers", "cors.allowHeaders", "Fetch, CORS-preflight fetch",
         "https://fetch.spec.whatwg.org/#cors-preflight-fetch", allowHeaders},
        {"Access-Control-Expose-Headers", "cors.exposeHeaders", "Fetch, CORS filtered response",
         "https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name", exposeHeaders},
        {"Access-Control-Max-Age", "cors.maxAge", "Fetch, CORS-preflight cache",
         "https://fetch.spec.whatwg.org/#http-access-control-max-age", maxAge},
    };
    return rules;
}

} // namespace rt
