// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/diagnosisrule.h"
#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

#include <algorithm>

namespace rt {

using Tone = Annotation::Tone;

static const DiagnosisRule *ruleFor(const QByteArray &reason)
{
    for (const DiagnosisRules *rules :
         {&corsDiagnoses(), &preflightDiagnoses(), &netDiagnoses(), &pageDiagnoses()}) {
        const auto found
            = std::find_if(rules->begin(), rules->end(),
                           [&reason](const DiagnosisRule &rule) { return reason == rule.reason; });
        if (found != rules->end())
            return &*found;
    }
    return nullptr;
}

/// The exchange the failing step looked at, else the last one; nullptr when nothing was sent.
static const ExchangeRecord *decisiveExchange(const CallRecord &call,
                                              const std::vector<ExchangeRecord> &exchanges)
{
    if (exchanges.empty())
        return nullptr;
    for (auto step = call.steps.rbegin(); step != call.steps.rend(); ++step) {
        if (step->outcome != AlgorithmStep::Outcome::Failed || step->exchange == 0)
            continue;
        const auto found
            = std::find_if(exchanges.begin(), exchanges.end(),
                           [step](const ExchangeRecord &one) { return one.id == step->exchange; });
        if (found != exchanges.end())
            return &*found;
    }
    return &exchanges.back();
}

static void explain(const Case &decided, Diagnosis &diagnosis)
{
    diagnosis.tone = Tone::Bad;
    if (const DiagnosisRule *rule = ruleFor(diagnosis.reason)) {
        rule->explain(decided, diagnosis);
        return;
    }
    diagnosis.story = decided.failedStep
        ? decided.failedStep->sentence
        : RuleText::tr("The request failed: %1.").arg(shown(diagnosis.reason));
    if (decided.failedStep)
        diagnosis.cause = decided.failedStep->source;
}

static Diagnosis aborted(const CallRecord &call)
{
    Diagnosis diagnosis;
    diagnosis.reason = call.reason;
    diagnosis.tone = Tone::Caution;
    diagnosis.story = RuleText::tr("The request was cancelled before the answer was complete.");
    if (call.executed)
        diagnosis.cause = RuleText::tr(
            "The server had already carried it out: cancelling stops the waiting, not the work.");
    return diagnosis;
}

static Diagnosis answered(const CallRecord &call, const std::vector<ExchangeRecord> &exchanges)
{
    Diagnosis diagnosis;
    diagnosis.story = storyOf(call, exchanges);
    diagnosis.tone = call.status >= 500 ? Tone::Bad
        : call.status >= 400            ? Tone::Caution
                                        : Tone::Good;
    if (call.outcome == CallRecord::Outcome::Pending)
        diagnosis.tone = Tone::Neutral;
    if (call.status >= 400 && !exchanges.empty())
        diagnosis.cause = explainStatusLine(Facts(exchanges.back(), &call)).meaning;
    return diagnosis;
}

Diagnosis diagnose(const CallRecord &call, const std::vector<ExchangeRecord> &exchanges)
{
    switch (call.outcome) {
    case CallRecord::Outcome::Pending:
    case CallRecord::Outcome::Ok:
        return answered(call, exchanges);
    case CallRecord::Outcome::Aborted:
        return aborted(call);
    case CallRecord::Outcome::Blocked:
    case CallRecord::Outcome::Failed:
        break;
    }
    Diagnosis diagnosis;
    diagnosis.reason = call.reason;
    const ExchangeRecord *decisive = decisiveExchange(call, exchanges);
    const ExchangeRecord nothing;
    explain(Case(decisive ? *decisive : nothing, &call), diagnosis);
    return diagnosis;
}

/// The parser's word when the server refused to read the message.
static const Decision *refusal(const ExchangeRecord &exchange)
{
    const ServerReport &server = exchange.server;
    return server.stages.empty() && !server.decisions.empty() ? &server.decisions.front() : nullptr;
}

Diagnosis diagnose(const ExchangeRecord &exchange)
{
    Diagnosis diagnosis;
    const Facts facts(exchange, nullptr);
    if (const Decision *refused = refusal(exchange)) {
        diagnosis.reason = refused->id;
        diagnosis.tone = Tone::Bad;
        diagnosis.story = RuleText::tr("The server refused the message before any middleware ran.");
        diagnosis.cause = refused->sentence;
        diagnosis.remedy = RuleText::tr(
            "Send the message as RFC 9112 has it; a server that guessed here could be tricked.");
        return diagnosis;
    }
    diagnosis.reason = corsReason(facts);
    if (!diagnosis.reason.isEmpty()) {
        explain(Case(exchange, nullptr), diagnosis);
        return diagnosis;
    }
    const Annotation status = explainStatusLine(facts);
    diagnosis.tone = status.tone;
    if (exchange.end().aborted) {
        diagnosis.reason = "net.Closed";
        diagnosis.tone = Tone::Caution;
        diagnosis.story = RuleText::tr("The connection ended before the answer was complete.");
        return diagnosis;
    }
    diagnosis.story = status.meaning;
    return diagnosis;
}

} // namespace rt
