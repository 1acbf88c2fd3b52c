// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/browser.h"

#include "base/clock.h"
#include "base/random.h"
#include "browser/browsersocket.h"
#include "browser/documentmemory.h"
#include "browser/fetchrun.h"
#include "browser/fetchvalidation.h"
#include "browser/framecontent.h"
#include "browser/rawrun.h"

#include <QPointer>

#include <map>

namespace rt {

namespace {

/// Nothing to show: no content, or a download, which an insecure page hears about.
bool isSaved(FetchRun &run)
{
    const Document document = Document::fromResponse(run.request().url, run.response());
    const Origin asker = run.request().hasInitiator ? run.request().client.origin : document.origin;
    const FrameContent content = readFrameContent(document, run.response(), {}, asker);
    if (content.kind != FrameContent::Kind::Nothing)
        return false;
    run.result().console += content.console;
    return true;
}

} // namespace

class Browser::Private
{
public:
    Private(const AddressBook &addresses, const Clock &clock, Random &randomSource,
            WireObserver *observer)
        : transport(addresses, clock, observer), cookies(clock), preflightCache(clock),
          httpCache(clock), services {transport, cookies, preflightCache, clock, httpCache},
          random(randomSource)
    {
    }

    Document clientOf(const FetchRequest &request) const
    {
        const auto page = parseUrl(request.page);
        if (!page)
            return {};
        const bool known = Origin::of(*page).sameOrigin(document.origin);
        return known ? document : Document::blank(*page);
    }

    CookieAccess scriptAccess() const
    {
        return {document.url, SameSiteContext::Strict, document.topLevelSite(), false};
    }

    quint64 begin(quint64 call)
    {
        const quint64 id = call ? call : lastCall + 1;
        lastCall = std::max(lastCall, id);
        running[id] = nullptr;
        return id;
    }

    void end(quint64 id, QObject *run)
    {
        running.erase(id);
        if (run)
            run->deleteLater();
    }

    void endLater(QObject *context, const FetchResult &result, const Finished &finished)
    {
        const auto finish = [this, result, finished] {
            end(result.call, nullptr);
            finished(result);
        };
        QMetaObject::invokeMethod(context, finish, Qt::QueuedConnection);
    }

