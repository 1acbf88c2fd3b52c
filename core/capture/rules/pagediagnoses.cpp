// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/diagnosisrule.h"
#include "capture/rules/ruletext.h"
#include "http/url.h"

namespace rt {

static QString targetOf(const Case &decided)
{
    return decided.facts.call ? shown(decided.facts.call->url)
                              : shown(decided.facts.request.target);
}

static void cspBlocked(const Case &decided, Diagnosis &diagnosis)
{
    QString directive = decided.facts.call ? shown(decided.facts.call->directive) : QString();
    if (directive.isEmpty())
        directive = QStringLiteral("default-src");
    diagnosis.story = RuleText::tr("The page's own Content-Security-Policy stopped the request.");
    diagnosis.cause = RuleText::tr("The directive %1 does not list where %2 comes from.")
                          .arg(directive, targetOf(decided));
    diagnosis.remedy
        = RuleText::tr("If the page needs it, add exactly this origin to the directive "
                       "%1 of the page's policy.")
              .arg(directive);
}

static void mixedBlocked(const Case &decided, Diagnosis &diagnosis)
{
    diagnosis.story = RuleText::tr(
        "The browser did not send the request: an https page may not load over http.");
    diagnosis.cause
        = RuleText::tr("Anybody on the way could read and change %1, and with it the page.")
              .arg(targetOf(decided));
    diagnosis.remedy = RuleText::tr("Use the https address of the server.");
}

static void frameRefused(const Case &decided, Diagnosis &diagnosis)
{
    diagnosis.story
        = RuleText::tr("The frame stays empty: the server does not let this page frame it.");
    diagnosis.cause = decided.facts.answered("Content-Security-Policy")
                          .value_or(QByteArray())
                          .contains("frame-ancestors")
        ? RuleText::tr("frame-ancestors of its Content-Security-Policy does not list %1.")
              .arg(shown(decided.origin))
        : RuleText::tr("X-Frame-Options is %1.")
              .arg(shown(decided.facts.answered("X-Frame-Options").value_or(QByteArray())));
    diagnosis.remedy = RuleText::tr(
        "If this page is meant to frame it, name the page's origin in frame-ancestors; "
        "X-Frame-Options cannot name partners.");
    if (!decided.knowsSettings() || decided.origin.isEmpty())
        return;
    JsValue directives = decided.setting("helmet.contentSecurityPolicy.directives");
    if (!directives.isObject())
        directives = JsValue::object();
    directives.insert(
        QStringLiteral("frame-ancestors"),
        JsValue::stringArray({QStringLiteral("'self'"), QString::fromLatin1(decided.origin)}));
    addFix(diagnosis, "helmet.contentSecurityPolicy.directives", directives);
}

static void nosniffBlocked(const Case &decided, Diagnosis &diagnosis)
{
    const auto type = decided.facts.answered("Content-Type");
    diagnosis.story
        = RuleText::tr("The browser did not use the file, because its Content-Type does not fit.");
    diagnosis.cause
        = RuleText::tr(
              "X-Content-Type-Options: nosniff takes the type at its word: a script needs a "
              "JavaScript type, a style text/css. The server sent %1.")
              .arg(type ? shown(*type) : RuleText::tr("none"));
    diagnosis.remedy
        = RuleText::tr("If the file really is script or style, let the server send the right "
                       "Content-Type. If it is something people uploaded, all is well.");
}

static void corpBlocked(const Case &decided, Diagnosis &diagnosis)
{
    const auto policy = decided.facts.answered("Cross-Origin-Resource-Policy");
    diagnosis.story = RuleText::tr(
        "The browser did not use the file, because its server does not let this page embed it.");
    diagnosis.cause
        = RuleText::tr("Cross-Origin-Resource-Policy is %1, and the page is %2. CORS headers do "
                       "not lift this.")
              .arg(policy ? shown(*policy) : RuleText::tr("absent"), shown(decided.origin));
    const bool crossSite = !decided.facts.call || decided.facts.call->crossSite;
    const QString wanted = crossSite ? QStringLiteral("cross-origin") : QStringLiteral("same-site");
    diagnosis.remedy
        = RuleText::tr("If this page is meant to embed it, send Cross-Origin-Resource-Policy: %1.")
              .arg(wanted);
    addFix(diagnosis, "helmet.crossOriginResourcePolicy.policy", JsValue(wanted));
}

static void coepBlocked(const Case &, Diagnosis &diagnosis)
{
    diagnosis.story = RuleText::tr(
        "The page asked for agreement before it embeds anything, and this file does not agree.");
    diagnosis.cause
        = RuleText::tr("The page sent Cross-Origin-Embedder-Policy: require-corp, so a missing "
                       "Cross-Origin-Resource-Policy counts as same-origin.");
    diagnosis.remedy
        = RuleText::tr("Send Cross-Origin-Resource-Policy with the file, or load it with CORS.");
}

static void upgradeRefused(const Case &decided, Diagnosis &diagnosis)
{
    const int status = decided.facts.response.status;
    diagnosis.story = RuleText::tr("No WebSocket came about.");
    diagnosis.cause = status == 0
        ? RuleText::tr("The connection ended before the server answered.")
        : RuleText::tr(
              "The server answered %1 instead of 101, or its answer does not fit the question.")
              .arg(status);
    diagnosis.remedy = RuleText::tr(
        "Check the path and the server's rule for the Origin. A proxy on the way has to pass "
        "Upgrade and Connection on.");
}

const DiagnosisRules &pageDiagnoses()
{
    static const DiagnosisRules rules {
        {"csp.Blocked", cspBlocked},           {"mixed.Blocked", mixedBlocked},
        {"frame.Refused", frameRefused},       {"nosniff.Blocked", nosniffBlocked},
        {"corp.Blocked", corpBlocked},         {"coep.Blocked", coepBlocked},
        {"ws.UpgradeRefused", upgradeRefused},
    };
    return rules;
}

} // namespace rt
