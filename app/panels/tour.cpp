// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/tour.h"

#include "lab/command.h"
#include "lab/labsession.h"
#include "panels/clientpanel.h"
#include "panels/serverpanel.h"
#include "panels/tourcard.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSettings>
#include <QWidget>

namespace rt {

namespace {

QString seenKey()
{
    return QStringLiteral("tour/seen");
}

struct StopText
{
    const char *target;
    const char *title;
    const char *text;
    /// Empty: goes on by itself.
    const char *button;
};

// Indexed by Tour::Stop.
constexpr StopText texts[] = {
    {"client.send", QT_TRANSLATE_NOOP("tour", "Send a request"),
     QT_TRANSLATE_NOOP(
         "tour",
         "A page of app.shop.test wants to change a user at api.shop.test: PUT, with "
         "JSON. Page and server are real, and both run on this computer. Press Send."),
     ""},
    {"traffic", QT_TRANSLATE_NOOP("tour", "The browser asked first"),
     QT_TRANSLATE_NOOP(
         "tour",
         "You sent PUT, but OPTIONS went out: a preflight. The server belongs to another "
         "origin than the page, so the browser asks whether it may. Both ends of the "
         "wire are recorded here."),
     QT_TRANSLATE_NOOP("tour", "Why was it blocked?")},
    {"inspector", QT_TRANSLATE_NOOP("tour", "Read why"), "",
     QT_TRANSLATE_NOOP("tour", "How do I allow it?")},
    {"server.cors.enabled", QT_TRANSLATE_NOOP("tour", "Let the server say yes"),
     QT_TRANSLATE_NOOP(
         "tour",
         "The server is a stack of Express middleware. Switch cors on: it answers the "
         "question. The code below is the same server, written down."),
     ""},
    {"client.send", QT_TRANSLATE_NOOP("tour", "Send it again"),
     QT_TRANSLATE_NOOP("tour",
                       "The same request, from the same page. Only the server has changed."),
     ""},
    {"traffic", QT_TRANSLATE_NOOP("tour", "Asked, allowed, sent"),
     QT_TRANSLATE_NOOP(
         "tour",
         "OPTIONS was answered with permission, then PUT followed, and script could read "
         "the answer. Everything in this window works like this: change something, "
         "send, read why."),
     QT_TRANSLATE_NOOP("tour", "Go on with a lesson")},
};
static_assert(std::size(texts) == Tour::stopCount);

QString translated(const char *text)
{
    return *text ? QCoreApplication::translate("tour", text) : QString();
}

/// The last step of the browser's algorithm that failed, in its own words.
QString failureOf(const CallRecord &call)
{
    for (auto step = call.steps.rbegin(); step != call.steps.rend(); ++step) {
        if (step->outcome == AlgorithmStep::Outcome::Failed)
            return step->sentence;
    }
    return call.console.value(0);
}

} // namespace

class Tour::Private
{
public:
    QWidget &window;
    LabSession &lab;
    /// Belongs to the window.
    QPointer<TourCard> card;
    Stop stop = Stop::Send;
    bool running = false;
    QString reason;
};

Tour::Tour(QWidget &window, LabSession &lab, const Theme &theme, QObject *parent)
    : QObject(parent), d(std::unique_ptr<Private>(
                           new Private {window, lab, new TourCard(theme, &window), {}, {}, {}}))
{
    connect(d->card, &TourCard::nextRequested, this, &Tour::next);
    connect(d->card, &TourCard::closeRequested, this, &Tour::stop);
    connectLab();
}

Tour::~Tour() = default;

bool Tour::isWanted()
{
    return !QSettings().value(seenKey()).toBool();
}

bool Tour::isRunning() const
{
    return d->running;
}

Tour::Stop Tour::current() const
{
    return d->stop;
}

void Tour::connectLab()
{
    connect(&d->lab, &LabSession::itemsArrived, this,
            [this](const std::vector<CaptureItem> &items) {
                for (const CaptureItem &item : items) {
                    const auto *call = std::get_if<CallRecord>(&item);
                    if (call && call->outcome != CallRecord::Outcome::Pending
                        && call->preflight != CallRecord::Preflight::None)
                        follow(call->outcome != CallRecord::Outcome::Ok, failureOf(*call));
                }
            });
    connect(&d->lab, &LabSession::configChanged, this, [this](const LabConfig &config) {
        if (d->running && d->stop == Stop::Allow && config.isEnabled("cors"))
            go(Stop::SendAgain);
    });
}

void Tour::start()
{
    d->running = true;
    d->reason.clear();
    prepare();
    proposeRequest();
    go(Stop::Send);
}

// The story needs a server that gives no permission yet, and a browser that remembers none.
void Tour::prepare()
{
    LabConfig config = d->lab.config();
    const std::pair<const char *, JsValue> settings[]
        = {{"server.cors.enabled", JsValue(false)},
           {"server.cors.origin", JsValue()},
           {"client.page", JsValue(QString::fromUtf8(virtualOrigin("app")))}};
    for (const auto &[path, value] : settings) {
        if (const auto changed = config.withSetting(path, value))
            config = *changed;
    }
    d->lab.setConfig(config);
    std::ignore = d->lab.run({"clearPreflightCache", JsValue::object(), false});
}

void Tour::proposeRequest()
{
    auto *client = d->window.findChild<ClientPanel *>();
    if (!client)
        return;
    FetchRequest request;
    request.page = virtualOrigin("app");
    request.url = virtualOrigin("api") + "/api/user";
    request.method = "PUT";
    request.headers = {{"Content-Type", "application/json"}};
    request.body = "{ \"name\": \"Grace\" }";
    request.hasBody = true;
    client->setRequest(request);
    client->showTab(ClientPanel::Tab::Body);
}

void Tour::go(Stop stop)
{
    d->stop = stop;
    const auto index = static_cast<size_t>(stop);
    const StopText &text = texts[index];
    const QString words = stop == Stop::Why
        ? tr("%1 The PUT was never sent. Every row says so, step by step.").arg(d->reason)
        : translated(text.text);
    if (stop == Stop::Allow) {
        if (auto *server = d->window.findChild<ServerPanel *>())
            server->showOption("server.cors.enabled");
    }
    d->card->setContent({static_cast<int>(index) + 1, stopCount, translated(text.title), words,
                         translated(text.button)});
    auto *target = d->window.findChild<QWidget *>(QLatin1StringView(text.target));
    d->card->pointAt(target);
    if (stop == Stop::Send && target)
        target->setFocus(Qt::OtherFocusReason); // Enter is enough
}

void Tour::follow(bool blocked, const QString &reason)
{
    if (!d->running)
        return;
    if (d->stop == Stop::Send && blocked) {
        d->reason = reason;
        go(Stop::Asked);
    } else if (!blocked && (d->stop == Stop::Send || d->stop == Stop::SendAgain)) {
        go(Stop::Done);
    }
}

void Tour::next()
{
    switch (d->stop) {
    case Stop::Asked:
        go(Stop::Why);
        break;
    case Stop::Why:
        go(d->lab.config().isEnabled("cors") ? Stop::SendAgain : Stop::Allow);
        break;
    case Stop::Done:
        stop();
        emit lessonsRequested();
        break;
    case Stop::Send:
    case Stop::Allow:
    case Stop::SendAgain:
        break; // only what happens on the wire leads on
    }
}

void Tour::stop()
{
    if (!std::exchange(d->running, false))
        return;
    if (d->card) {
        d->card->pointAt(nullptr);
        d->card->hide();
    }
    QSettings().setValue(seenKey(), true);
    emit finished();
}

} // namespace rt