    Transport transport;
    CookieStore cookies;
    PreflightCache preflightCache;
    HttpCache httpCache;
    DocumentMemory memory;
    FetchServices services;
    Random &random;
    Document document;
    std::map<quint64, QPointer<QObject>> running;
    quint64 lastCall = 0;
};

Browser::Browser(const AddressBook &addresses, const Clock &clock, Random &random,
                 WireObserver *observer, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(addresses, clock, random, observer))
{
}

Browser::~Browser() = default;

quint64 Browser::fetch(const FetchRequest &given, Finished finished, quint64 call)
{
    const quint64 id = d->begin(call);
    const Document client = d->clientOf(given);
    if (given.api == "raw")
        startRaw(given, id, finished);
    else if (given.api == "navigate" || given.api == "form")
        startNavigation(navigationOf(given), client, id, finished);
    else if (const auto kind = elementKindOf(given.api))
        startLoad(elementLoadOf(*kind, given), client, id, finished);
    else
        startFetch(given, client, id, finished);
    return id;
}

quint64 Browser::navigate(const Navigation &navigation, Finished finished, quint64 call)
{
    const quint64 id = d->begin(call);
    startNavigation(navigation, d->document, id, finished);
    return id;
}

quint64 Browser::load(const ElementLoad &load, Finished finished, quint64 call)
{
    const quint64 id = d->begin(call);
    startLoad(load, d->document, id, finished);
    return id;
}

std::variant<std::unique_ptr<BrowserSocket>, SocketRefusal>
Browser::createSocket(const QByteArray &url, const QByteArrayList &protocols)
{
    auto prepared = prepareSocket(url, protocols, d->document);
    if (const auto *refusal = std::get_if<SocketRefusal>(&prepared))
        return *refusal;
    return std::make_unique<BrowserSocket>(d->services, d->random,
                                           std::get<SocketOpening>(std::move(prepared)), nullptr);
}

void Browser::startRaw(const FetchRequest &given, quint64 id, const Finished &finished)
{
    const auto done = [this, id, finished](FetchResult &result, QObject *run) {
        d->end(id, run);
        finished(result);
    };
    auto *run = new RawRun(d->services, given, id, done, this);
    d->running[id] = run;
    run->start();
}

void Browser::startFetch(const FetchRequest &given, const Document &client, quint64 id,
                         const Finished &finished)
{
    RequestBuild build = buildRequest(given, client);
    if (build.fault != RequestFault::None) {
        d->endLater(this, refusedRequest(build, given, id), finished);
        return;
    }
    const auto done = [this, id, finished](FetchRun &run) {
        d->end(id, &run);
        finished(run.result());
    };
    d->memory.forgetPicture(build.request.url);
    auto *run = new FetchRun(d->services, std::move(build.request), id, done, this);
    for (FetchStep &step : build.steps)
        run->addStep(std::move(step));
    d->running[id] = run;
    run->start();
}

void Browser::startNavigation(const Navigation &navigation, const Document &client, quint64 id,
                              const Finished &finished)
{
    const auto request = navigationRequest(navigation, client, d->random);
    if (!request) {
        endUnparsable(id, finished);
        return;
    }
    const auto done = [this, id, finished](FetchRun &run) {
        const bool replaces = run.result().outcome == FetchResult::Outcome::Ok && !isSaved(run);
        run.result().element.applied = replaces;
        if (replaces) {
            setDocument(Document::fromResponse(run.request().url, run.response()));
            run.result().console += problemsOf(d->document.policies);
        }
        d->end(id, &run);
        finished(run.result());
    };
    auto *run = new FetchRun(d->services, *request, id, done, this);
    d->running[id] = run;
    run->start();
}

void Browser::startLoad(const ElementLoad &load, const Document &client, quint64 id,
                        const Finished &finished)
{
    const auto request = elementRequest(load, client);
    if (!request) {
        endUnparsable(id, finished);
        return;
    }
    d->memory.enter(client.url);
    if (const auto known = d->memory.find(load, request->url)) {
        d->endLater(this, elementFromMemory(*known, id), finished);
        return;
    }
    const auto done = [this, load, id, finished, url = request->url](FetchRun &run) {
        settleElement(load, run);
        d->memory.keep(load, url, run.result().element);
        d->end(id, &run);
        finished(run.result());
    };
    auto *run = new FetchRun(d->services, *request, id, done, this);
    // A new frame begins as an empty document under the page's own policies.
    if (load.kind == ElementKind::Iframe)
        run->result().console += problemsOf(client.policies);
    d->running[id] = run;
    run->start();
}

void Browser::endUnparsable(quint64 id, const Finished &finished)
{
    FetchResult result;
    result.call = id;
    result.outcome = FetchResult::Outcome::Failed;
    result.reason = "request.InvalidUrl";
    result.element.event = ElementOutcome::Event::Error;
    d->endLater(this, result, finished);
}

void Browser::cancel(quint64 call)
{
    const auto found = d->running.find(call);
    if (found == d->running.end())
        return;
    if (auto *run = qobject_cast<FetchRun *>(found->second.data()))
        run->cancel();
    else if (auto *raw = qobject_cast<RawRun *>(found->second.data()))
        raw->cancel();
}

int Browser::callsInFlight() const
{
    return static_cast<int>(d->running.size());
}

void Browser::setDocument(Document document)
{
    d->document = std::move(document);
    d->memory.clear();
}

const Document &Browser::document() const
{
    return d->document;
}

QByteArray Browser::documentCookie()
{
    return d->cookies.documentCookie(d->scriptAccess());
}

void Browser::setDocumentCookie(const QByteArray &utf8)
{
    d->cookies.set(utf8, d->scriptAccess());
}

CookieStore &Browser::cookies()
{
    return d->cookies;
}

PreflightCache &Browser::preflightCache()
{
    return d->preflightCache;
}

HttpCache &Browser::httpCache()
{
    return d->httpCache;
}

void Browser::setHttpCacheDisabled(bool disabled)
{
    d->services.httpCacheDisabled = disabled;
}

void Browser::setPreflightCacheDisabled(bool disabled)
{
    d->services.preflightCacheDisabled = disabled;
}

void Browser::clear()
{
    d->cookies.clear();
    d->preflightCache.clear();
    d->httpCache.clear();
    d->memory.clear();
    d->transport.closeIdleConnections();
}

void Browser::setTrust(TlsTrust trust)
{
    d->transport.setTrust(std::move(trust));
}

Transport &Browser::transport()
{
    return d->transport;
}

} // namespace rt
