// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labworker.h"

#include "browser/browser.h"
#include "http/url.h"
#include "lab/callrecords.h"
#include "lab/lab.h"

#include <QSslCertificate>

namespace rt {

LabWorker::LabWorker(LabSetup setup, Sink sink) : m_setup(std::move(setup)), m_sink(std::move(sink))
{
}

LabWorker::~LabWorker()
{
    if (m_lab)
        m_lab->setObserver(nullptr);
    m_browser.reset();
    m_lab.reset();
}

Result<ServerState> LabWorker::start()
{
    m_lab = std::make_unique<Lab>();
    m_lab->setTlsFolder(m_setup.tlsFolder);
    if (const auto accepted = m_lab->setConfig(m_setup.config); !accepted)
        return failure(accepted.error().message);
    if (m_setup.testControl)
        m_lab->allowTestControl();
    if (m_setup.capture) {
        m_recorder
            = std::make_unique<Recorder>(m_lab->clock(), [this](std::vector<CaptureItem> items) {
                  for (CaptureItem &item : items)
                      m_sink(std::move(item));
              });
        m_lab->setObserver(m_recorder.get());
    }
    const Lab::Ports ports {.api = m_setup.apiPort,
                            .site = m_setup.sitePort,
                            .withSite = m_setup.withSite,
                            .withOthers = m_setup.withSite,
                            .fallBackToFreePort = m_setup.fallBackToFreePort,
                            .withTwins = true};
    if (const auto listening = m_lab->listen(ports); !listening)
        return failure(listening.error().message);
    learnAddresses();
    m_browser = std::make_unique<Browser>(m_addresses, m_lab->clock(), m_random, m_recorder.get());
    applyClientSettings();
    trustAuthority();
    connect(m_lab.get(), &Lab::authorityChanged, this, &LabWorker::trustAuthority);
    connect(m_lab.get(), &Lab::listenersChanged, this, [this] {
        learnAddresses();
        m_sink(ServerState {m_lab->listeners()});
    });
    return ServerState {m_lab->listeners()};
}

/// The lab's own authority and no other: the built-in browser meets no server but the lab's.
void LabWorker::trustAuthority()
{
    m_browser->setTrust({QSslCertificate::fromData(m_lab->authorityPem())});
    m_browser->transport().closeIdleConnections();
}

void LabWorker::reloadTls()
{
    if (const auto reloaded = m_lab->reloadTls(); !reloaded)
        m_sink(reloaded.error());
}

void LabWorker::learnAddresses()
{
    m_addresses.clear();
    // The names exist whatever is switched on; who listens there or not is another question.
    constexpr quint16 nobodyListens = 0;
    for (const LabOrigin &origin : labOrigins()) {
        if (const auto url = parseUrl(origin.origin()))
            m_addresses.add(url->host, url->effectivePort(), nobodyListens);
    }
    for (const ServerState::Listener &listener : m_lab->listeners()) {
        const auto url = parseUrl(listener.virtualOrigin);
        if (!url)
            continue;
        m_addresses.add(url->host, url->effectivePort(), listener.port);
        if (m_recorder)
            m_recorder->setListener(listener.port, {listener.virtualOrigin, listener.via});
    }
    // What a learner types as the real address works in the built-in client, too.
    m_addresses.addHost("localhost");
    m_addresses.addHost("127.0.0.1");
}

void LabWorker::setConfig(const LabConfig &config,
                          const std::vector<std::pair<QByteArray, JsValue>> &changed, bool byLesson)
{
    m_setup.config = config;
    if (const auto accepted = m_lab->setConfig(config); !accepted)
        m_sink(accepted.error());
    applyClientSettings();
    if (!m_recorder)
        return;
    for (const auto &[path, value] : changed)
        m_recorder->change(path, value, byLesson);
    m_recorder->flush();
}

void LabWorker::applyClientSettings()
{
    if (m_recorder)
        m_recorder->setSettings(std::make_shared<const JsValue>(m_setup.config.flattened()));
    if (!m_browser)
        return;
    m_browser->setPreflightCacheDisabled(
        m_setup.config.setting("client.disablePreflightCache").toBool());
    m_browser->setHttpCacheDisabled(!m_setup.config.setting("client.httpCache").toBool());
}

void LabWorker::fetch(quint64 call, FetchRequest request)
{
    if (m_recorder)
        m_recorder->callStarted(pendingCall(call, request));
    m_running.emplace(call, request);
    m_browser->fetch(
        request, [this](const FetchResult &result) { finish(result); }, call);
}

void LabWorker::finish(const FetchResult &result)
{
    const auto request = m_running.extract(result.call);
    if (m_recorder && !request.empty()) {
        m_recorder->callFinished(finishedCall(request.mapped(), result));
        m_recorder->flush();
    }
    publishBrowserState();
    m_sink(CallFinished {result.call});
}

void LabWorker::cancel(quint64 call)
{
    m_browser->cancel(call);
}

void LabWorker::advance(qint64 milliseconds)
{
    m_lab->clock().advance(milliseconds);
    act(QByteArrayLiteral("advance"), QString::number(milliseconds));
    publishBrowserState();
}

void LabWorker::clearPreflightCache()
{
    if (m_browser)
        m_browser->preflightCache().clear();
    publishBrowserState();
}

void LabWorker::editCookie(const CookieEdit &edit)
{
    if (const auto done = applyCookieEdit(edit, m_browser->cookies(), m_copiedCookies); !done)
        m_sink(done.error());
    publishBrowserState();
}

void LabWorker::editStorage(const StorageEdit &edit)
{
    applyStorageEdit(edit, m_storage);
    publishBrowserState();
}

void LabWorker::readDocumentCookie()
{
    const auto page = parseUrl(m_setup.config.setting("client.page").toString().toUtf8());
    if (!page)
        return;
    if (m_browser->document().origin != Document::blank(*page).origin)
        m_browser->setDocument(Document::blank(*page));
    act(QByteArrayLiteral("document.cookie"), QString::fromUtf8(m_browser->documentCookie()));
}

void LabWorker::resetState()
{
    m_lab->reset();
    if (m_browser)
        m_browser->clear();
    m_storage = JsValue::object();
    publishBrowserState();
}

void LabWorker::restartServer()
{
    m_lab->restart();
    act(QByteArrayLiteral("server.restart"), {});
}

void LabWorker::act(const QByteArray &name, const QString &argument)
{
    if (!m_recorder)
        return;
    m_recorder->act(name, argument);
    m_recorder->flush();
}

void LabWorker::publishBrowserState()
{
    if (!m_browser)
        return;
    BrowserState state;
    for (const auto &[key, entry] : m_browser->preflightCache().entries())
        state.preflightCache.push_back(
            {key.origin, key.url, entry.permission.credentials == CredentialsMode::Include,
             entry.permission.methods, entry.permission.headers, entry.expiresAt});
    for (const Cookie &cookie : m_browser->cookies().cookies())
        state.cookies.push_back({cookie.name, cookie.value, cookie.domain, cookie.path,
                                 sameSiteName(cookie.sameSite), cookie.hostOnly, cookie.secure,
                                 cookie.httpOnly, cookie.expiresAt.value_or(-1)});
    state.storage = m_storage;
    m_sink(std::move(state));
}

} // namespace rt
