// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/diagnosisrule.h"
#include "capture/rules/ruletext.h"
#include "http/url.h"

namespace rt {

static QString valueText(const JsValue &value)
{
    const QString text = value.isString() ? value.toString() : stringifyJson(value);
    return text.size() <= 60 ? text : text.left(60) + u'…';
}

void addFix(Diagnosis &diagnosis, const QByteArray &option, const JsValue &value)
{
    Fix fix;
    fix.path = "server." + option;
    fix.value = value;
    fix.label = value.isNullish()
        ? RuleText::tr("Remove %1").arg(shown(option))
        : RuleText::tr("Set %1 to %2").arg(shown(option), valueText(value));
    diagnosis.fixes.push_back(std::move(fix));
}

/// The value allows somebody else on purpose: an origin of another host, spelt right.
static bool allowsAnotherHost(const JsValue &value, const Url &page)
{
    const QByteArray text = value.toString().toLatin1();
    const auto url = parseUrl(text);
    return url && url->origin() == text && url->host != page.host;
}

void addOriginFix(const Case &decided, Diagnosis &diagnosis)
{
    const auto page = parseUrl(decided.origin);
    if (!page || page->origin() == "null") // nothing that could be named
        return;
    const JsValue now = decided.setting("cors.origin");
    const JsValue origin = QString::fromLatin1(decided.origin);
    if (decided.setting("cors.enabled") == JsValue(false))
        addFix(diagnosis, "cors.enabled", JsValue(true));
    if (now == origin)
        return;
    if (now.isArray()) {
        JsValue longer = now;
        longer.append(origin);
        addFix(diagnosis, "cors.origin", longer);
    } else if (now.isString() && allowsAnotherHost(now, *page)) {
        addFix(diagnosis, "cors.origin", JsValue::array({now, origin}));
    } else {
        addFix(diagnosis, "cors.origin", origin);
    }
}

} // namespace rt
