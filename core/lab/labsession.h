// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/result.h"
#include "browser/fetchrequest.h"
#include "capture/exchangerecord.h"
#include "lab/command.h"
#include "lab/heldtoken.h"
#include "lab/labconfig.h"

#include <QObject>

#include <memory>
#include <vector>

namespace rt {

/// Where the servers really listen.
struct ServerState
{
    struct Listener
    {
        /// "API", "Site" ...
        QString title;
        QByteArray virtualOrigin;
        quint16 port = 0;
        /// The port that was wanted; differs from `port` when it was taken.
        quint16 wantedPort = 0;
        /// Proxy for the reverse proxy's own ports.
        ExchangeRecord::Via via = ExchangeRecord::Via::Direct;
    };
    std::vector<Listener> listeners;
};

/// What the built-in browser holds, for the application panel and the checks.
struct BrowserState
{
    struct PreflightEntry
    {
        QByteArray origin;
        QByteArray url;
        bool credentials = false;
        QByteArrayList methods;
        QByteArrayList headers;
        /// Lab time, milliseconds since the epoch.
        qint64 expiresAt = 0;
    };
    struct CookieEntry
    {
        QByteArray name, value, domain, path, sameSite;
        bool hostOnly = true, secure = false, httpOnly = false;
        /// Lab time, milliseconds; -1 for a session cookie.
        qint64 expiresAt = -1;
    };
    std::vector<PreflightEntry> preflightCache;
    std::vector<CookieEntry> cookies;
    /// Origin -> key -> value.
    JsValue storage = JsValue::object();
};

/// What to start. Port 0 lets the system choose.
struct LabSetup
{
    LabConfig config = LabConfig::base();
    quint16 apiPort = 8000;
    quint16 sitePort = 3000;
    /// A wanted port that is taken is replaced by the next free one; false makes that an error.
    bool fallBackToFreePort = true;
    bool testControl = false;
    /// Record exchanges. Without, the server runs bare.
    bool capture = true;
    /// Start the site origin and the further virtual origins (rogue, evil, second service).
    bool withSite = true;
    /// Where the keys and certificates for HTTPS are kept; empty keeps them in memory.
    QString tlsFolder;
};

/// The lab as the GUI thread sees it: owns the lab thread, in which servers, pipelines and browser
/// live; everything crosses by value. One command layer for window, lessons and command line.
class LabSession : public QObject
{
    Q_OBJECT

public:
    explicit LabSession(LabSetup setup, QObject *parent = nullptr);
    ~LabSession() override;

    /// Starts the lab thread and waits until the servers listen or the reason why not is known.
    Result<void> start();
    const ServerState &servers() const;
    const BrowserState &browserState() const;
    const LabConfig &config() const;
    /// LabSetup::tlsFolder.
    QString tlsFolder() const;
    /// Lab time: milliseconds since the epoch, and since the session began.
    qint64 now() const;
    double elapsed() const;
    qint64 skipped() const;
    /// Calls that have been started and not finished.
    int callsInFlight() const;

    /// Makes this the configuration; records a change for every path that differs.
    void setConfig(const LabConfig &config, bool byLesson = false);
    /// Runs one action. The error says what is wrong with the action; what comes of it arrives as
    /// items.
    Result<void> run(const Command &command);
    /// Starts a call and returns its id (CallRecord::id). `{{token}}` in the value of a header
    /// stands for heldToken().
    quint64 fetch(const FetchRequest &request);
    void cancel(quint64 call);
    const HeldToken &heldToken() const;
    /// The files in `tlsFolder` were deleted or replaced: servers and browser take up the new ones.
    void reloadTls();
    /// Back to an empty jar, cache, storage and a fresh server state; the capture goes on.
    void resetState();

signals:
    /// New or completed items, in order, at most once per frame.
    void itemsArrived(const std::vector<rt::CaptureItem> &items);
    void configChanged(const rt::LabConfig &config);
    void serversChanged();
    void browserStateChanged();
    void callFinished(quint64 call);
    void failed(const rt::Error &error);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rt
