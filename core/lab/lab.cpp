// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/lab.h"

#include "express/pipeline.h"
#include "lab/buildpipeline.h"
#include "lab/command.h"
#include "lab/labrealtime.h"
#include "lab/labsite.h"
#include "lab/testcontrol.h"

#include <QSslCertificate>

#include <algorithm>
#include <utility>

namespace rt {

using namespace Qt::StringLiterals;

Lab::Lab(QObject *parent)
    : QObject(parent), m_state(m_clock), m_config(LabConfig::peerDefaults()),
      m_tls(certifiedNames()), m_proxy(m_clock, [this] { return upstream(); })
{
    connect(&m_tls, &TlsSockets::authorityChanged, this, &Lab::authorityChanged);
}

Lab::~Lab()
{
    for (const Running &running : m_servers)
        running.server->closeAllConnections();
}

Result<void> Lab::setConfig(const LabConfig &config)
{
    const auto pipeline = buildPipeline(config, m_state);
    if (!pipeline)
        return tl::unexpected(pipeline.error());
    const bool sameOffer = m_pipeline && sameRealtime(config, m_config);
    const bool clockMoved
        = !m_pipeline || config.setting("server.clock.now") != m_config.setting("server.clock.now");
    const auto before = std::exchange(m_pipeline, *pipeline);
    const LabConfig configBefore = std::exchange(m_config, config);
    if (const auto opened = openWanted(); !opened) {
        m_pipeline = before;
        m_config = configBefore;
        std::ignore = openWanted();
        return opened;
    }
    m_proxy.configure(config);
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

Result<void> Lab::listen(const Ports &ports)
{
    if (!m_pipeline) {
        if (const auto ready = setConfig(LabConfig(m_config)); !ready)
            return ready;
    }
    if (!m_realtime && offersRealtime()) {
        if (const auto ready = makeRealtime(); !ready)
            return ready;
    }
    m_ports = ports;
    return openWanted();
}

/// Opens what the configuration asks for and closes what it no longer does.
Result<void> Lab::openWanted()
{
    if (!m_ports)
        return {};
    for (const LabOrigin &origin : labOrigins()) {
        const auto running = std::find_if(m_servers.begin(), m_servers.end(),
                                          [&](const auto &one) { return one.origin == &origin; });
        const bool wanted = isWanted(origin);
        if (wanted && (speaksTls(origin) || m_ports->apiTls)) {
            if (const auto ready = m_tls.prepare(); !ready)
                return ready;
        }
        if (running != m_servers.end() && wanted)
            applyTls(*running->server, origin);
        else if (running != m_servers.end())
            shut(origin);
        else if (wanted) {
            if (const auto opened = open(origin); !opened)
                return opened;
        }
    }
    return {};
}

bool Lab::isWanted(const LabOrigin &origin) const
{
    const QByteArrayView symbol(origin.symbol);
    if (symbol == "apis" && m_ports->apiTls)
        return true;
    if (origin.isSecure() && !(m_ports->withTwins && m_config.setting("server.tls").toBool()))
        return false;
    if (origin.serves == LabOrigin::Serves::Proxy)
        return m_config.setting("server.proxy.enabled").toBool();
    if (symbol == "api" || symbol == "apis")
        return true;
    return symbol == "app" || symbol == "apps" ? m_ports->withSite : m_ports->withOthers;
}

quint16 Lab::wantedPort(const LabOrigin &origin) const
{
    const QByteArrayView symbol(origin.symbol);
    if (symbol == "api")
        return m_ports->api;
    if (symbol == "app")
        return m_ports->site;
    if (symbol == "apis" && m_ports->apiTls)
        return *m_ports->apiTls;
    return origin.port() < 1024 ? quint16(0) : origin.port();
}

bool Lab::mayFallBack(const LabOrigin &origin) const
{
    const QByteArrayView symbol(origin.symbol);
    const bool chosen = symbol == "api" || symbol == "app" || (symbol == "apis" && m_ports->apiTls);
    return m_ports->fallBackToFreePort || !chosen;
}

bool Lab::speaksTls(const LabOrigin &origin) const
{
    const bool peerLike = m_ports && !m_ports->withTwins;
    return origin.isSecure()
        || (peerLike && origin.serves == LabOrigin::Serves::Api
            && m_config.setting("server.tls").toBool());
}

void Lab::applyTls(HttpServer &server, const LabOrigin &origin)
{
    server.setSocketFactory(speaksTls(origin) ? m_tls.factory() : HttpServer::SocketFactory());
}

Result<void> Lab::open(const LabOrigin &origin)
{
    auto server = std::make_unique<HttpServer>(m_clock);
    if (m_servers.empty())
        server->addRequestListener(m_testControl ? testControl(*this) : withoutTestControl());
    if (QByteArrayView(origin.symbol) == "api" || QByteArrayView(origin.symbol) == "apis")
        attachRealtime(*server);
    if (origin.serves == LabOrigin::Serves::Proxy)
        m_proxy.serve(*server);
    else if (origin.serves == LabOrigin::Serves::Api)
        server->addRequestListener(api());
    else
        server->addRequestListener(
            sitePages([this](bool secure) { return portOf(secure ? "apis" : "api"); }));
    server->setObserver(m_observer);
    applyTls(*server, origin);
    const quint16 wanted = wantedPort(origin);
    auto port = server->listen(wanted);
    if (!port && mayFallBack(origin))
        port = server->listen(0);
    if (!port)
        return tl::unexpected(port.error());
    connect(server.get(), &HttpServer::stopped, this, &Lab::noteStopped);
    const auto via = origin.serves == LabOrigin::Serves::Proxy ? ExchangeRecord::Via::Proxy
                                                               : ExchangeRecord::Via::Direct;
    m_listeners.push_back(
        {origin.title, origin.origin(), *port, wanted == 0 ? *port : wanted, via});
    m_servers.push_back({&origin, std::move(server)});
    emit listenersChanged();
    return {};
}

void Lab::shut(const LabOrigin &origin)
{
    const auto running = std::find_if(m_servers.begin(), m_servers.end(),
                                      [&](const auto &one) { return one.origin == &origin; });
    m_listeners.erase(m_listeners.begin() + (running - m_servers.begin()));
    auto server = std::move(running->server);
    m_servers.erase(running);
    server->disconnect(this);
    connect(server.get(), &HttpServer::stopped, this, [this, gone = server.get()] {
        const auto found
            = std::find_if(m_leaving.begin(), m_leaving.end(),
                           [gone](const auto &leaving) { return leaving.get() == gone; });
        found->release()->deleteLater();
        m_leaving.erase(found);
    });
    server->close();
    m_leaving.push_back(std::move(server));
    emit listenersChanged();
}

quint16 Lab::portOf(const char *symbol) const
{
    const QByteArray origin = virtualOrigin(symbol);
    for (const ServerState::Listener &listener : m_listeners) {
        if (listener.virtualOrigin == origin)
            return listener.port;
    }
    return 0;
}

quint16 Lab::apiPort() const
{
    return m_listeners.empty() ? quint16(0) : m_listeners.front().port;
}

Upstream Lab::upstream() const
{
    if (!speaksTls(labOrigins().front()))
        return {apiPort(), std::nullopt};
    return {apiPort(), TlsTrust {{QSslCertificate(m_tls.authorityPem())}}};
}

Result<void> Lab::reloadTls()
{
    return m_tls.authorityPem().isEmpty() ? Result<void>() : m_tls.reload();
}

void Lab::close()
{
    m_running = static_cast<int>(m_servers.size());
    if (m_running == 0)
        emit stopped();
    for (const Running &running : m_servers)
        running.server->close();
}

void Lab::noteStopped()
{
    if (--m_running == 0)
        emit stopped();
}

void Lab::closeNow()
{
    for (const Running &running : m_servers) {
        running.server->close();
        running.server->closeAllConnections();
    }
    for (const auto &leaving : m_leaving)
        leaving->closeAllConnections();
}

void Lab::setObserver(WireObserver *observer)
{
    m_observer = observer;
    m_proxy.setObserver(observer);
    for (const Running &running : m_servers)
        running.server->setObserver(observer);
    for (const auto &leaving : m_leaving)
        leaving->setObserver(observer);
}

} // namespace rt
