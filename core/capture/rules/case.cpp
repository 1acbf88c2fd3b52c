// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/diagnosisrule.h"
#include "capture/rules/ruletext.h"

#include <algorithm>

namespace rt {

static QByteArray wantedMethod(const Facts &facts)
{
    if (facts.call && !facts.call->method.isEmpty())
        return facts.call->method;
    return facts.preflight ? facts.requested("Access-Control-Request-Method").value_or(QByteArray())
                           : facts.request.method;
}

static QString serverName(const Facts &facts)
{
    QByteArray origin = facts.exchange.targetOrigin;
    if (origin.isEmpty() && facts.call)
        origin = facts.call->url;
    const qsizetype authority = origin.indexOf("://");
    if (authority < 0)
        return shown(facts.requested("Host").value_or("the server"));
    const QByteArray rest = origin.mid(authority + 3);
    const qsizetype end = rest.indexOf('/');
    return shown(end < 0 ? rest : rest.first(end));
}

Case::Case(const ExchangeRecord &decisive, const CallRecord *call)
    : facts(decisive, call), origin(facts.origin.value_or(call ? call->page : QByteArray())),
      method(wantedMethod(facts)), server(serverName(facts))
{
    if (!call)
        return;
    const auto failed
        = std::find_if(call->steps.rbegin(), call->steps.rend(), [](const AlgorithmStep &step) {
              return step.outcome == AlgorithmStep::Outcome::Failed;
          });
    if (failed != call->steps.rend())
        failedStep = &*failed;
}

QString Case::whatTheBrowserDid() const
{
    const QString wanted = shown(method);
    // Another program may name an Origin too; it reads whatever comes.
    if (!facts.call && !facts.requested("User-Agent").value_or(QByteArray()).startsWith("Mozilla/"))
        return facts.preflight ? RuleText::tr("A browser would not send the %1").arg(wanted)
                               : RuleText::tr("A browser would hide the answer from the page");
    return facts.preflight ? RuleText::tr("The browser did not send the %1").arg(wanted)
                           : RuleText::tr("The browser hid the answer from the page");
}

} // namespace rt
