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
        {"cookieSession", "Set-Cookie", "cookieSession.name", JsValue("session"_L1)},
        {"session", "Set-Cookie", "session.name", JsValue("connect.sid"_L1)},
        {"helmet", "X-Powered-By", "helmet.xPoweredBy", JsValue(true)},
        {"express", "X-Powered-By", "express.xPoweredBy", JsValue(true)},
        {"express", "ETag", "express.etag", JsValue("weak"_L1)},
    };
    return sources;
}

using Kind = HeaderChange::Kind;

namespace {

/// A change concerns a Set-Cookie line only when it brought or took that very line.
bool concerns(const HeaderChange &change, const Annotation &row)
{
    if (!equalsIgnoringCase(change.name, row.header))
        return false;
    if (row.absent || !equalsIgnoringCase(row.header, "Set-Cookie"))
        return true;
    return change.after.contains(row.value) != change.before.contains(row.value);
}

void addTouches(const StageRecord &stage, bool late, Annotation &row)
{
    for (const HeaderChange &change : late ? stage.lateHeaderChanges : stage.headerChanges) {
        if (!concerns(change, row))
            continue;
        const bool isLine = equalsIgnoringCase(row.header, "Set-Cookie") && !row.absent;
        row.touches.push_back({stage.name, isLine ? Kind::Added : change.kind, late});
    }
}

/// Callbacks run in reverse order (npm on-headers): the first stage's is the last.
void findTouches(const Facts &facts, Annotation &row)
{
    const std::vector<StageRecord> &stages = facts.exchange.server.stages;
    for (const StageRecord &stage : stages)
        addTouches(stage, false, row);
    for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage)
        addTouches(*stage, true, row);
}

/// Node writes these itself around whatever the stages do.
struct NodeHeader
{
    const char *name;
    const char *how;
};
constexpr NodeHeader nodeHeaders[] = {
    {"Date", "sendDate"},
    {"Connection", QT_TRANSLATE_NOOP("RuleText", "keep-alive is its default")},
    {"Keep-Alive", "keepAliveTimeout"},
    {"Transfer-Encoding", QT_TRANSLATE_NOOP("RuleText", "there was no Content-Length")},
    {"Content-Length", "res.end"},
};

bool nameOutsideStages(Annotation &row)
{
    for (const NodeHeader &known : nodeHeaders) {
        if (equalsIgnoringCase(known.name, row.header)) {
            row.setBy = "node";
            row.how = RuleText::tr(known.how);
            return true;
        }
    }
    if (equalsIgnoringCase("X-Powered-By", row.header))
        row.setBy = "express";
    return !row.setBy.isEmpty();
}

bool decided(const StageRecord &stage, QByteArrayView id)
{
    return std::any_of(stage.decisions.begin(), stage.decisions.end(),
                       [id](const Decision &decision) { return decision.id == id; });
}

/// The call of Express that writes this header, where a stage used one.
struct ExpressCall
{
    const char *decision;
    const char *header;
    const char *how;
};
constexpr ExpressCall expressCalls[] = {
    {"express.Redirect", "Location", "res.redirect"},
    {"express.Redirect", "Vary", "res.redirect"},
    {"express.Redirect", "Content-Type", "res.redirect"},
    {"express.Redirect", "Content-Length", "res.redirect"},
    {"express.Options", "Allow", QT_TRANSLATE_NOOP("RuleText", "its own answer to OPTIONS")},
    {"express.NotFound", "Content-Security-Policy", "finalhandler"},
    {"express.NotFound", "X-Content-Type-Options", "finalhandler"},
    {"express.NotFound", "Content-Type", "finalhandler"},
    {"express.NotFound", "Content-Length", "finalhandler"},
    {"express.ErrorPage", "Content-Security-Policy", "finalhandler"},
    {"express.ErrorPage", "X-Content-Type-Options", "finalhandler"},
    {"express.ErrorPage", "Content-Type", "finalhandler"},
    {"express.ErrorPage", "Content-Length", "finalhandler"},
    {"express.Json", "Content-Type", "res.json"},
    {"express.Json", "Content-Length", "res.json"},
    {"express.Json", "ETag", "res.json"},
    {"express.Send", "Content-Type", "res.send"},
    {"express.Send", "Content-Length", "res.send"},
    {"express.Send", "ETag", "res.send"},
    {"express.NotModified", "ETag", "res.send"},
    {"express.NoBody", "ETag", "res.send"},
};

/// What handlers set by hand.
constexpr const char *handlerCalls[][2] = {
    {"Location", "res.location"},  {"Set-Cookie", "res.cookie"},    {"Cache-Control", "res.set"},
    {"Last-Modified", "res.set"},  {"WWW-Authenticate", "res.set"}, {"Content-Type", "res.type"},
    {"Content-Length", "res.set"},
};

/// res.send names a type only when the handler named none.
bool isTypeOfSend(const Annotation &row, const ExpressCall &call)
{
    if (QByteArrayView(call.how) != "res.send" || QByteArrayView(call.header) != "Content-Type")
        return true;
    const QByteArray type = essence(row.value);
    return type == "text/html" || type == "application/octet-stream";
}

