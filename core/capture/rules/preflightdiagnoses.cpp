// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/diagnosisrule.h"
#include "capture/rules/ruletext.h"
#include "http/url.h"

#include <algorithm>

namespace rt {

/// An option that takes a list or comma-separated text, as a list.
static JsValue listOption(const JsValue &value)
{
    if (value.isArray())
        return value;
    JsValue list = JsValue::array();
    for (const QByteArray &one :
         commaList(value.toString().toLatin1().replace(' ', ',').replace(';', ',')))
        list.append(JsValue(QString::fromLatin1(one)));
    return list;
}

static JsValue extended(const JsValue &option, const QByteArrayList &names)
{
    JsValue list = listOption(option);
    for (const QByteArray &name : names)
        list.append(JsValue(QString::fromLatin1(name)));
    return list;
}

/// Moves cors in front of the stage that answered the OPTIONS request.
static void mendStage(const Case &decided, Diagnosis &diagnosis)
{
    const QByteArray ended = decided.facts.exchange.server.endedBy;
    const QList<JsValue> &order = decided.setting("order").items();
    const auto cors = order.indexOf(JsValue(QStringLiteral("cors")));
    const auto answered = order.indexOf(JsValue(QString::fromLatin1(ended)));
    if (decided.setting("cors.enabled") == JsValue(false)) {
        addFix(diagnosis, "cors.enabled", JsValue(true));
    } else if (decided.setting("cors.preflightContinue").isTruthy()) {
        addFix(diagnosis, "cors.preflightContinue", JsValue(false));
    } else if (decided.setting("cors.scope") == JsValue(QStringLiteral("route"))) {
        addFix(diagnosis, "cors.scope", JsValue(QStringLiteral("app")));
    } else if (cors > answered && answered >= 0) {
        QList<JsValue> mended = order;
        mended.move(cors, answered);
        Fix fix;
        fix.path = "server.order";
        fix.value = JsValue::array(mended);
        fix.label = RuleText::tr("Put cors before %1").arg(shown(ended));
        diagnosis.fixes.push_back(std::move(fix));
    }
}

static void preflightStatus(const Case &decided, Diagnosis &diagnosis)
{
    const int status = decided.facts.response.status;
    const QByteArray ended = decided.facts.exchange.server.endedBy;
    diagnosis.story
        = RuleText::tr(
              "The browser did not send the %1 because the preflight was answered with %2.")
              .arg(shown(decided.method))
              .arg(status);
    diagnosis.cause
        = RuleText::tr("A preflight needs a status from 200 to 299, whatever its headers say.");
    const JsValue configured = decided.setting("cors.optionsSuccessStatus");
    if (ended == "cors" && configured == JsValue(status)) {
        diagnosis.remedy
            = RuleText::tr("Set the cors option optionsSuccessStatus to a status from 200 to 299.");
        addFix(diagnosis, "cors.optionsSuccessStatus", JsValue(204));
        return;
    }
    if (!ended.isEmpty())
        diagnosis.cause
            += RuleText::tr(" Here the stage %1 answered the OPTIONS request. A preflight carries "
                            "no cookie and no token, so a login check refuses it.")
                   .arg(shown(ended));
    diagnosis.remedy = RuleText::tr("Let cors answer OPTIONS before anything else does.");
    mendStage(decided, diagnosis);
}

static void preflightRedirect(const Case &decided, Diagnosis &diagnosis)
{
    const auto location = decided.facts.answered("Location");
    diagnosis.story
        = RuleText::tr("The browser did not send the %1 because the preflight was redirected.")
              .arg(shown(decided.method));
    diagnosis.cause = location ? RuleText::tr("The server sends OPTIONS on to %1, and a browser "
                                              "never follows a redirect of a preflight.")
                                     .arg(shown(*location))
                               : RuleText::tr("A browser never follows a redirect of a preflight.");
    diagnosis.remedy = RuleText::tr(
        "Call the last address directly (mind https and the slash at the end), or let "
        "cors answer OPTIONS before the redirect.");
    if (decided.setting("redirectSlash").isTruthy())
        addFix(diagnosis, "redirectSlash", JsValue(false));
}

static void methodNotAllowed(const Case &decided, Diagnosis &diagnosis)
{
    const QByteArrayList allowed
        = commaList(decided.facts.answered("Access-Control-Allow-Methods").value_or(QByteArray()));
    diagnosis.story
        = RuleText::tr(
              "The browser did not send the %1 because the preflight does not allow this method.")
              .arg(shown(decided.method));
    diagnosis.cause = allowed.isEmpty()
        ? RuleText::tr("The answer has no Access-Control-Allow-Methods, so only GET, HEAD and POST "
                       "are allowed.")
        : RuleText::tr("Access-Control-Allow-Methods lists %1, besides GET, HEAD and POST.")
              .arg(listed(allowed));
    if (allowed.contains("*") && decided.facts.includesCredentials)
        diagnosis.cause
            += RuleText::tr(" With credentials * is no wildcard but the name of a method.");
    if (allowed.contains(decided.method.toUpper()) && decided.method.toUpper() != decided.method) {
        diagnosis.cause
            += RuleText::tr(" Methods are compared letter for letter, and the browser does not "
                            "capitalise %1.")
                   .arg(shown(decided.method));
        diagnosis.remedy
            = RuleText::tr("Write the method in capital letters in the call to fetch: %1.")
                  .arg(shown(decided.method.toUpper()));
        return;
    }
    diagnosis.remedy
        = RuleText::tr("Add %1 to the cors option methods.").arg(shown(decided.method));
    JsValue base = decided.setting("cors.methods");
    if (!decided.knowsSettings())
        base = JsValue(QString::fromLatin1(allowed.join(',')));
    addFix(diagnosis, "cors.methods", extended(base, {decided.method}));
}

static QByteArrayList refusedHeaders(const Case &decided)
{
    const QByteArrayList allowed
        = commaList(decided.facts.answered("Access-Control-Allow-Headers").value_or(QByteArray()));
    const bool starred = allowed.contains("*") && !decided.facts.includesCredentials;
    QByteArrayList refused;
    for (const QByteArray &name : commaList(
             decided.facts.requested("Access-Control-Request-Headers").value_or(QByteArray()))) {
        const bool covered = starred && !equalsIgnoringCase(name, "authorization");
        if (!covered && !containsIgnoringCase(allowed, name))
            refused.append(name);
    }
    return refused;
}

static void headerNotAllowed(const Case &decided, Diagnosis &diagnosis)
{
    const QByteArrayList allowed
        = commaList(decided.facts.answered("Access-Control-Allow-Headers").value_or(QByteArray()));
    const QByteArrayList refused = refusedHeaders(decided);
    diagnosis.story
        = RuleText::tr(
              "The browser did not send the %1 because the preflight does not allow the header %2.")
              .arg(shown(decided.method), listed(refused));
    diagnosis.cause = allowed.isEmpty()
        ? RuleText::tr("The answer has no Access-Control-Allow-Headers, so only safelisted headers "
                       "are allowed.")
        : RuleText::tr("Access-Control-Allow-Headers lists only %1.").arg(listed(allowed));
    if (allowed.contains("*"))
        diagnosis.cause += decided.facts.includesCredentials
            ? RuleText::tr(" With credentials * is no wildcard but the name of a header.")
            : RuleText::tr(" * covers every header except Authorization, which has to be named.");
    diagnosis.remedy
        = RuleText::tr("Add %1 to the cors option allowedHeaders, or leave that option empty: cors "
                       "then allows what was asked for.")
              .arg(listed(refused));
    JsValue base = decided.setting("cors.allowedHeaders");
    if (base.isNullish())
        base = JsValue(QString::fromLatin1(allowed.join(',')));
    addFix(diagnosis, "cors.allowedHeaders", extended(base, refused));
}

static void unreadableList(const Case &decided, Diagnosis &diagnosis, const char *header,
                           const char *option)
{
    const QByteArray value = decided.facts.answered(header).value_or(QByteArray());
    diagnosis.story = RuleText::tr("The browser did not send the %1 because it cannot read %2.")
                          .arg(shown(decided.method), shown(header));
    diagnosis.cause
        = RuleText::tr(
              "The header must be a list of names with commas between them; the server sent “%1”.")
              .arg(shown(value));
    diagnosis.remedy = RuleText::tr("Give the cors option %1 a list of names.").arg(shown(option));
    if (decided.knowsSettings())
        addFix(diagnosis, QByteArray("cors.") + option,
               listOption(decided.setting(QByteArray("cors.") + option)));
}

static void invalidAllowMethods(const Case &decided, Diagnosis &diagnosis)
{
    unreadableList(decided, diagnosis, "Access-Control-Allow-Methods", "methods");
}

static void invalidAllowHeaders(const Case &decided, Diagnosis &diagnosis)
{
    unreadableList(decided, diagnosis, "Access-Control-Allow-Headers", "allowedHeaders");
}

const DiagnosisRules &preflightDiagnoses()
{
    static const DiagnosisRules rules {
        {"cors.PreflightStatus", preflightStatus},
        {"cors.PreflightRedirect", preflightRedirect},
        {"cors.MethodNotAllowed", methodNotAllowed},
        {"cors.HeaderNotAllowed", headerNotAllowed},
        {"cors.InvalidAllowMethods", invalidAllowMethods},
        {"cors.InvalidAllowHeaders", invalidAllowHeaders},
    };
    return rules;
}

static bool isToken(const QByteArray &name)
{
    static constexpr char others[] = "!#$%&'*+-.^_`|~";
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || (c >= '0' && c <= '9') || (c != '\0' && std::strchr(others, c));
    });
}

