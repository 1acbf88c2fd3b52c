// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/buildpipeline.h"

#include "base/hmac.h"
#include "express/exchange.h"
#include "express/finalhandler.h"
#include "express/fixedheaders.h"
#include "express/pipeline.h"
#include "express/router.h"
#include "lab/authmodes.h"
#include "lab/demoroutesparts.h"
#include "lab/labconfigsettings.h"
#include "lab/labstate.h"
#include "lab/routescope.h"
#include "middleware/auth.h"
#include "middleware/compression.h"
#include "middleware/cookieparser.h"
#include "middleware/cookiesession.h"
#include "middleware/cors.h"
#include "middleware/csrf.h"
#include "middleware/helmet.h"
#include "middleware/hpp.h"
#include "middleware/json.h"
#include "middleware/raw.h"
#include "middleware/session.h"
#include "middleware/text.h"
#include "middleware/urlencoded.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

using MiddlewarePointer = std::shared_ptr<const Middleware>;
using Factory = Result<MiddlewarePointer> (*)(const JsValue &options);

Result<MiddlewarePointer> makeHeaders(const JsValue &options)
{
    return std::make_shared<FixedHeaders>(options);
}

struct StageFactory
{
    QByteArrayView stage;
    Factory create;
};

/// Stages that need nothing but their options.
constexpr StageFactory factories[] = {
    {"headers", makeHeaders},
    {"compression", Compression::create},
    {"helmet", Helmet::create},
    {"cors", Cors::create},
    {"text", TextParser::create},
    {"json", JsonParser::create},
    {"urlencoded", UrlencodedParser::create},
    {"raw", RawParser::create},
    {"hpp", Hpp::create},
    {"cookies", CookieParser::create},
    {"cookieSession", CookieSession::create},
};

Factory factoryOf(QByteArrayView stage)
{
    for (const StageFactory &factory : factories) {
        if (factory.stage == stage)
            return factory.create;
    }
    return nullptr;
}

/// The `express` object of a lab file.
JsValue expressValue(const LabConfig &config)
{
    JsValue express = JsValue::object();
    for (const OptionSpec &spec : expressSettings()) {
        const QByteArray name = spec.name.mid(spec.name.lastIndexOf('.') + 1);
        const JsValue value = config.setting("server." + spec.name);
        if (!value.isUndefined())
            express.insert(QString::fromUtf8(name), value);
    }
    return express;
}

/// Options of express-session as the lab gives them: what the package only warns about is off.
JsValue sessionOptionsOf(const StackEntry &entry)
{
    JsValue options = JsValue::object();
    options.insert(u"resave"_s, JsValue(false));
    options.insert(u"saveUninitialized"_s, JsValue(false));
    for (const auto &[name, value] : entry.options.members())
        options.insert(name, value);
    return options;
}

/// genid of the lab: ids that tell the sessions of a lesson apart and are the same in each run.
SessionRequest::GenerateId sessionIds(LabState &state)
{
    return [&state] { return u"lab-session-%1"_s.arg(++state.sessionIds, 6, 10, QChar(u'0')); };
}

/// Repeatable as the session ids are; who does not know the key cannot tell the next one.
Csrf::GenerateToken csrfTokens(LabState &state)
{
    return [&state] {
        const QByteArray mac
            = hmac(HashAlgorithm::Sha256, "roundtrip csrf", QByteArray::number(++state.csrfTokens));
        return QString::fromLatin1(mac.toBase64(QByteArray::Base64UrlEncoding).first(24));
    };
}

/// Puts a configuration's stages together, in its order.
class PipelineBuilder
{
public:
    PipelineBuilder(const LabConfig &config, LabState &state, ExpressSettings settings)
        : m_config(config), m_state(state), m_settings(std::move(settings)),
          m_auth(withDefaults(authHandlers(config, state)))
    {
    }

    Result<std::shared_ptr<const Pipeline>> build()
    {
        if (const auto checked = checkSessions(); !checked)
            return tl::unexpected(checked.error());
        const JsValue clockHeader = m_config.setting("server.clock.header");
        if (clockHeader.isString() && !clockHeader.toString().isEmpty())
            add("clock",
                std::make_shared<ClockHeader>(clockHeader.toString().toLatin1(), m_state.clock()));
        if (m_config.setting("server.redirectSlash").isTruthy())
            add("redirectSlash", std::make_shared<RedirectSlash>());
        for (const StackEntry &entry : m_config.stack()) {
            if (!entry.enabled || isOtherSession(m_config, entry.name))
                continue;
            if (const auto added = addEntry(entry); !added)
                return tl::unexpected(added.error());
        }
        auto pipeline = std::make_shared<Pipeline>(std::move(m_stages), std::move(m_settings));
        pipeline->setRecordedSettings(std::make_shared<const JsValue>(m_config.flattened()));
        return pipeline;
    }

private:
    void add(const QByteArray &name, MiddlewarePointer middleware, const QByteArrayList &paths = {})
    {
        m_stages.push_back({name, paths, std::move(middleware), true});
    }