/// A handler did it: by which call?
void nameCall(const Facts &facts, Annotation &row)
{
    const StageRecord *stage = facts.stage(row.setBy);
    if (!stage || !row.option.isEmpty())
        return;
    for (const ExpressCall &call : expressCalls) {
        if (equalsIgnoringCase(call.header, row.header) && decided(*stage, call.decision)
            && isTypeOfSend(row, call)) {
            row.how = RuleText::tr(call.how);
            if (QByteArrayView(call.how) == "finalhandler" || QByteArrayView(call.header) == "Allow"
                || QByteArrayView(call.header) == "ETag")
                row.setBy = "express";
            return;
        }
    }
    if (row.setBy == "cors") {
        row.how = RuleText::tr("ends the preflight");
    } else if (row.setBy == "routes" || row.setBy == "auth" || row.setBy == "csrf") {
        for (const auto &[header, call] : handlerCalls) {
            if (equalsIgnoringCase(header, row.header))
                row.how = QString::fromLatin1(call);
        }
    }
}

QByteArray responseSource(const Facts &facts, const Annotation &row)
{
    if (row.touches.empty())
        return {};
    const QByteArray &stage = row.touches.back().stage;
    const bool final = stage == "notFound" || stage == "errors";
    const StageRecord *record = facts.stage(stage);
    if (equalsIgnoringCase(row.header, "ETag") && record
        && (stage == "routes" || stage == "auth" || final))
        return "express"; // res.send adds it, the route does not ask for it
    return stage;
}

/// Absent headers are named after the stage that could set them.
const HeaderSource *sourceOf(const Annotation &row)
{
    const auto fits = [&row](const HeaderSource &source) {
        return equalsIgnoringCase(source.header, row.header)
            && (row.setBy.isEmpty() ? row.absent : source.stage == row.setBy);
    };
    const auto found = std::find_if(headerSources().begin(), headerSources().end(), fits);
    return found == headerSources().end() ? nullptr : &*found;
}

/// Where one header of a stage depends on several options.
void chooseOption(const Facts &facts, Annotation &row)
{
    // cors adds the second reason for Vary only when it repeats the headers that were asked for.
    if (row.setBy == "cors" && equalsIgnoringCase(row.header, "Vary")
        && !containsIgnoringCase(commaList(row.value), "Origin"))
        row.option = "cors.allowedHeaders";
    const QByteArray pair = row.value.left(row.value.indexOf(';'));
    if (row.setBy == "cookieSession" && pair.left(pair.indexOf('=')).endsWith(".sig"))
        row.option = "cookieSession.keys";
    if (row.absent && row.touches.empty()
        && facts.setting(row.setBy + ".enabled") == JsValue(false))
        row.option = row.setBy + ".enabled";
}

/// Which option made it so, and whether that is the default.
void nameOption(const Facts &facts, Annotation &row)
{
    const HeaderSource *source = sourceOf(row);
    if (!source)
        return;
    row.setBy = source->stage;
    row.option = source->option;
    chooseOption(facts, row);
    const JsValue value = facts.setting(row.option);
    row.optionIsDefault = facts.knowsSettings() && row.option == source->option
        && (value.isUndefined() || value == source->defaultValue);
}

QString removalMeaning(const Facts &facts, const HeaderChange &change, const QByteArray &stage)
{
    const int status = facts.response.status;
    if (stage == "compression")
        return RuleText::tr(
            "compression took it away: how long the body gets is known only at its end.");
    if (equalsIgnoringCase(change.name, "X-Powered-By"))
        return RuleText::tr("%1 took it away, so that nobody learns what the server is made of.")
            .arg(shown(stage));
    if (status == 304 || status == 204)
        return RuleText::tr("An answer with status %1 has no body, so Express takes it away.")
            .arg(status);
    if (stage == "notFound" || stage == "errors")
        return RuleText::tr("Express took it away: its own page is not the body it described.");
    return RuleText::tr("%1 took it away. It was: %2").arg(shown(stage), shown(change.before));
}

} // namespace

void nameSource(const Facts &facts, Annotation &row)
{
    if (row.onRequest)
        return nameRequestSource(facts, row);
    if (!facts.exchange.hasServer)
        return;
    findTouches(facts, row);
    if (row.setBy.isEmpty() && !(row.absent && row.touches.empty()))
        row.setBy = responseSource(facts, row);
    if (row.setBy.isEmpty() && !row.absent && nameOutsideStages(row) && row.setBy == "node")
        return;
    if (row.setBy == "headers") {
        row.option = "headers." + row.header;
        return;
    }
    nameOption(facts, row);
    nameCall(facts, row);
}

void explainRemovedHeaders(const Facts &facts, std::vector<Annotation> &rows)
{
    QByteArrayList seen;
    const auto look = [&](const StageRecord &stage, const std::vector<HeaderChange> &changes) {
        for (const HeaderChange &change : changes) {
            if (change.kind != Kind::Removed || facts.answered(change.name)
                || seen.contains(change.name.toLower()))
                continue;
            seen.append(change.name.toLower());
            Annotation row;
            row.id = "removed.header";
            row.header = change.name;
            row.value = change.before;
            row.absent = true;
            row.setBy = stage.name;
            row.meaning = removalMeaning(facts, change, stage.name);
            findTouches(facts, row);
            nameOption(facts, row);
            rows.push_back(std::move(row));
        }
    };
    const std::vector<StageRecord> &stages = facts.exchange.server.stages;
    for (const StageRecord &stage : stages)
        look(stage, stage.headerChanges);
    for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage)
        look(*stage, stage->lateHeaderChanges);
}

} // namespace rt
