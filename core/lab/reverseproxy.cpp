// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/reverseproxy.h"

#include "lab/labconfig.h"
#include "lab/proxytunnel.h"

namespace rt {

ReverseProxy::ReverseProxy(const Clock &clock, std::function<Upstream()> upstream, QObject *parent)
    : QObject(parent), m_clock(clock), m_upstream(std::move(upstream))
{
}

void ReverseProxy::configure(const LabConfig &config)
{
    m_settings = ProxySettings::fromConfig(config);
    m_recordedSettings = std::make_shared<const JsValue>(config.flattened());
    for (HttpServer *server : m_servers)
        offerUpgrades(*server);
}

void ReverseProxy::serve(HttpServer &server)
{
    server.addRequestListener([this](IncomingMessage &, ServerResponse &response) {
        (new ProxyExchange(response, setup(), this))->start();
        return true;
    });
    m_servers.push_back(&server);
    connect(&server, &QObject::destroyed, this,
            [this, gone = &server] { std::erase(m_servers, gone); });
    offerUpgrades(server);
}

/// Without a listener an upgrade request is an ordinary one, for Node as for a proxy that has not
/// been told of WebSocket.
void ReverseProxy::offerUpgrades(HttpServer &server)
{
    server.clearUpgradeListeners();
    if (!m_settings.websocket)
        return;
    server.addUpgradeListener([this](UpgradeRequest &request) {
        (new ProxyTunnel(std::move(request), setup(), this))->start();
        return true;
    });
}

ProxyExchange::Setup ReverseProxy::setup() const
{
    return {m_settings,
            m_upstream(),
            {m_clock, m_observer, m_settings.readTimeout},
            m_recordedSettings};
}

} // namespace rt
