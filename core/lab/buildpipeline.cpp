// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/buildpipeline.h"

#include "express/exchange.h"
#include "express/finalhandler.h"
#include "express/fixedheaders.h"
#include "express/pipeline.h"
#include "express/router.h"
#include "lab/authmodes.h"
#include "lab/demoroutesparts.h"
#include "lab/labconfigsettings.h"
#include "lab/labstate.h"
#include "middleware/auth.h"
#include "middleware/compression.h"
#include "middleware/cookieparser.h"
#include "middleware/cors.h"
#include "middleware/helmet.h"
#include "middleware/hpp.h"
#include "middleware/json.h"
#include "middleware/raw.h"
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
        const JsValue clockHeader = m_config.setting("server.clock.header");
        if (clockHeader.isString() && !clockHeader.toString().isEmpty())
            add("clock",
                std::make_shared<ClockHeader>(clockHeader.toString().toLatin1(), m_state.clock()));
        for (const StackEntry &entry : m_config.stack()) {
            if (!entry.enabled)
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

    Result<void> addEntry(const StackEntry &entry)
    {
        if (entry.name == "routes")
            add(entry.name, makeDemoRoutes(m_settings, m_state, m_auth, profile()),
                entry.mountPaths);
        else if (entry.name == "notFound")
            add(entry.name, std::make_shared<NotFoundHandler>(), entry.mountPaths);
        else if (entry.name == "errors")
            add(entry.name, std::make_shared<ErrorHandler>(), entry.mountPaths);
        else if (entry.name == "auth")
            add(entry.name, std::make_shared<Auth>(m_auth.identify, m_auth.refuse),
                entry.mountPaths);
        else if (const Factory create = factoryOf(entry.name))
            return addMade(entry, create);
        return {};
    }

    Result<void> addMade(const StackEntry &entry, Factory create)
    {
        const auto middleware = create(entry.options);
        if (!middleware)
            return tl::unexpected(middleware.error());
        add(entry.name, *middleware, entry.mountPaths);
        return {};
    }

    DemoProfile profile() const
    {
        return m_config.setting("server.profile") == JsValue("suite"_L1) ? DemoProfile::Suite
                                                                         : DemoProfile::Demo;
    }

    const LabConfig &m_config;
    LabState &m_state;
    ExpressSettings m_settings;
    AuthHandlers m_auth;
    std::vector<Stage> m_stages;
};

} // namespace

Result<void> checkStage(const StackEntry &entry)
{
    const Factory create = factoryOf(entry.name);
    if (!create)
        return {};
    const auto middleware = create(entry.options);
    return middleware ? Result<void>() : failure(middleware.error().message);
}

Result<std::shared_ptr<const Pipeline>> buildPipeline(const LabConfig &config, LabState &state)
{
    auto settings = ExpressSettings::fromValue(expressValue(config));
    if (!settings)
        return tl::unexpected(settings.error());
    return PipelineBuilder(config, state, std::move(*settings)).build();
}

} // namespace rt