    /// A server makes its session middleware before it mounts anything, wanted or not.
    Result<void> checkSessions() const
    {
        for (const auto *entries : {&m_config.stack(), &m_config.parked()}) {
            for (const StackEntry &entry : *entries) {
                const bool session = entry.name == "session" || entry.name == "cookieSession";
                if (!session || !entry.enabled || isOtherSession(m_config, entry.name))
                    continue;
                if (const auto checked = checkStage(entry); !checked)
                    return checked;
            }
        }
        return {};
    }

    Result<void> addEntry(const StackEntry &entry)
    {
        if (entry.name == "routes")
            return addRoutes(entry);
        if (isInRoutes(entry))
            return {};
        if (entry.name == "notFound")
            add(entry.name, std::make_shared<NotFoundHandler>(), entry.mountPaths);
        else if (entry.name == "errors")
            add(entry.name, std::make_shared<ErrorHandler>(), entry.mountPaths);
        else if (entry.name == "auth")
            add(entry.name, std::make_shared<Auth>(m_auth.identify, m_auth.refuse),
                entry.mountPaths);
        else if (entry.name == "csrf")
            add(entry.name, std::make_shared<Csrf>(csrfTokens(m_state)), entry.mountPaths);
        else if (entry.name == "session")
            return addMade(
                entry,
                Session::create(sessionOptionsOf(entry), m_state.sessions, sessionIds(m_state)));
        else if (const Factory create = factoryOf(entry.name))
            return addAll(entry, create);
        return {};
    }

    /// The routes, behind the middleware that stands inside them.
    Result<void> addRoutes(const StackEntry &routes)
    {
        const auto router = makeDemoRoutes(m_settings, m_state, m_auth, demoOptions());
        for (const StackEntry &entry : m_config.stack()) {
            if (!entry.enabled || !isInRoutes(entry))
                continue;
            const auto made = factoryOf(entry.name)(entry.options);
            if (!made)
                return tl::unexpected(made.error());
            add(entry.name, std::make_shared<RouteScope>(*made, router), routes.mountPaths);
        }
        add(routes.name, router, routes.mountPaths);
        return {};
    }

    /// hpp alone is mounted several times: its instances share what they put aside.
    Result<void> addAll(const StackEntry &entry, Factory create)
    {
        auto added = addMade(entry, create(entry.options));
        for (const JsValue &options : entry.options[u"more"].items()) {
            if (added)
                added = addMade(entry, create(options));
        }
        return added;
    }

    Result<void> addMade(const StackEntry &entry, const Result<MiddlewarePointer> &middleware)
    {
        if (!middleware)
            return tl::unexpected(middleware.error());
        add(entry.name, *middleware, entry.mountPaths);
        return {};
    }

    DemoOptions demoOptions() const
    {
        return {demoProfile(m_config), m_config.setting("server.transfer.allowGet").isTruthy()};
    }

    const LabConfig &m_config;
    LabState &m_state;
    ExpressSettings m_settings;
    AuthHandlers m_auth;
    std::vector<Stage> m_stages;
};

} // namespace

bool isInRoutes(const StackEntry &entry)
{
    return entry.name == "cors" && entry.options[u"scope"] == JsValue(u"route"_s);
}

Result<void> checkStage(const StackEntry &entry)
{
    if (entry.name == "session") {
        const auto settings = SessionSettings::fromOptions(sessionOptionsOf(entry));
        return settings ? Result<void>() : failure(settings.error().message);
    }
    const Factory create = factoryOf(entry.name);
    if (!create)
        return {};
    const auto middleware = create(entry.options);
    return middleware ? Result<void>() : failure(middleware.error().message);
}

Result<void> checkSettings(const LabConfig &config)
{
    const auto settings = ExpressSettings::fromValue(expressValue(config));
    return settings ? Result<void>() : failure(settings.error().message);
}

Result<std::shared_ptr<const Pipeline>> buildPipeline(const LabConfig &config, LabState &state)
{
    auto settings = ExpressSettings::fromValue(expressValue(config));
    if (!settings)
        return tl::unexpected(settings.error());
    return PipelineBuilder(config, state, std::move(*settings)).build();
}

} // namespace rt
