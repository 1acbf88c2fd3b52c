// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/browser.h"

#include "base/clock.h"
#include "base/random.h"
#include "browser/fetchrun.h"
#include "browser/fetchvalidation.h"
#include "browser/rawrun.h"

#include <QPointer>

#include <map>

namespace rt {

class Browser::Private
{
public:
    Private(const AddressBook &addresses, const Clock &clock, Random &randomSource,
            WireObserver *observer)
        : transport(addresses, clock, observer)
        , cookies(clock)
        , preflightCache(clock)
        , services {transport, cookies, preflightCache, clock}
        , random(randomSource)
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

    Transport transport;
    CookieStore cookies;
    PreflightCache preflightCache;
    FetchServices services;
    Random &random;
    Document document;
    std::map<quint64, QPointer<QObject>> running;
    quint64 lastCall = 0;
};

Browser::Browser(const AddressBook &addresses, const Clock &clock, Random &random,
                 WireObserver *observer, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(addresses, clock, random, observer))
{
}

Browser::~Browser() = default;

quint64 Browser::fetch(const FetchRequest &given, Finished finished, quint64 call)
{
    const quint64 id = call ? call : d->lastCall + 1;
    d->lastCall = std::max(d->lastCall, id);
    d->running[id] = nullptr;
    const auto done = [this, id, finished](FetchResult &result, QObject *run) {
        d->running.erase(id);
        if (run)
            run->deleteLater();
        finished(result);
    };
    if (given.api == "raw") {
        auto *run = new RawRun(d->services, given, id, done, this);
        d->running[id] = run;
        run->start();
        return id;
    }
    RequestBuild build = buildRequest(given, d->clientOf(given));
    if (build.fault != RequestFault::None) {
        FetchResult result = refusedRequest(build, given, id);
        QMetaObject::invokeMethod(
            this, [result, done]() mutable { done(result, nullptr); }, Qt::QueuedConnection);
        return id;
    }
    auto *run = new FetchRun(d->services, std::move(build.request), id,
                             [done](FetchRun &r) { done(r.result(), &r); }, this);
    for (FetchStep &step : build.steps)
        run->addStep(std::move(step));
    d->running[id] = run;
    run->start();
    return id;
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
}

const Document &Browser::document() const
{
    return d->document;
}

CookieStore &Browser::cookies()
{
    return d->cookies;
}

PreflightCache &Browser::preflightCache()
{
    return d->preflightCache;
}

void Browser::setPreflightCacheDisabled(bool disabled)
{
    d->services.preflightCacheDisabled = disabled;
}

void Browser::clear()
{
    d->cookies.clear();
    d->preflightCache.clear();
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
