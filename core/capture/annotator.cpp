// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/annotation.h"
#include "capture/rules/headerrule.h"

#include <QHash>

namespace rt {

using RuleIndex = QHash<QByteArray, const HeaderRule *>;

static RuleIndex indexOf(std::initializer_list<const HeaderRules *> tables)
{
    RuleIndex index;
    for (const HeaderRules *table : tables) {
        for (const HeaderRule &rule : *table)
            index.insert(QByteArray(rule.name).toLower(), &rule);
    }
    return index;
}

static const RuleIndex &requestRules()
{
    static const RuleIndex index = indexOf(
        {&corsRequestRules(), &contentRequestRules(), &cachingRequestRules(),
         &connectionRequestRules(), &clientRules(), &fetchMetadataRules(), &cookieRequestRules()});
    return index;
}

static const RuleIndex &responseRules()
{
    static const RuleIndex index = indexOf(
        {&corsResponseRules(), &contentResponseRules(), &cachingResponseRules(),
         &connectionResponseRules(), &helmetRules(), &cookieResponseRules(), &serverRules()});
    return index;
}

static Annotation explain(const Facts &facts, const HeaderField &field, bool onRequest)
{
    Annotation row;
    row.onRequest = onRequest;
    row.header = field.name;
    row.value = field.value;
    const RuleIndex &rules = onRequest ? requestRules() : responseRules();
    if (const HeaderRule *rule = rules.value(field.name.toLower())) {
        row.id = rule->id;
        referTo(row, rule->reference, rule->url);
        rule->explain(facts, row);
    }
    nameSource(facts, row);
    return row;
}

std::vector<Annotation> annotate(const ExchangeRecord &exchange, const CallRecord *call)
{
    const Facts facts(exchange, call);
    std::vector<Annotation> rows;
    rows.push_back(explainRequestLine(facts));
    rows.push_back(explainStatusLine(facts));
    for (const HeaderField &field : facts.request.headers)
        rows.push_back(explain(facts, field, true));
    for (const HeaderField &field : facts.response.headers)
        rows.push_back(explain(facts, field, false));
    explainAbsentHeaders(facts, rows);
    return rows;
}

} // namespace rt
