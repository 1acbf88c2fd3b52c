// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/cors.h"

#include "express/exchange.h"
#include "middleware/headertext.h"
#include "middleware/optiontables.h"
#include "server/serverresponse.h"

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

QString latin(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes);
}

/// Array.isArray(value) ? value : [value], with nothing for nothing.
JsValue asList(const JsValue &value)
{
    if (value.isArray())
        return value;
    return value.isNullish() ? JsValue::array() : JsValue::array({value});
}

/// Header text of an option: lists are joined without a blank, numbers are written out.
QByteArray headerText(const JsValue &value)
{
    return headerBytes(value.asText());
}

/// `value && value.length` of JavaScript: numbers and booleans have no length.
bool hasLength(const JsValue &value)
{
    return value.isString() && !value.toString().isEmpty();
}

template<typename Sentence> void decide(CorsAnswer &answer, const char *id, Sentence sentence)
{
    if (answer.explained)
        answer.decisions.push_back({id, sentence()});
}

} // namespace

Result<OriginRule> OriginRule::compile(const JsValue &value)
{
    OriginRule rule;
    rule.m_value = value;
    if (value.isRegExp()) {
        const auto pattern = JsRegExpTester::compile(value.toRegExp());
        if (!pattern)
            return tl::unexpected(pattern.error());
        rule.m_pattern = *pattern;
    }
    for (const JsValue &item : value.items()) {
        auto compiled = compile(item);
        if (!compiled)
            return compiled;
        rule.m_items.push_back(std::move(*compiled));
    }
    return rule;
}

bool OriginRule::allows(const std::optional<QByteArray> &origin) const
{
    if (m_value.isArray())
        return std::any_of(m_items.begin(), m_items.end(),
                           [&origin](const OriginRule &item) { return item.allows(origin); });
    if (m_value.isString())
        return origin && latin(*origin) == m_value.toString();
    if (m_pattern) // RegExp.prototype.test turns an absent Origin into this text
        return m_pattern->test(origin ? latin(*origin) : u"undefined"_s);
    return m_value.isTruthy();
}

Result<CorsPolicy> CorsPolicy::compile(const JsValue &options)
{
    CorsPolicy policy;
    policy.m_options = JsValue::object();
    for (const OptionSpec &spec : corsOptions()) {
        if (!spec.own && !spec.defaultValue.isUndefined())
            policy.m_options.insert(QString::fromUtf8(spec.name), spec.defaultValue);
    }
    for (const auto &[name, value] : options.members())
        policy.m_options.insert(name, value);
    const JsValue origin = policy.m_options[u"origin"];
    if (!origin[u"callback"].isTruthy()) {
        auto rule = OriginRule::compile(origin);
        if (!rule)
            return tl::unexpected(rule.error());
        policy.m_origin = std::move(*rule);
        return policy;
    }
    const JsValue callback = origin[u"callback"];
    auto allowed = OriginRule::compile(asList(callback[u"allow"]));
    auto grant
        = OriginRule::compile(callback[u"grant"].isNullish() ? JsValue(true) : callback[u"grant"]);
    if (!allowed || !grant)
        return tl::unexpected(allowed ? grant.error() : allowed.error());
    const JsValue message = callback[u"message"];
    policy.m_callback
        = OriginCallback {*allowed, callback[u"allowMissing"].isTruthy(), *grant,
                          callback[u"deny"] == JsValue(u"error"_s),
                          message.isNullish() ? u"Not allowed by CORS"_s : message.asText()};
    return policy;
}

/// The rule that counts for this request, or nullptr when the middleware steps aside.
const OriginRule *CorsPolicy::originFor(const std::optional<QByteArray> &origin,
                                        CorsAnswer &answer) const
{
    const OriginRule *rule = m_origin ? &*m_origin : nullptr;
    if (m_callback) {
        const bool listed
            = (!origin && m_callback->allowMissing) || m_callback->allowed.allows(origin);
        if (!listed && m_callback->denyWithError) {
            answer.error = ExpressError {"Error", m_callback->message, {}, {}, {}};
            decide(answer, "cors.OriginCallbackError", [&] {
                return u"The origin function passed on an error: %1."_s.arg(m_callback->message);
            });
            return nullptr;
        }
        rule = listed ? &m_callback->grant : nullptr;
    }
    if (rule && rule->value().isTruthy())
        return rule;
    decide(answer, "cors.Off", [&] {
        return m_callback ? u"The origin function said no, so cors added nothing and went on."_s
                          : u"The option origin is %1, so cors added nothing and went on."_s.arg(
                              m_options[u"origin"].asText());
    });
    return nullptr;
}

