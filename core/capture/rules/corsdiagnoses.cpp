// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/diagnosisrule.h"
#include "capture/rules/originadvice.h"
#include "capture/rules/ruletext.h"

namespace rt {

static QByteArray allowedValue(const Case &decided)
{
    return decided.facts.answered("Access-Control-Allow-Origin").value_or(QByteArray());
}

/// The same for every refused read: the server has done its work all the same.
static QString effectNote(const Case &decided)
{
    if (decided.facts.preflight || !decided.facts.exchange.server.executed)
        return {};
    return RuleText::tr(
        " The server did carry out the request: CORS hides answers, it stops no requests.");
}

/// cors stands behind the stage that answered: put it before that one.
static bool addOrderFix(const Case &decided, Diagnosis &diagnosis)
{
    const QByteArray ended = decided.facts.exchange.server.endedBy;
    const QList<JsValue> &order = decided.setting("order").items();
    const auto cors = order.indexOf(JsValue(QStringLiteral("cors")));
    const auto answered = order.indexOf(JsValue(QString::fromLatin1(ended)));
    if (cors < 0 || answered < 0 || cors < answered
        || decided.setting("cors.enabled") == JsValue(false))
        return false;
    QList<JsValue> mended = order;
    mended.move(cors, answered);
    Fix fix;
    fix.path = "server.order";
    fix.value = JsValue::array(mended);
    fix.label = RuleText::tr("Put cors before %1").arg(shown(ended));
    diagnosis.fixes.push_back(std::move(fix));
    return true;
}

static void noAllowOrigin(const Case &decided, Diagnosis &diagnosis)
{
    diagnosis.story = RuleText::tr("%1 because the answer has no Access-Control-Allow-Origin.")
                          .arg(decided.whatTheBrowserDid());
    diagnosis.cause
        = RuleText::tr("The page is from %1 and asks %2, another origin. Only the server can "
                       "allow the page to read, and its answer does not.")
              .arg(shown(decided.origin), decided.server);
    if (const QString why = whyNoAllowOrigin(decided.facts); !why.isEmpty())
        diagnosis.cause += u' ' + why;
    diagnosis.cause += effectNote(decided);
    if (addOrderFix(decided, diagnosis)) {
        diagnosis.remedy
            = RuleText::tr("Let cors come before %1, so that this answer carries the header too.")
                  .arg(shown(decided.facts.exchange.server.endedBy));
        return;
    }
    diagnosis.remedy = RuleText::tr("If this page is meant to read the answer, let the server send "
                                    "Access-Control-Allow-Origin: %1.")
                           .arg(shown(decided.origin));
    if (decided.setting("cors.scope") == JsValue(QStringLiteral("route"))
        && decided.facts.preflight)
        addFix(diagnosis, "cors.scope", JsValue(QStringLiteral("app")));
    else
        addOriginFix(decided, diagnosis);
}

static void originMismatch(const Case &decided, Diagnosis &diagnosis)
{
    diagnosis.story = RuleText::tr("%1 because Access-Control-Allow-Origin names another origin.")
                          .arg(decided.whatTheBrowserDid());
    diagnosis.cause = RuleText::tr("The server allows %1, the page is %2: %3")
                          .arg(shown(allowedValue(decided)), shown(decided.origin),
                               originDifference(allowedValue(decided), decided.origin));
    diagnosis.cause += effectNote(decided);
    diagnosis.remedy = decided.origin == "null"
        ? RuleText::tr(
            "Call the last address directly: after a redirect from one foreign origin to "
            "another the browser no longer says where the page is from.")
        : RuleText::tr(
              "If this page is meant to read the answer, set the cors option origin to %1, "
              "or to a list that has it.")
              .arg(shown(decided.origin));
    addOriginFix(decided, diagnosis);
}

static void multipleAllowOrigin(const Case &decided, Diagnosis &diagnosis)
{
    diagnosis.story = RuleText::tr("%1 because Access-Control-Allow-Origin has several values.")
                          .arg(decided.whatTheBrowserDid());
    diagnosis.cause
        = RuleText::tr("The browser takes one origin or *, never a list; it received “%1”.")
              .arg(shown(allowedValue(decided)));
    const bool twice = decided.facts.response.headers.all("Access-Control-Allow-Origin").size() > 1;
    if (twice)
        diagnosis.cause
            += RuleText::tr(" The header stands there twice: two programs on the way add it.");
    diagnosis.remedy = twice
        ? RuleText::tr("Let only one of them add it, the application or the proxy before it.")
        : RuleText::tr(
            "Give the cors option origin a list (an array). It then answers each page with "
            "that page's own origin.");
    const JsValue now = decided.setting("cors.origin");
    if (decided.setting("proxy.addCors") == JsValue(true)) {
        addFix(diagnosis, "proxy.addCors", JsValue(false));
    } else if (now.isString() && !twice) {
        JsValue list = JsValue::array();
        for (const QByteArray &one : commaList(now.toString().toLatin1().replace(' ', ',')))
            list.append(JsValue(QString::fromLatin1(one)));
        addFix(diagnosis, "cors.origin", list);
    }
}

static void invalidAllowOrigin(const Case &decided, Diagnosis &diagnosis)
{
    const QByteArray value = allowedValue(decided);
    diagnosis.story
        = RuleText::tr("%1 because the value of Access-Control-Allow-Origin is no origin.")
              .arg(decided.whatTheBrowserDid());
    diagnosis.cause = value.isEmpty()
        ? RuleText::tr("The header is there, but empty.")
        : RuleText::tr("An origin is scheme, host and port, as in %1; the server sent “%2”.")
              .arg(shown(decided.origin), shown(value));
    diagnosis.remedy = RuleText::tr("Set the cors option origin to the whole origin: %1.")
                           .arg(shown(decided.origin));
    addOriginFix(decided, diagnosis);
}

static void wildcardWithCredentials(const Case &decided, Diagnosis &diagnosis)
{
    diagnosis.story = RuleText::tr("%1 because * does not count for requests with credentials.")
                          .arg(decided.whatTheBrowserDid());
    diagnosis.cause
        = RuleText::tr("The page sent the request with credentials \"include\". If * were "
                       "enough, every page on the web could read what belongs to whoever is "
                       "logged in.");
    diagnosis.cause += effectNote(decided);
    diagnosis.remedy
        = RuleText::tr("Name the page's origin instead of * and set credentials to true; or, if no "
                       "cookie is needed, send the request without credentials.");
    addOriginFix(decided, diagnosis);
    if (decided.setting("cors.credentials") != JsValue(true) && !diagnosis.fixes.empty())
        addFix(diagnosis, "cors.credentials", JsValue(true));
}

static void credentialsNotAllowed(const Case &decided, Diagnosis &diagnosis)
{
    const auto value = decided.facts.answered("Access-Control-Allow-Credentials");
    diagnosis.story = RuleText::tr("%1 because Access-Control-Allow-Credentials is not true.")
                          .arg(decided.whatTheBrowserDid());
    diagnosis.cause = value
        ? RuleText::tr(
              "The page sent the request with credentials \"include\". The server answered "
              "“%1”; only the exact word true counts.")
              .arg(shown(*value))
        : RuleText::tr(
            "The page sent the request with credentials \"include\", and the answer does not "
            "allow that.");
    diagnosis.cause += effectNote(decided);
    diagnosis.remedy
        = RuleText::tr("Set the cors option credentials to true; or, if no cookie is needed, send "
                       "the request without credentials.");
    addFix(diagnosis, "cors.credentials", JsValue(true));
}

static void redirectContainsCredentials(const Case &, Diagnosis &diagnosis)
{
    diagnosis.story = RuleText::tr("The browser did not follow the redirect because its address "
                                   "holds a user name or password.");
    diagnosis.cause
        = RuleText::tr("Across origins a Location with user information is never followed.");
    diagnosis.remedy
        = RuleText::tr("Let the server redirect to the address without the part before the @.");
}

static void disabledScheme(const Case &, Diagnosis &diagnosis)
{
    diagnosis.story
        = RuleText::tr("The browser did not go on, because fetch only speaks http and https.");
    diagnosis.cause = RuleText::tr("The address, or the redirect to it, has another scheme.");
    diagnosis.remedy = RuleText::tr("Use an http or https address.");
}

const DiagnosisRules &corsDiagnoses()
{
    static const DiagnosisRules rules {
        {"cors.NoAllowOrigin", noAllowOrigin},
        {"cors.OriginMismatch", originMismatch},
        {"cors.MultipleAllowOrigin", multipleAllowOrigin},
        {"cors.InvalidAllowOrigin", invalidAllowOrigin},
        {"cors.WildcardWithCredentials", wildcardWithCredentials},
        {"cors.CredentialsNotAllowed", credentialsNotAllowed},
        {"cors.RedirectContainsCredentials", redirectContainsCredentials},
        {"cors.DisabledScheme", disabledScheme},
    };
    return rules;
}

} // namespace rt
