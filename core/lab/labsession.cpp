// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labsession.h"

#include "base/mailbox.h"
#include "lab/labworker.h"
#include "lab/requestbuilder.h"

#include <QDateTime>
#include <QSemaphore>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <set>

#include <openssl/crypto.h>

namespace rt {

namespace {

/// One frame: rows that arrive faster than this come as one batch.
constexpr int frameMs = 16;

qint64 monotonicMs()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

} // namespace

/// The GUI thread's half: what is known here, and the two mailboxes.
class LabSession::Private
{
public:
    explicit Private(LabSession &session)
        : q(session), news([this](std::vector<LabNews> batch) { receive(std::move(batch)); })
    {
        frame.setSingleShot(true);
        frame.setInterval(frameMs);
        QObject::connect(&frame, &QTimer::timeout, &q, [this] { deliver(); });
    }

    void receive(std::vector<LabNews> batch)
    {
        std::move(batch.begin(), batch.end(), std::back_inserter(waiting));
        if (frame.isActive())
            return;
        if (monotonicMs() - deliveredAt >= frameMs)
            deliver();
        else
            frame.start();
    }

    void deliver()
    {
        deliveredAt = monotonicMs();
        std::vector<LabNews> batch;
        batch.swap(waiting);
        std::vector<CaptureItem> items;
        for (LabNews &entry : batch) {
            if (auto *item = std::get_if<CaptureItem>(&entry)) {
                if (const auto *call = std::get_if<CallRecord>(item))
                    token.notice(*call);
                items.push_back(std::move(*item));
                continue;
            }
            flush(items);
            tell(entry);
        }
        flush(items);
    }

    void flush(std::vector<CaptureItem> &items)
    {
        if (!items.empty())
            emit q.itemsArrived(items);
        items.clear();
    }

    void tell(const LabNews &entry)
    {
        if (const auto *state = std::get_if<BrowserState>(&entry)) {
            browserState = *state;
            emit q.browserStateChanged();
        } else if (const auto *listeners = std::get_if<ServerState>(&entry)) {
            servers = *listeners;
            emit q.serversChanged();
        } else if (const auto *finished = std::get_if<CallFinished>(&entry)) {
            inFlight.erase(finished->call);
            emit q.callFinished(finished->call);
        } else if (const auto *error = std::get_if<Error>(&entry)) {
            emit q.failed(*error);
        }
    }

    /// Runs `job` on the lab thread, after everything posted before it.
    void post(std::function<void(LabWorker &)> job)
    {
        if (jobs)
            jobs->put(std::move(job));
    }

    Result<void> change(const QByteArray &path, const JsValue &value, bool byLesson)
    {
        const auto changed = config.withSetting(path, value);
        if (!changed)
            return failure(changed.error().message);
        q.setConfig(*changed, byLesson);
        return {};
    }

    Result<void> changeOrder(const JsValue &names, bool byLesson)
    {
        QByteArrayList order;
        for (const JsValue &name : names.items())
            order.append(name.toString().toUtf8());
        if (order.isEmpty())
            return failure(QStringLiteral("\"order\" needs a list of stages"));
        q.setConfig(config.withOrder(order), byLesson);
        return {};
    }

    Result<void> advance(const JsValue &amount)
    {
        const qint64 ms = amount.isNumber() ? static_cast<qint64>(amount.toNumber())
                                            : parseDuration(amount.toString());
        if (ms < 0)
            return failure(
                QStringLiteral("\"%1\" is no duration such as 10s or 11m").arg(amount.asText()));
        skipped += ms;
        post([ms](LabWorker &lab) { lab.advance(ms); });
        return {};
    }

    Result<void> editCookie(const JsValue &arguments)
    {
        const auto edit = CookieEdit::fromArguments(arguments);
        if (!edit)
            return failure(edit.error().message);
        post([edit = *edit](LabWorker &lab) { lab.editCookie(edit); });
        return {};
    }

    Result<void> editStorage(const JsValue &arguments)
    {
        const auto edit = StorageEdit::fromArguments(arguments, config);
        if (!edit)
            return failure(edit.error().message);
        post([edit = *edit](LabWorker &lab) { lab.editStorage(edit); });
        return {};
    }

    /// No JavaScript engine is in here: the console knows the calls that lessons need.
    Result<void> console(const QString &expression)
    {
        if (expression != u"document.cookie")
            return failure(QStringLiteral("the console knows document.cookie only"));
        post([](LabWorker &lab) { lab.readDocumentCookie(); });
        return {};
    }

    Result<void> changeToken(const JsValue &arguments)
    {
        if (!arguments.contains(u"crack"))
            return token.apply(arguments, config);
        post([found = token.crack()](LabWorker &lab) {
            lab.act(QByteArrayLiteral("jwt.crack"), found);
        });
        return {};
    }

    using Job = std::function<void(LabWorker &)>;

    LabSession &q;
    LabSetup setup;
    LabConfig config;
    ServerState servers;
    BrowserState browserState;
    HeldToken token;
    std::vector<LabNews> waiting;
    QTimer frame;
    qint64 deliveredAt = 0;
    qint64 startedAt = 0;
    qint64 skipped = 0;
    quint64 nextCall = 1;
    std::set<quint64> inFlight;
    Mailbox<LabNews> news;
    std::unique_ptr<Mailbox<Job>> jobs;
    std::unique_ptr<LabWorker> worker;
    QThread thread;
};

LabSession::LabSession(LabSetup setup, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this))
{
    d->config = setup.config;
    d->setup = std::move(setup);
    d->startedAt = monotonicMs();
}

