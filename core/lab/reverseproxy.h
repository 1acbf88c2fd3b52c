// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "lab/proxyexchange.h"
#include "server/httpserver.h"

#include <QObject>

namespace rt {

/// The reverse proxy of the lab: a real second hop between client and API, as nginx stands in front
/// of Node. Decides for each request by the settings of that moment. Must outlive its servers.
class ReverseProxy : public QObject
{
    Q_OBJECT

public:
    /// `upstream` is asked for each request.
    ReverseProxy(const Clock &clock, std::function<Upstream()> upstream, QObject *parent = nullptr);

    /// Requests that start later see it.
    void configure(const LabConfig &config);
    void setObserver(WireObserver *observer) { m_observer = observer; }
    /// Takes every request, and every upgrade when `proxy.websocket` is on.
    void serve(HttpServer &server);

private:
    ProxyExchange::Setup setup() const;
    void offerUpgrades(HttpServer &server);

    const Clock &m_clock;
    std::function<Upstream()> m_upstream;
    ProxySettings m_settings;
    std::shared_ptr<const JsValue> m_recordedSettings;
    WireObserver *m_observer = nullptr;
    std::vector<HttpServer *> m_servers;
};

} // namespace rt
