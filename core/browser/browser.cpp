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
        : transport(addresses, clock, observer), cookies(clock),
          preflightCache(clock), services {transport, cookies, preflightCache, clock},
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
    const auto done = [this, id, finished](FetchResult &result, QObject *run) {
        d->end(id, run);
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
        d->endLater(this, refusedRequest(build, given, id), finished);
        return id;
    }
    auto *run = new FetchRun(
        d->services, std::move(build.request), id, [done](FetchRun &r) { done(r.result(), &r); },
        this);
    for (FetchStep &step : build.steps)
        run->addStep(std::move(step));
    d->running[id] = run;
    run->start();
    return id;
}

quint64 Browser::navigate(const Navigation &navigation, Finished finished, quint64 call)
{
    const quint64 id = d->begin(call);
    const auto request = navigationRequest(navigation, d->document, d->random);
    if (!request) {
        FetchResult result;
        result.call = id;
        result.outcome = FetchResult::Outcome::Failed;
        result.reason = "request.InvalidUrl";
        d->endLater(this, result, finished);
        return id;
    }
    auto *run = new FetchRun(
        d->services, *request, id,
        [this, id, finished](FetchRun &r) {
            const bool replaces = r.result().outcome == FetchResult::Outcome::Ok
                && r.response().status != 204 && r.response().status != 205;
            if (replaces)
                d->document = Document::fromResponse(r.request().url, r.response());
            d->end(id, &r);
            finished(r.result());
        },
        this);
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
