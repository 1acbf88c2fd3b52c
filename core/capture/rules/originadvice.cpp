// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/originadvice.h"

#include "capture/rules/facts.h"
#include "capture/rules/ruletext.h"
#include "http/headerlist.h"
#include "http/url.h"

#include <algorithm>

namespace rt {

static QString portText(const Url &url)
{
    return QString::number(url.effectivePort());
}

QString originDifference(QByteArrayView allowed, QByteArrayView origin)
{
    if (origin == "null")
        return RuleText::tr(
            "after a redirect across origins or from a sandbox the origin is null.");
    if (allowed == "null")
        return RuleText::tr("the value null stands for no origin in particular.");
    if (equalsIgnoringCase(allowed, origin))
        return RuleText::tr("origins are compared letter for letter, and the case differs.");
    const auto a = parseUrl(allowed);
    const auto b = parseUrl(origin);
    if (!a || !b)
        return RuleText::tr("the two differ.");
    if (a->origin() == b->origin()) {
        return allowed.endsWith('/')
            ? RuleText::tr("an origin ends without a slash, so the two differ.")
            : RuleText::tr("an origin is only scheme, host and port, so the two differ.");
    }
    if (a->scheme != b->scheme)
        return RuleText::tr("the scheme differs (%1 and %2).")
            .arg(shown(a->scheme), shown(b->scheme));
    if (a->host != b->host)
        return RuleText::tr("the host differs (%1 and %2).").arg(shown(a->host), shown(b->host));
    return RuleText::tr("the port differs (%1 and %2).").arg(portText(*a), portText(*b));
}

QString whyNoAllowOrigin(const Facts &facts)
{
    if (facts.setting("cors.enabled") == JsValue(false))
        return RuleText::tr("The cors middleware is off.");
    if (const StageRecord *cors = facts.stage("cors")) {
        const auto decision
            = std::find_if(cors->decisions.begin(), cors->decisions.end(),
                           [](const Decision &one) { return one.id.startsWith("cors."); });
        return decision == cors->decisions.end() ? QString() : decision->sentence;
    }
    if (!facts.exchange.server.endedBy.isEmpty() && facts.setting("cors.enabled") == JsValue(true))
        return RuleText::tr("The stage %1 answered before cors had its turn.")
            .arg(shown(facts.exchange.server.endedBy));
    return {};
}

} // namespace rt
