// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

#include <cmath>

namespace rt {

static QString statusText(const CallRecord &call, const std::vector<ExchangeRecord> &exchanges)
{
    const QString phrase
        = exchanges.empty() ? QString() : shown(exchanges.back().response().reasonPhrase);
    return phrase.isEmpty() ? QString::number(call.status)
                            : QStringLiteral("%1 %2").arg(call.status).arg(phrase);
}

/// How long the permission in the preflight cache holds, in words.
static QString permissionTime(const CallRecord &call)
{
    for (const AlgorithmStep &step : call.steps) {
        const qsizetype colon = step.evidence.indexOf(':');
        if (!step.evidence.toLower().startsWith("access-control-max-age:"))
            continue;
        if (const auto seconds = wholeNumber(step.evidence.mid(colon + 1).trimmed());
            seconds && *seconds > 0)
            return RuleText::tr("for %1").arg(duration(*seconds));
    }
    const auto left = static_cast<qint64>(std::ceil(call.cacheSecondsLeft));
    return left > 0 ? RuleText::tr("for another %1").arg(duration(left)) : RuleText::tr("earlier");
}

static QString corsStory(const CallRecord &call, const QString &status)
{
    const QString method = shown(call.method);
    switch (call.preflight) {
    case CallRecord::Preflight::Cached:
        return RuleText::tr("The server allowed %1 from this page %2, so the browser sent it "
                            "without asking again.")
            .arg(method, permissionTime(call));
    case CallRecord::Preflight::Sent:
        return RuleText::tr("The browser asked first, the server allowed %1 from this page, and "
                            "script may read the "
                            "answer: %2.")
            .arg(method, status);
    case CallRecord::Preflight::None:
        break;
    }
    return RuleText::
        tr("The browser sent the %1 without asking; the server lets this page read the answer: %2.")
            .arg(method, status);
}

static QString answeredStory(const CallRecord &call, const QString &status)
{
    const QString method = shown(call.method);
    if (call.api == "raw")
        return RuleText::tr("The raw tool sent %1 and the server answered %2. No browser rule "
                            "stands in between.")
            .arg(method, status);
    if (call.type == "opaque")
        return RuleText::tr("The answer arrived, but in mode no-cors script sees nothing of it.");
    if (call.type == "opaqueredirect")
        return RuleText::tr("The server sent the browser elsewhere; with redirect \"manual\" "
                            "script sees only that it did.");
    if (call.api == "navigate" || call.api == "form")
        return RuleText::tr("The browser opened the page; the server answered %1.").arg(status);
    if (call.api == "img" || call.api == "script" || call.api == "iframe")
        return RuleText::tr("The page loaded it; the server answered %1.").arg(status);
    if (call.crossOrigin)
        return corsStory(call, status);
    return RuleText::
        tr("The page asked its own origin, where no CORS check is needed. The server answered %1.")
            .arg(status);
}

QString storyOf(const CallRecord &call, const std::vector<ExchangeRecord> &exchanges)
{
    switch (call.outcome) {
    case CallRecord::Outcome::Pending:
        return RuleText::tr("The %1 is on its way; no answer yet.").arg(shown(call.method));
    case CallRecord::Outcome::Blocked:
    case CallRecord::Outcome::Failed:
    case CallRecord::Outcome::Aborted:
        return diagnose(call, exchanges).story;
    case CallRecord::Outcome::Ok:
        break;
    }
    QString story = answeredStory(call, statusText(call, exchanges));
    if (call.redirected)
        story += RuleText::tr(" It followed a redirect on the way.");
    return story;
}

} // namespace rt
