// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/browser.h"

#include "base/clock.h"
#include "base/random.h"

#include <QTimer>

namespace rt {

class Browser::Private
{
public:
    const AddressBook &addresses;
    const Clock &clock;
    Random &random;
    WireObserver *observer;
    quint64 lastCall = 0;
    int inFlight = 0;
};

Browser::Browser(const AddressBook &addresses, const Clock &clock, Random &random,
                 WireObserver *observer, QObject *parent)
    : QObject(parent)
    , d(new Private {addresses, clock, random, observer})
{
}

Browser::~Browser() = default;

quint64 Browser::fetch(const FetchRequest &request, Finished finished, quint64 call)
{
    FetchResult result;
    result.call = call ? call : d->lastCall + 1;
    d->lastCall = std::max(d->lastCall, result.call);
    result.outcome = FetchResult::Outcome::Failed;
    result.reason = "net.Refused";
    result.method = request.method;
    ++d->inFlight;
    QTimer::singleShot(0, this, [this, result, finished] {
        --d->inFlight;
        finished(result);
    });
    return result.call;
}

void Browser::cancel(quint64)
{
}

int Browser::callsInFlight() const
{
    return d->inFlight;
}

} // namespace rt