LabSession::~LabSession()
{
    if (!d->thread.isRunning())
        return;
    // Sockets and timers must go on the thread they live on.
    QSemaphore gone;
    d->post([this, &gone](LabWorker &) {
        d->worker.reset();
        d->jobs->deleteLater();
        gone.release();
    });
    gone.acquire();
    static_cast<void>(d->jobs.release());
    d->thread.quit();
    d->thread.wait();
}

Result<void> LabSession::start()
{
    // The lab thread answers faster without GLib's dispatcher; the GUI thread has its own already.
    qputenv("QT_NO_GLIB", "1");
    d->worker = std::make_unique<LabWorker>(
        d->setup, [this](LabNews entry) { d->news.put(std::move(entry)); });
    d->jobs = std::make_unique<Mailbox<Private::Job>>([this](std::vector<Private::Job> batch) {
        for (const Private::Job &job : batch)
            job(*d->worker);
    });
    d->worker->moveToThread(&d->thread);
    d->jobs->moveToThread(&d->thread);
    d->thread.setObjectName(QStringLiteral("lab"));
    // What OpenSSL keeps per thread is lost when the process ends before the thread's own clean-up.
    connect(
        &d->thread, &QThread::finished, &d->thread, [] { OPENSSL_thread_stop(); },
        Qt::DirectConnection);
    d->thread.start();
    QSemaphore listening;
    Result<ServerState> outcome = ServerState {};
    d->post([&](LabWorker &worker) {
        outcome = worker.start();
        listening.release();
    });
    listening.acquire();
    if (!outcome)
        return failure(outcome.error().message);
    // Never ahead of the times on the items, which count from when the lab thread began to record.
    d->startedAt = monotonicMs();
    d->servers = *outcome;
    emit serversChanged();
    return {};
}

const ServerState &LabSession::servers() const
{
    return d->servers;
}

const BrowserState &LabSession::browserState() const
{
    return d->browserState;
}

QString LabSession::tlsFolder() const
{
    return d->setup.tlsFolder;
}

const LabConfig &LabSession::config() const
{
    return d->config;
}

qint64 LabSession::now() const
{
    return QDateTime::currentMSecsSinceEpoch() + d->skipped;
}

double LabSession::elapsed() const
{
    return static_cast<double>(monotonicMs() - d->startedAt + d->skipped);
}

qint64 LabSession::skipped() const
{
    return d->skipped;
}

int LabSession::callsInFlight() const
{
    return static_cast<int>(d->inFlight.size());
}

void LabSession::setConfig(const LabConfig &config, bool byLesson)
{
    std::vector<std::pair<QByteArray, JsValue>> changed;
    for (const QByteArray &path : LabConfig::differences(d->config, config))
        changed.emplace_back(path, config.setting(path));
    if (changed.empty())
        return;
    d->config = config;
    d->post([config, changed, byLesson](LabWorker &worker) {
        worker.setConfig(config, changed, byLesson);
    });
    emit configChanged(config);
}

Result<void> LabSession::run(const Command &command)
{
    const JsValue &arguments = command.arguments;
    const QByteArray &verb = command.verb;
    if (verb == "set") {
        const QByteArray path = arguments[QLatin1StringView("path")].toString().toUtf8();
        JsValue value = arguments[QLatin1StringView("to")];
        if (value.isString())
            value = JsValue(resolveSymbols(value.toString()));
        return d->change(path, value, command.byLesson);
    }
    if (verb == "order")
        return d->changeOrder(arguments[QLatin1StringView("names")], command.byLesson);
    if (verb == "page") {
        const QString origin = resolveSymbols(arguments[QLatin1StringView("origin")].toString());
        return d->change("client.page", JsValue(origin), command.byLesson);
    }
    if (verb == "advance")
        return d->advance(arguments[QLatin1StringView("milliseconds")]);
    if (verb == "clearPreflightCache") {
        d->post([](LabWorker &worker) { worker.clearPreflightCache(); });
        return {};
    }
    if (verb == "cookie")
        return d->editCookie(arguments);
    if (verb == "storage")
        return d->editStorage(arguments);
    if (verb == "jwt")
        return d->changeToken(arguments);
    if (verb == "console")
        return d->console(arguments[QLatin1StringView("value")].toString());
    if (verb == "act") {
        const QByteArray name = arguments[QLatin1StringView("name")].toString().toUtf8();
        const QString argument = arguments[QLatin1StringView("argument")].asText();
        d->post([name, argument](LabWorker &worker) { worker.act(name, argument); });
        return {};
    }
    if (verb == "reset") {
        resetState();
        return {};
    }
    if (verb == "server" && arguments[QLatin1StringView("value")].toString() == u"restart") {
        d->post([](LabWorker &worker) { worker.restartServer(); });
        return {};
    }
    const auto request = buildRequest(verb, arguments, d->config);
    if (!request)
        return failure(request.error().message);
    fetch(*request);
    return {};
}

quint64 LabSession::fetch(const FetchRequest &request)
{
    const quint64 call = d->nextCall++;
    d->inFlight.insert(call);
    FetchRequest filled = request;
    filled.headers = {};
    for (const HeaderField &field : request.headers)
        filled.headers.append(field.name,
                              QByteArray(field.value).replace("{{token}}", d->token.text()));
    d->post([call, filled](LabWorker &worker) { worker.fetch(call, filled); });
    return call;
}

const HeldToken &LabSession::heldToken() const
{
    return d->token;
}

void LabSession::cancel(quint64 call)
{
    d->post([call](LabWorker &worker) { worker.cancel(call); });
}

void LabSession::reloadTls()
{
    d->post([](LabWorker &worker) { worker.reloadTls(); });
}

void LabSession::resetState()
{
    d->post([](LabWorker &worker) { worker.resetState(); });
}

} // namespace rt
