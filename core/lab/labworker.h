// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/random.h"
#include "base/result.h"
#include "browser/addressbook.h"
#include "capture/recorder.h"
#include "lab/cookieedit.h"
#include "lab/labsession.h"
#include "lab/storageedit.h"

#include <QObject>

#include <functional>
#include <memory>
#include <unordered_map>
#include <variant>

namespace rt {

class Browser;
class Lab;
struct FetchResult;

/// The call ended and everything known of it has been handed out.
struct CallFinished
{
    quint64 call = 0;
};

/// What the lab thread tells the GUI thread, in order.
using LabNews = std::variant<CaptureItem, BrowserState, ServerState, CallFinished, Error>;

/// The half of LabSession that lives on the lab thread: servers, browser, recorder and clock. All
/// its functions are called there.
class LabWorker final : public QObject
{
public:
    using Sink = std::function<void(LabNews)>;

    LabWorker(LabSetup setup, Sink sink);
    ~LabWorker() override;

    Result<ServerState> start();
    /// `changed`: dotted paths with root and their new values, recorded for the lessons.
    void setConfig(const LabConfig &config,
                   const std::vector<std::pair<QByteArray, JsValue>> &changed, bool byLesson);
    void fetch(quint64 call, FetchRequest request);
    void cancel(quint64 call);
    void advance(qint64 milliseconds);
    void clearPreflightCache();
    void editCookie(const CookieEdit &edit);
    void editStorage(const StorageEdit &edit);
    /// document.cookie of the client's page, left as an act.
    void readDocumentCookie();
    void reloadTls();
    void resetState();
    /// What the servers keep in memory only is gone; leaves the act `server.restart`.
    void restartServer();
    void act(const QByteArray &name, const QString &argument);

private:
    void learnAddresses();
    void trustAuthority();
    void applyClientSettings();
    void finish(const FetchResult &result);
    void publishBrowserState();

    LabSetup m_setup;
    Sink m_sink;
    SystemRandom m_random;
    AddressTable m_addresses;
    /// Destroyed from the last to the first: the browser before the servers it talks to, both
    /// before the recorder they report to.
    std::unique_ptr<Lab> m_lab;
    std::unique_ptr<Recorder> m_recorder;
    std::unique_ptr<Browser> m_browser;
    std::unordered_map<quint64, FetchRequest> m_running;
    std::vector<Cookie> m_copiedCookies;
    /// Origin -> key -> value.
    JsValue m_storage = JsValue::object();
};

} // namespace rt
