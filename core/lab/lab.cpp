// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/lab.h"

#include "express/pipeline.h"
#include "lab/buildpipeline.h"
#include "lab/command.h"
#include "lab/labrealtime.h"
#include "lab/labsite.h"
#include "lab/testcontrol.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// CURRICULUM's origins beside the API and the app's site: title, symbol, does it serve the API?
struct FurtherOrigin
{
    QString title;
    const char *symbol;
    bool servesApi = false;
};

const std::vector<FurtherOrigin> &furtherOrigins()
{
    static const std::vector<FurtherOrigin> all {
        {u"Second service"_s, "api2", true},
        {u"Rogue"_s, "rogue"},
        {u"Evil"_s, "evil"},
        {u"CDN"_s, "cdn"},
        {u"Web"_s, "web"},
    };
    return all;
}

/// The port an origin names; 80 for http without one.
quint16 portOf(const QByteArray &origin)
{
    const qsizetype colon = origin.lastIndexOf(':');
    const int port = origin.mid(colon + 1).toInt();
    return port > 0 ? static_cast<quint16>(port) : quint16(80);
}

} // namespace

Lab::Lab(QObject *parent) : QObject(parent), m_state(m_clock), m_config(LabConfig::peerDefaults())
{
}

Lab::~Lab()
{
    for (const auto &server : m_servers)
        server->closeAllConnections();
}

Result<void> Lab::setConfig(const LabConfig &config)
{
    const auto pipeline = buildPipeline(config, m_state);
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    const bool sameOffer = m_pipeline && sameRealtime(config, m_config);
    const bool clockMoved
        = !m_pipeline || config.setting("server.clock.now") != m_config.setting("server.clock.now");
    m_pipeline = *pipeline;
    m_config = config;
    if (clockMoved)
        reset();
    return sameOffer ? Result<void>() : makeRealtime();
}

bool Lab::offersRealtime() const
{
    return !m_realtimeProfile.isEmpty()
        || m_config.setting("server.profile") != JsValue(u"suite"_s);
}

/// Open sockets end: their server was restarted.
Result<void> Lab::makeRealtime()
{
    endRealtime();
    if (!offersRealtime()) {
        m_realtime.reset();
        return {};
    }
    auto service
        = RealtimeService::create(realtimeOptions(m_config, m_realtimeProfile), m_clock, m_random);
    if (!service)
        return tl::unexpected(service.error());
    m_realtime = std::move(*service);
    if (m_pubSub)
        m_realtime->shareOver(*m_pubSub);
    return {};
}

bool Lab::endRealtime()
{
    if (!m_realtime)
        return false;
    m_realtime->shutDown();
    return true;
}

size_t Lab::waiters() const
{
    return m_realtime ? m_realtime->updates().waiting() : 0;
}

void Lab::attachRealtime(HttpServer &server)
{
    if (!m_realtime)
        return;
    server.addRequestListener([this](IncomingMessage &, ServerResponse &response) {
        return m_realtime && m_realtime->handleRequest(response);
    });
    server.addUpgradeListener([this](UpgradeRequest &request) {
        return m_realtime && m_realtime->handleUpgrade(request);
    });
}

void Lab::reset()
{
    const JsValue now = m_config.setting("server.clock.now");
    m_clock.freeze(now.isNumber() ? std::optional(static_cast<qint64>(now.toNumber()))
                                  : std::nullopt);
    m_state.reset();
}

void Lab::restart()
{
    m_state.forgetMemory();
}

void Lab::allowTestControl()
{
    m_testControl = true;
}

RequestListener Lab::api()
{
    return [this](IncomingMessage &, ServerResponse &response) {
        m_pipeline->handle(response, m_clock);
        return true;
    };
}

Result<void> Lab::open(const QString &title, const QByteArray &origin, quint16 wanted,
                       bool fallBack, const RequestListener &listener)
{
    auto server = std::make_unique<HttpServer>(m_clock);
    if (m_servers.empty()) {
        server->addRequestListener(m_testControl ? testControl(*this) : withoutTestControl());
        attachRealtime(*server);
    }
    server->addRequestListener(listener);
    server->setObserver(m_observer);
    auto port = server->listen(wanted);
    if (!port && fallBack)
        port = server->listen(0);
    if (!port)
        return tl::unexpected(port.error());
    connect(server.get(), &HttpServer::stopped, this, &Lab::noteStopped);
    m_listeners.push_back({title, origin, *port, wanted == 0 ? *port : wanted});
    m_servers.push_back(std::move(server));
    return {};
}

Result<void> Lab::listen(const Ports &ports)
{
    if (!m_pipeline) {
        if (const auto ready = setConfig(m_config); !ready)
            return ready;
    }
    if (!m_realtime && offersRealtime()) {
        if (const auto ready = makeRealtime(); !ready)
            return ready;
    }
    const bool fallBack = ports.fallBackToFreePort;
    if (const auto opened = open(u"API"_s, virtualOrigin("api"), ports.api, fallBack, api());
        !opened)
        return opened;
    const RequestListener site = sitePages([this] { return apiPort(); });
    if (ports.withSite) {
        const auto opened = open(u"Site"_s, virtualOrigin("app"), ports.site, fallBack, site);
        if (!opened)
            return opened;
    }
    if (!ports.withOthers)
        return {};
    for (const FurtherOrigin &origin : furtherOrigins()) {
        const QByteArray address = virtualOrigin(origin.symbol);
        const quint16 wanted = portOf(address) < 1024 ? quint16(0) : portOf(address);
        const auto opened
            = open(origin.title, address, wanted, true, origin.servesApi ? api() : site);
        if (!opened)
            return opened;
    }
    return {};
}

quint16 Lab::apiPort() const
{
    return m_listeners.empty() ? quint16(0) : m_listeners.front().port;
}

void Lab::close()
{
    m_running = static_cast<int>(m_servers.size());
    if (m_running == 0)
        emit stopped();
    for (const auto &server : m_servers)
        server->close();
}

void Lab::noteStopped()
{
    if (--m_running == 0)
        emit stopped();
}

void Lab::closeNow()
{
    for (const auto &server : m_servers) {
        server->close();
        server->closeAllConnections();
    }
}

void Lab::setObserver(WireObserver *observer)
{
    m_observer = observer;
    for (const auto &server : m_servers)
        server->setObserver(observer);
}

} // namespace rt
