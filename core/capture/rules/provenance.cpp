// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/rules/provenance.h"

#include "capture/rules/headerrule.h"
#include "capture/rules/ruletext.h"

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

const std::vector<HeaderSource> &headerSources()
{
    static const std::vector<HeaderSource> sources {
        {"cors", "Access-Control-Allow-Origin", "cors.origin", JsValue("*"_L1)},
        {"cors", "Vary", "cors.origin", JsValue("*"_L1)},
        {"cors", "Access-Control-Allow-Methods", "cors.methods",
         JsValue("GET,HEAD,PUT,PATCH,POST,DELETE"_L1)},
        {"cors", "Access-Control-Allow-Headers", "cors.allowedHeaders", {}},
        {"cors", "Access-Control-Expose-Headers", "cors.exposedHeaders", {}},
        {"cors", "Access-Control-Allow-Credentials", "cors.credentials", {}},
        {"cors", "Access-Control-Max-Age", "cors.maxAge", {}},
        {"helmet", "Content-Security-Policy", "helmet.contentSecurityPolicy", JsValue(true)},
        {"helmet", "Content-Security-Policy-Report-Only", "helmet.contentSecurityPolicy.reportOnly",
         JsValue(false)},
        {"helmet", "Cross-Origin-Embedder-Policy", "helmet.crossOriginEmbedderPolicy",
         JsValue(false)},
        {"helmet", "Cross-Origin-Opener-Policy", "helmet.crossOriginOpenerPolicy", JsValue(true)},
        {"helmet", "Cross-Origin-Resource-Policy", "helmet.crossOriginResourcePolicy",
         JsValue(true)},
        {"helmet", "Origin-Agent-Cluster", "helmet.originAgentCluster", JsValue(true)},
        {"helmet", "Referrer-Policy", "helmet.referrerPolicy", JsValue(true)},
        {"helmet", "Strict-Transport-Security", "helmet.strictTransportSecurity", JsValue(true)},
        {"helmet", "X-Content-Type-Options", "helmet.xContentTypeOptions", JsValue(true)},
        {"helmet", "X-DNS-Prefetch-Control", "helmet.xDnsPrefetchControl", JsValue(true)},
        {"helmet", "X-Download-Options", "helmet.xDownloadOptions", JsValue(true)},
        {"helmet", "X-Frame-Options", "helmet.xFrameOptions", JsValue(true)},
        {"helmet", "X-Permitted-Cross-Domain-Policies", "helmet.xPermittedCrossDomainPolicies",
         JsValue(true)},
        {"helmet", "X-XSS-Protection", "helmet.xXssProtection", JsValue(true)},
        {"compression", "Content-Encoding", "compression.threshold", JsValue(1024)},
        {"compression", "Vary", "compression.filter", {}},
        {"express", "X-Powered-By", "express.xPoweredBy", JsValue(true)},
        {"express", "ETag", "express.etag", JsValue("weak"_L1)},
    };
    return sources;
}

/// The stage that touched the field last. Late changes run in reverse order (npm on-headers).
static QByteArray lastStage(const std::vector<StageRecord> &stages, const QByteArray &header)
{
    const auto touches = [&header](const std::vector<HeaderChange> &changes) {
        return std::any_of(changes.begin(), changes.end(), [&header](const HeaderChange &change) {
            return equalsIgnoringCase(change.name, header);
        });
    };
    for (const StageRecord &stage : stages) { // the first stage's callback ran last
        if (touches(stage.lateHeaderChanges))
            return stage.name;
    }
    for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage) {
        if (touches(stage->headerChanges))
            return stage->name;
    }
    return {};
}

/// Node writes these itself, and Express these two, around whatever the stages do.
static QByteArray outsideStages(const QByteArray &header)
{
    for (const char *name :
         {"Date", "Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length"}) {
        if (equalsIgnoringCase(name, header))
            return "node";
    }
    return equalsIgnoringCase("X-Powered-By", header) ? QByteArray("express") : QByteArray();
}

static void nameRequestSource(const Facts &facts, Annotation &row)
{
    if (!facts.call) {
        row.setBy = facts.byBrowser ? "browser" : "";
        return;
    }
    const bool asked = facts.call->headers.contains(row.header);
    row.setBy = asked && !facts.preflight ? "script" : facts.byBrowser ? "browser" : "client";
}

static QByteArray responseSource(const Facts &facts, const Annotation &row)
{
    const ServerReport &server = facts.exchange.server;
    if (!facts.exchange.hasServer)
        return {};
    const QByteArray stage = lastStage(server.stages, row.header);
    if (equalsIgnoringCase(row.header, "ETag") && (stage == "routes" || stage == "notFound"))
        return "express"; // res.send adds it, the route does not ask for it
    return stage.isEmpty() ? outsideStages(row.header) : stage;
}

/// Absent headers are named after the stage that could set them.
static const HeaderSource *sourceOf(const Annotation &row)
{
    const auto fits = [&row](const HeaderSource &source) {
        return equalsIgnoringCase(source.header, row.header)
            && (row.setBy.isEmpty() ? row.absent : source.stage == row.setBy);
    };
    const auto found = std::find_if(headerSources().begin(), headerSources().end(), fits);
    return found == headerSources().end() ? nullptr : &*found;
}

void nameSource(const Facts &facts, Annotation &row)
{
    if (row.onRequest)
        return nameRequestSource(facts, row);
    if (row.setBy.isEmpty() && !row.absent)
        row.setBy = responseSource(facts, row);
    if (row.setBy == "headers") {
        row.option = "headers." + row.header;
        return;
    }
    const HeaderSource *source = sourceOf(row);
    if (!source || !facts.exchange.hasServer)
        return;
    row.setBy = source->stage;
    row.option = source->option;
    // cors adds the second reason for Vary only when it repeats the headers that were asked for.
    if (row.setBy == "cors" && equalsIgnoringCase(row.header, "Vary")
        && !containsIgnoringCase(commaList(row.value), "Origin"))
        row.option = "cors.allowedHeaders";
    if (row.absent && facts.setting(row.setBy + ".enabled") == JsValue(false))
        row.option = row.setBy + ".enabled";
    const JsValue value = facts.setting(row.option);
    row.optionIsDefault = facts.knowsSettings() && row.option == source->option
        && (value.isUndefined() || value == source->defaultValue);
}

} // namespace rt
