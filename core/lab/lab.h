// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "lab/labconfig.h"
#include "lab/laborigins.h"
#include "lab/labsession.h"
#include "lab/labstate.h"
#include "lab/reverseproxy.h"
#include "server/httpserver.h"
#include "server/tlssockets.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace rt {

class Pipeline;
class RealtimeService;

namespace socketio {
class PubSub;
}

/// The servers of one lab: the API, the site whose pages call it, the other origins of the lessons,
/// their HTTPS twins and the reverse proxy. Lives on a thread with an event loop and makes no
/// thread itself.
class Lab : public QObject
{
    Q_OBJECT

public:
    /// Where to listen. Port 0 lets the system choose.
    struct Ports
    {
        quint16 api = 8000;
        quint16 site = 3000;
        bool withSite = true;
        /// The further origins of the lessons, on any free ports.
        bool withOthers = false;
        /// A taken port is replaced by a free one; false makes that an error.
        bool fallBackToFreePort = false;
        /// `server.tls` gives each origin an HTTPS twin beside it; false: it makes the API's own
        /// port speak HTTPS, as an Express peer does.
        bool withTwins = false;
        /// HTTPS for the API on this port, whatever `server.tls` says.
        std::optional<quint16> apiTls;
    };

    explicit Lab(QObject *parent = nullptr);
    ~Lab() override;

    /// Where keys and certificates are kept; without, in memory. Before listen().
    void setTlsFolder(const QString &folder) { m_tls.setFolder(folder); }
    /// Makes this the configuration: exchanges that start later see it, running ones finish on
    /// theirs; servers come and go with it. After an error the one before stays in force.
    Result<void> setConfig(const LabConfig &config);
    const LabConfig &config() const { return m_config; }

    /// Serves /__control/config and /__control/reset before everything else. Before listen().
    void allowTestControl();
    /// Offers the real-time demo as this profile has it, whatever the configuration's own is.
    /// Before listen(). Without, a lab whose profile is not "suite" offers it by its settings.
    void offerRealtime(const QByteArray &profile) { m_realtimeProfile = profile; }
    /// Shares Socket.IO's namespaces with other servers. Before listen(); must outlive the lab.
    void shareOver(socketio::PubSub &pubSub) { m_pubSub = &pubSub; }
    /// Held requests are answered, sockets get their last packet; nothing is dropped yet. False:
    /// there was nothing to end.
    bool endRealtime();
    /// Clients held by /api/updates/long.
    size_t waiters() const;
    Result<void> listen(const Ports &ports);
    const std::vector<ServerState::Listener> &listeners() const { return m_listeners; }
    quint16 apiPort() const;
    /// The API's first port speaks HTTPS.
    bool speaksTls() const { return speaksTls(labOrigins().front()); }
    /// The authority that vouches for the HTTPS servers, PEM; empty while there are none.
    QByteArray authorityPem() const { return m_tls.authorityPem(); }
    /// After the files of the identity were deleted or replaced.
    Result<void> reloadTls();
    /// Stops listening and lets running exchanges finish, then stopped().
    void close();
    /// Drops all connections at once.
    void closeNow();

    /// Whoever watches both ends; nullptr for nobody. Affects requests that start later.
    void setObserver(WireObserver *observer);
    LabClock &clock() { return m_clock; }
    LabState &state() { return m_state; }
    /// Data, counters, sessions and the frozen clock back to the beginning.
    void reset();
    /// What a server keeps in memory only (sessions, the deny list) is gone.
    void restart();

signals:
    void stopped();
    /// listeners() has changed after listen().
    void listenersChanged();
    void authorityChanged();

private:
    struct Running
    {
        const LabOrigin *origin = nullptr;
        std::unique_ptr<HttpServer> server;
    };

    bool isWanted(const LabOrigin &origin) const;
    quint16 wantedPort(const LabOrigin &origin) const;
    bool mayFallBack(const LabOrigin &origin) const;
    Result<void> openWanted();
    Result<void> open(const LabOrigin &origin);
    void shut(const LabOrigin &origin);
    void applyTls(HttpServer &server, const LabOrigin &origin);
    bool speaksTls(const LabOrigin &origin) const;
    quint16 portOf(const char *symbol) const;
    Upstream upstream() const;
    RequestListener api();
    bool offersRealtime() const;
    Result<void> makeRealtime();
    void attachRealtime(HttpServer &server);
    void noteStopped();

    LabClock m_clock;
    LabState m_state;
    LabConfig m_config;
    std::shared_ptr<const Pipeline> m_pipeline;
    SystemRandom m_random;
    QByteArray m_realtimeProfile;
    socketio::PubSub *m_pubSub = nullptr;
    std::unique_ptr<RealtimeService> m_realtime;
    TlsSockets m_tls;
    ReverseProxy m_proxy;
    std::optional<Ports> m_ports;
    /// In step with m_listeners.
    std::vector<Running> m_servers;
    std::vector<ServerState::Listener> m_listeners;
    /// Finish what they are at.
    std::vector<std::unique_ptr<HttpServer>> m_leaving;
    WireObserver *m_observer = nullptr;
    bool m_testControl = false;
    /// Servers that have not finished closing.
    int m_running = 0;
};

} // namespace rt
