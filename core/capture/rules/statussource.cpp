// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

namespace rt {

namespace {

/// A decision that ends in a status, and the option that made it so ("limit" of the stage, or a
/// whole path).
struct StatusSource
{
    /// Behind the stage's name: "TooLarge"; with a dot it is the whole id.
    QByteArrayView decision;
    /// Of the stage; with a dot the whole path.
    QByteArrayView option;
};

constexpr StatusSource statusSources[] = {
    {"TooLarge", "limit"},
    {"InflateDisabled", "inflate"},
    {"VerifyFailed", "verify"},
    {"TooManyParameters", "parameterLimit"},
    {"TooDeep", "depth"},
    {"cors.PreflightAnswered", "cors.optionsSuccessStatus"},
    {"cors.OriginCallbackError", "cors.origin"},
    {"helmet.PolicyRefused", "helmet.contentSecurityPolicy"},
    {"auth.Anonymous", "auth.mode"},
};

QByteArray optionOf(const StageRecord &stage)
{
    for (const Decision &decision : stage.decisions) {
        for (const StatusSource &source : statusSources) {
            const bool whole = source.decision.contains('.');
            const QByteArray prefix = whole ? QByteArray() : stage.name + '.';
            if (decision.id == prefix + source.decision.toByteArray())
                return prefix + source.option.toByteArray();
        }
    }
    return {};
}

/// The stage whose error or answer made the status; null when Node refused the message itself.
const StageRecord *decidingStage(const ServerReport &server)
{
    const StageRecord *found = nullptr;
    for (const StageRecord &stage : server.stages) {
        if (!stage.error.isEmpty())
            return &stage;
        if (stage.name == server.endedBy)
            found = &stage;
    }
    return found;
}

} // namespace

void nameStatusSource(const Facts &facts, Annotation &row)
{
    const ServerReport &server = facts.exchange.server;
    row.setBy = server.endedBy;
    const StageRecord *stage = decidingStage(server);
    if (!stage || facts.response.status == 0)
        return;
    row.setBy = stage->name;
    row.option = optionOf(*stage);
    if (row.setBy == "notFound" || row.setBy == "errors") {
        row.setBy = "express";
        row.how = QStringLiteral("finalhandler");
    }
}

} // namespace rt