static QByteArray preflightReason(const Facts &facts)
{
    const int status = facts.response.status;
    if (status < 200 || status > 299)
        return "cors.PreflightStatus";
    const QByteArrayList methods
        = commaList(facts.answered("Access-Control-Allow-Methods").value_or(QByteArray()));
    const QByteArrayList headers
        = commaList(facts.answered("Access-Control-Allow-Headers").value_or(QByteArray()));
    if (!std::all_of(methods.begin(), methods.end(), isToken))
        return "cors.InvalidAllowMethods";
    if (!std::all_of(headers.begin(), headers.end(), isToken))
        return "cors.InvalidAllowHeaders";
    const QByteArray method
        = facts.requested("Access-Control-Request-Method").value_or(QByteArray());
    const bool free = method == "GET" || method == "HEAD" || method == "POST";
    if (!free && !methods.contains(method) && (facts.includesCredentials || !methods.contains("*")))
        return "cors.MethodNotAllowed";
    return refusedHeaders(Case(facts.exchange, facts.call)).isEmpty() ? QByteArray()
                                                                      : "cors.HeaderNotAllowed";
}

QByteArray corsReason(const Facts &facts)
{
    if (!facts.crossOrigin || facts.response.status == 0)
        return {};
    const int status = facts.response.status;
    const bool redirect
        = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    if (facts.preflight && redirect && facts.answered("Location"))
        return "cors.PreflightRedirect";
    switch (facts.allowOrigin()) {
    case AllowOrigin::Absent:
        return "cors.NoAllowOrigin";
    case AllowOrigin::WildcardWithCredentials:
        return "cors.WildcardWithCredentials";
    case AllowOrigin::Multiple:
        return "cors.MultipleAllowOrigin";
    case AllowOrigin::Invalid:
        return "cors.InvalidAllowOrigin";
    case AllowOrigin::Differs:
        return "cors.OriginMismatch";
    case AllowOrigin::Equal:
        if (facts.includesCredentials
            && facts.answered("Access-Control-Allow-Credentials") != "true")
            return "cors.CredentialsNotAllowed";
        break;
    case AllowOrigin::Wildcard:
        break;
    }
    return facts.preflight ? preflightReason(facts) : QByteArray();
}

} // namespace rt
