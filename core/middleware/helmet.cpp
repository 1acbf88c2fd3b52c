// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/helmet.h"

#include "express/exchange.h"
#include "middleware/headertext.h"
#include "middleware/helmet/crossoriginembedderpolicy.h"
#include "middleware/helmet/crossoriginopenerpolicy.h"
#include "middleware/helmet/crossoriginresourcepolicy.h"
#include "middleware/helmet/originagentcluster.h"
#include "middleware/helmet/referrerpolicy.h"
#include "middleware/helmet/stricttransportsecurity.h"
#include "middleware/helmet/xcontenttypeoptions.h"
#include "middleware/helmet/xdnsprefetchcontrol.h"
#include "middleware/helmet/xdownloadoptions.h"
#include "middleware/helmet/xframeoptions.h"
#include "middleware/helmet/xpermittedcrossdomainpolicies.h"
#include "middleware/helmet/xxssprotection.h"
#include "server/serverresponse.h"

namespace rt {

using namespace Qt::StringLiterals;

/// One of helmet's headers; without a function it is the policy or the removal of X-Powered-By.
struct Helmet::Part
{
    const char *option;
    /// Older name; giving both is refused.
    const char *alias;
    const char *header;
    Result<QByteArray> (*value)(const JsValue &) = nullptr;
};

const std::vector<Helmet::Part> &Helmet::parts()
{
    static const std::vector<Part> all {
        {"contentSecurityPolicy", "", "Content-Security-Policy"},
        {"crossOriginEmbedderPolicy", "", "Cross-Origin-Embedder-Policy",
         crossOriginEmbedderPolicy},
        {"crossOriginOpenerPolicy", "", "Cross-Origin-Opener-Policy", crossOriginOpenerPolicy},
        {"crossOriginResourcePolicy", "", "Cross-Origin-Resource-Policy",
         crossOriginResourcePolicy},
        {"originAgentCluster", "", "Origin-Agent-Cluster", originAgentCluster},
        {"referrerPolicy", "", "Referrer-Policy", referrerPolicy},
        {"strictTransportSecurity", "hsts", "Strict-Transport-Security", strictTransportSecurity},
        {"xContentTypeOptions", "noSniff", "X-Content-Type-Options", xContentTypeOptions},
        {"xDnsPrefetchControl", "dnsPrefetchControl", "X-DNS-Prefetch-Control",
         xDnsPrefetchControl},
        {"xDownloadOptions", "ieNoOpen", "X-Download-Options", xDownloadOptions},
        {"xFrameOptions", "frameguard", "X-Frame-Options", xFrameOptions},
        {"xPermittedCrossDomainPolicies", "permittedCrossDomainPolicies",
         "X-Permitted-Cross-Domain-Policies", xPermittedCrossDomainPolicies},
        {"xPoweredBy", "hidePoweredBy", "X-Powered-By"},
        {"xXssProtection", "xssFilter", "X-XSS-Protection", xXssProtection},
    };
    return all;
}

Result<std::shared_ptr<const Middleware>> Helmet::create(const JsValue &options)
{
    auto helmet = std::make_shared<Helmet>();
    for (const Part &part : parts()) {
        if (const auto added = helmet->add(part, options); !added)
            return tl::unexpected(added.error());
    }
    return helmet;
}

Result<void> Helmet::add(const Part &part, const JsValue &options)
{
    const QString name = QString::fromLatin1(part.option);
    const QString alias = QString::fromLatin1(part.alias);
    if (!alias.isEmpty() && options.contains(name) && options.contains(alias))
        return failure(
            u"%1 option was specified twice. Remove the `%2` option to fix this error."_s.arg(
                QString::fromLatin1(part.header), alias));
    JsValue option = options[name];
    if (!alias.isEmpty() && option.isNullish())
        option = options[alias];
    const bool offByDefault = name == u"crossOriginEmbedderPolicy";
    if (option == JsValue(false) || (offByDefault && option.isUndefined()))
        return {};
    if (option == JsValue(true))
        option = JsValue();
    Step step {part.header, {}, false, std::nullopt};
    if (name == u"contentSecurityPolicy") {
        auto policy = ContentSecurityPolicy::compile(option);
        if (!policy)
            return tl::unexpected(policy.error());
        step.header = policy->headerName();
        step.policy = std::move(*policy);
    } else if (part.value) {
        const auto value = part.value(option);
        if (!value)
            return tl::unexpected(value.error());
        step.value = *value;
    } else {
        step.removes = true;
    }
    m_steps.push_back(std::move(step));
    return {};
}

void Helmet::handle(const std::shared_ptr<Exchange> &exchange, Next next) const
{
    ServerResponse &response = exchange->response();
    int count = 0;
    for (const Step &step : m_steps) {
        if (step.removes) {
            response.removeHeader(step.header);
            continue;
        }
        ++count;
        if (!step.policy) {
            response.setHeader(step.header, step.value);
            continue;
        }
        const auto value = step.policy->value(exchange->head().headers);
        if (!value) {
            exchange->decide("helmet.PolicyRefused", value.error().message);
            return next(ExpressError {"Error", value.error().message, {}, {}, {}});
        }
        response.setHeader(step.header, headerBytes(*value));
        if (response.hasError())
            return; // Node throws here; the pipeline takes it from the response
    }
    if (exchange->traced())
        exchange->decide("helmet.HeadersSet", u"helmet set %1 headers and went on."_s.arg(count));
    next();
}

} // namespace rt