CorsAnswer CorsPolicy::answer(QByteArrayView method, const HeaderList &request,
                              bool explained) const
{
    CorsAnswer answer;
    answer.explained = explained;
    const std::optional<QByteArray> origin = request.get("origin");
    const OriginRule *rule = originFor(origin, answer);
    if (!rule)
        return answer;
    addOrigin(answer, *rule, origin);
    addCredentials(answer);
    if (method.toByteArray().toUpper() != "OPTIONS") {
        addExposedHeaders(answer);
        return answer;
    }
    if (!addMethods(answer)) {
        answer.headers.clear();
        return answer;
    }
    addAllowedHeaders(answer, request);
    addMaxAge(answer);
    addExposedHeaders(answer);
    finishPreflight(answer);
    return answer;
}

void CorsPolicy::addOrigin(CorsAnswer &answer, const OriginRule &rule,
                           const std::optional<QByteArray> &origin) const
{
    const QByteArray field = "Access-Control-Allow-Origin";
    const QString asked = origin ? latin(*origin) : u"no origin"_s;
    if (rule.value() == JsValue(u"*"_s)) {
        answer.headers.push_back({field, "*"});
        return decide(answer, "cors.AnyOrigin",
                      [&] { return u"Every origin is allowed, as *."_s; });
    }
    if (rule.value().isString()) {
        answer.headers.push_back({field, headerText(rule.value())});
        answer.headers.push_back({"Vary", "Origin"});
        return decide(answer, "cors.FixedOrigin", [&] {
            return u"Sent the configured origin %1 without comparing; the request came from %2."_s
                .arg(rule.value().toString(), asked);
        });
    }
    const bool allowed = rule.allows(origin);
    if (allowed && origin && !origin->isEmpty())
        answer.headers.push_back({field, *origin});
    answer.headers.push_back({"Vary", "Origin"});
    if (!origin)
        decide(answer, "cors.NoOrigin",
               [&] { return u"The request named no origin, so none is allowed back."_s; });
    else if (allowed)
        decide(answer, "cors.OriginAllowed",
               [&] { return u"%1 is allowed and sent back."_s.arg(asked); });
    else
        decide(answer, "cors.OriginNotListed", [&] {
            return u"%1 is not among the allowed origins, so Access-Control-Allow-Origin is missing."_s
                .arg(asked);
        });
}

void CorsPolicy::addCredentials(CorsAnswer &answer) const
{
    const JsValue credentials = m_options[u"credentials"];
    if (credentials == JsValue(true))
        answer.headers.push_back({"Access-Control-Allow-Credentials", "true"});
    else if (credentials.isTruthy())
        decide(answer, "cors.CredentialsNotTrue", [&] {
            return u"credentials is %1; only the boolean true counts."_s.arg(
                stringifyJson(credentials));
        });
}

/// False when npm cors would throw.
bool CorsPolicy::addMethods(CorsAnswer &answer) const
{
    const JsValue methods = m_options[u"methods"];
    if (methods.isNullish()) {
        answer.error = ExpressError {
            "TypeError",
            u"Cannot read properties of %1 (reading 'join')"_s.arg(methods.asText()),
            {},
            {},
            {}};
        return false;
    }
    const QByteArray text = headerText(methods);
    if (methods.isArray() ? !text.isEmpty() : methods.isTruthy())
        answer.headers.push_back({"Access-Control-Allow-Methods", text});
    return true;
}

