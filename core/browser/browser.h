// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/addressbook.h"
#include "browser/cookiestore.h"
#include "browser/document.h"
#include "browser/elementload.h"
#include "browser/fetchrequest.h"
#include "browser/fetchresult.h"
#include "browser/httpcache.h"
#include "browser/navigation.h"
#include "browser/preflightcache.h"
#include "browser/socketopening.h"
#include "browser/transport.h"

#include <QObject>

#include <functional>
#include <memory>
#include <variant>

namespace rt {

class BrowserSocket;
class Clock;
class Random;

/// The built-in client that behaves like Chromium: fetch, preflight cache, cookie jar. Lives on the
/// lab thread; meets the server only over a socket.
class Browser : public QObject
{
    Q_OBJECT

public:
    using Finished = std::function<void(const FetchResult &)>;

    /// All references must outlive the browser; `observer` may be null.
    Browser(const AddressBook &addresses, const Clock &clock, Random &random,
            WireObserver *observer, QObject *parent = nullptr);
    ~Browser() override;

    /// Starts a call and returns its id; `call` chooses the id, 0 takes the next free one. The page
    /// is the one that was set, when it has the origin of `request.page`, else a page without any
    /// policy. `finished` comes later, never from inside this function, exactly once. What
    /// `request.api` names decides who asks: script, an element, a link or a form.
    quint64 fetch(const FetchRequest &request, Finished finished, quint64 call = 0);
    /// Loads a page. The new page counts from `finished` on; an answer without content (204, 205)
    /// or a failure leaves the old one.
    quint64 navigate(const Navigation &navigation, Finished finished, quint64 call = 0);
    /// Puts an element into the page.
    quint64 load(const ElementLoad &load, Finished finished, quint64 call = 0);
    /// new WebSocket(url, protocols) of the page; the socket is not open yet, see
    /// BrowserSocket::open(). It must not outlive the browser.
    std::variant<std::unique_ptr<BrowserSocket>, SocketRefusal>
    createSocket(const QByteArray &url, const QByteArrayList &protocols);
    /// Ends a running call with outcome Aborted.
    void cancel(quint64 call);
    int callsInFlight() const;

    /// The page whose policies count for calls from its origin.
    void setDocument(Document document);
    const Document &document() const;

    /// document.cookie of the page.
    QByteArray documentCookie();
    void setDocumentCookie(const QByteArray &utf8);

    CookieStore &cookies();
    PreflightCache &preflightCache();
    HttpCache &httpCache();
    /// DevTools' "disable cache".
    void setHttpCacheDisabled(bool disabled);
    /// DevTools' "disable cache": every preflight is sent.
    void setPreflightCacheDisabled(bool disabled);
    /// Empty jar, empty caches, no open connections.
    void clear();
    void setTrust(TlsTrust trust);
    Transport &transport();

private:
    void startNavigation(const Navigation &navigation, const Document &client, quint64 id,
                         const Finished &finished);
    void startLoad(const ElementLoad &load, const Document &client, quint64 id,
                   const Finished &finished);
    void startFetch(const FetchRequest &given, const Document &client, quint64 id,
                    const Finished &finished);
    void startRaw(const FetchRequest &given, quint64 id, const Finished &finished);
    void endUnparsable(quint64 id, const Finished &finished);

    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rt