void CorsPolicy::addAllowedHeaders(CorsAnswer &answer, const HeaderList &request) const
{
    const QByteArray field = "Access-Control-Allow-Headers";
    JsValue allowed = m_options[u"allowedHeaders"];
    if (!allowed.isTruthy())
        allowed = m_options[u"headers"];
    if (allowed.isTruthy()) {
        const JsValue text = allowed.isArray() ? JsValue(allowed.asText()) : allowed;
        if (hasLength(text))
            answer.headers.push_back({field, headerText(text)});
        return;
    }
    answer.headers.push_back({"Vary", "Access-Control-Request-Headers"});
    const auto asked = request.get("access-control-request-headers");
    if (asked && !asked->isEmpty()) {
        answer.headers.push_back({field, *asked});
        decide(answer, "cors.HeadersReflected", [&] {
            return u"No allowedHeaders are configured, so the headers asked for are allowed: %1."_s
                .arg(latin(*asked));
        });
    }
}

void CorsPolicy::addExposedHeaders(CorsAnswer &answer) const
{
    const JsValue exposed = m_options[u"exposedHeaders"];
    const JsValue text = exposed.isArray() ? JsValue(exposed.asText()) : exposed;
    if (hasLength(text))
        answer.headers.push_back({"Access-Control-Expose-Headers", headerText(text)});
}

void CorsPolicy::addMaxAge(CorsAnswer &answer) const
{
    const JsValue maxAge = m_options[u"maxAge"];
    const QByteArray text = headerText(maxAge);
    if ((maxAge.isNumber() || maxAge.isTruthy()) && !text.isEmpty())
        answer.headers.push_back({"Access-Control-Max-Age", text});
}

void CorsPolicy::finishPreflight(CorsAnswer &answer) const
{
    if (m_options[u"preflightContinue"].isTruthy())
        return decide(answer, "cors.PreflightPassedOn", [&] {
            return u"preflightContinue is on: the OPTIONS request goes on to later middleware."_s;
        });
    const JsValue status = m_options[u"optionsSuccessStatus"];
    answer.status
        = status.isString() ? status.toString().toInt() : static_cast<int>(status.toNumber());
    decide(answer, "cors.PreflightAnswered", [&] {
        return u"cors answers every OPTIONS request itself, here with %1; no route is asked."_s.arg(
            *answer.status);
    });
}

Result<std::shared_ptr<const Middleware>> Cors::create(const JsValue &options)
{
    auto cors = std::make_shared<Cors>();
    const JsValue delegate = options[u"delegate"];
    if (!delegate.isObject()) {
        auto policy = CorsPolicy::compile(options);
        if (!policy)
            return tl::unexpected(policy.error());
        cors->m_policy = std::move(*policy);
        return cors;
    }
    auto whenAllowed = CorsPolicy::compile(delegate[u"whenAllowed"]);
    auto otherwise = CorsPolicy::compile(delegate[u"otherwise"]);
    if (!whenAllowed || !otherwise)
        return tl::unexpected(whenAllowed ? otherwise.error() : whenAllowed.error());
    cors->m_policy = Delegate {asList(delegate[u"allow"]), *whenAllowed, *otherwise};
    return cors;
}

const CorsPolicy &Cors::policyFor(const HeaderList &request) const
{
    if (const auto *policy = std::get_if<CorsPolicy>(&m_policy))
        return *policy;
    const Delegate &delegate = std::get<Delegate>(m_policy);
    const auto origin = request.get("origin");
    const bool listed = origin && delegate.allow.items().contains(JsValue(latin(*origin)));
    return listed ? delegate.whenAllowed : delegate.otherwise;
}

void Cors::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    const HeaderList &request = exchange->head().headers;
    const CorsAnswer answer
        = policyFor(request).answer(exchange->method(), request, exchange->traced());
    for (const Decision &decision : answer.decisions)
        exchange->decide(decision.id, decision.sentence);
    ServerResponse &response = exchange->response();
    for (const HeaderField &field : answer.headers) {
        if (field.name == "Vary")
            exchange->vary(field.value);
        else
            response.setHeader(field.name, field.value);
    }
    if (answer.error)
        return next(*answer.error);
    if (!answer.status)
        return next();
    response.statusCode = *answer.status;
    // Safari waits for a body after 204 unless its length is named.
    response.setHeader("Content-Length", "0");
    response.end();
}

} // namespace rt
