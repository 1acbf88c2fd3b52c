// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "cli/servecommand.h"

#include "capture/capturestore.h"
#include "capture/recorder.h"
#include "datafolder.h"
#include "lab/lab.h"
#include "realtime/redispubsub.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSocketNotifier>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <memory>
#include <optional>
#include <sys/signalfd.h>
#include <unistd.h>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

constexpr int exitUsage = 2;
constexpr int exitCannotRun = 3;

struct ServeArguments
{
    QString configFile;
    std::optional<quint16> port;
    std::optional<quint16> sitePort;
    std::optional<quint16> tlsPort;
    QString profile;
    QString captureFile;
    std::optional<RedisAddress> redis;
    bool testControl = false;
};

int complain(int code, const QString &sentence)
{
    std::fprintf(stderr, "%s\n", qUtf8Printable(sentence));
    return code;
}

Result<quint16> readPort(const QString &option, const QString &text)
{
    bool valid = false;
    const uint port = text.toUInt(&valid);
    if (valid && port <= 65535)
        return static_cast<quint16>(port);
    return failure(u"%1 needs a port from 0 to 65535, not \"%2\"."_s.arg(option, text));
}

Result<void> takeValue(ServeArguments &arguments, const QString &option, const QString &value)
{
    if (option == u"--config") {
        arguments.configFile = value;
        return {};
    }
    if (option == u"--capture") {
        arguments.captureFile = value;
        return {};
    }
    if (option == u"--profile") {
        if (value != u"suite" && value != u"demo" && value != u"recovery")
            return failure(
                u"--profile is one of suite, demo and recovery, not \"%1\"."_s.arg(value));
        arguments.profile = value;
        return {};
    }
    if (option == u"--redis") {
        const auto address = RedisAddress::parse(value);
        if (!address)
            return tl::unexpected(address.error());
        arguments.redis = *address;
        return {};
    }
    const auto port = readPort(option, value);
    if (!port)
        return tl::unexpected(port.error());
    (option == u"--port"           ? arguments.port
         : option == u"--tls-port" ? arguments.tlsPort
                                   : arguments.sitePort)
        = *port;
    return {};
}

Result<ServeArguments> readArguments(const QStringList &words)
{
    static const QStringList withValue {u"--config"_s,   u"--port"_s,    u"--site-port"_s,
                                        u"--tls-port"_s, u"--profile"_s, u"--capture"_s,
                                        u"--redis"_s};
    ServeArguments arguments;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString option = words.at(i).section(u'=', 0, 0);
        const bool inOneWord = words.at(i).contains(u'=');
        if (option == u"--test-control" && !inOneWord) {
            arguments.testControl = true;
            continue;
        }
        if (!withValue.contains(option))
            return failure(u"serve does not know \"%1\". Try roundtrip --help."_s.arg(words.at(i)));
        if (!inOneWord && i + 1 >= words.size())
            return failure(u"%1 needs a value."_s.arg(option));
        const QString value = inOneWord ? words.at(i).section(u'=', 1) : words.at(++i);
        if (const auto taken = takeValue(arguments, option, value); !taken)
            return tl::unexpected(taken.error());
    }
    return arguments;
}

Result<LabConfig> readConfig(const ServeArguments &arguments)
{
    if (arguments.configFile.isEmpty())
        return LabConfig::peerDefaults();
    QFile file(arguments.configFile);
    if (!file.open(QIODevice::ReadOnly))
        return failure(u"%1 cannot be read: %2."_s.arg(arguments.configFile, file.errorString()));
    // A comparison with the packages wants their leniency, a person's typing does not.
    return LabConfig::fromJson(file.readAll(), QFileInfo(file).fileName(),
                               arguments.testControl ? OptionReading::AsPackages
                                                     : OptionReading::Strict);
}

/// SIGTERM and SIGINT as an event of the loop: a signal handler could do next to nothing.
class EndSignals
{
public:
    EndSignals()
    {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGTERM);
        sigaddset(&set, SIGINT);
        pthread_sigmask(SIG_BLOCK, &set, nullptr);
        m_descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    }
    ~EndSignals() { ::close(m_descriptor); }
    Q_DISABLE_COPY_MOVE(EndSignals)
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor = -1;
};

/// One line for scripts on stdout; for people, what else listens and what curl has to believe.
void sayListening(const Lab &lab)
{
    const bool secure = lab.speaksTls();
    std::printf("listening %s://127.0.0.1:%d\n", secure ? "https" : "http", lab.apiPort());
    std::fflush(stdout);
    for (const ServerState::Listener &listener : lab.listeners()) {
        if (listener.port != lab.apiPort())
            std::fprintf(stderr, "%s: %s://localhost:%d\n", qUtf8Printable(listener.title),
                         listener.virtualOrigin.startsWith("https:") ? "https" : "http",
                         listener.port);
    }
    if (!lab.authorityPem().isEmpty())
        std::fprintf(stderr, "authority: %s\n",
                     qUtf8Printable(QDir::toNativeSeparators(authorityFile())));
}

/// Time for last answers and Close frames to go out.
constexpr int farewellMs = 100;

int runUntilSignal(Lab &lab, const EndSignals &ends)
{
    QSocketNotifier notifier(ends.descriptor(), QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &lab, [&lab, &notifier] {
        notifier.setEnabled(false);
        const int patience = lab.endRealtime() ? farewellMs : 0;
        lab.close();
        QTimer::singleShot(patience, &lab, [&lab] {
            lab.closeNow();
            QCoreApplication::quit();
        });
    });
    return QCoreApplication::exec();
}

/// How long the first connection to Redis may take before the server goes on without.
constexpr int redisPatienceMs = 3000;

/// Says "listening" once broadcasts from other servers arrive here, or why they will not.
void sayListeningWith(RedisPubSub &redis, const Lab &lab)
{
    auto *waiting = new QTimer(&redis);
    QObject::connect(&redis, &RedisPubSub::ready, waiting, [waiting, &lab] {
        waiting->deleteLater();
        sayListening(lab);
    });
    QObject::connect(waiting, &QTimer::timeout, waiting, [waiting, &lab] {
        waiting->deleteLater();
        complain(0, u"Redis does not answer. Broadcasts stay on this server until it does."_s);
        sayListening(lab);
    });
    QObject::connect(&redis, &RedisPubSub::lost, &redis, [](const QString &reason) {
        complain(0, u"Redis: %1. Trying again."_s.arg(reason));
    });
    waiting->setSingleShot(true);
    waiting->start(redisPatienceMs);
    redis.open();
}

/// Records what the servers see into a session file.
class ServeCapture
{
public:
    ServeCapture(Lab &lab, std::unique_ptr<CaptureStore> store)
        : m_lab(lab), m_store(std::move(store)),
          m_recorder(lab.clock(),
                     [this](std::vector<CaptureItem> items) { m_store->append(items); })
    {
        for (const ServerState::Listener &listener : lab.listeners())
            m_recorder.setListener(listener.port, {listener.virtualOrigin, listener.via});
        lab.setObserver(&m_recorder);
    }
    ~ServeCapture()
    {
        m_lab.setObserver(nullptr);
        m_recorder.flush();
        m_store->close();
    }
    Q_DISABLE_COPY_MOVE(ServeCapture)

private:
    Lab &m_lab;
    std::unique_ptr<CaptureStore> m_store;
    Recorder m_recorder;
};

int serve(const ServeArguments &arguments, const EndSignals &ends)
{
    auto config = readConfig(arguments);
    if (!config)
        return complain(exitUsage, u"config error: "_s + config.error().message);
    if (!arguments.profile.isEmpty())
        config = config->withSetting("server.profile", JsValue(arguments.profile));
    // Outlives the lab, whose sockets leave it last.
    std::optional<RedisPubSub> redis;
    Lab lab;
    lab.offerRealtime(arguments.profile.toLatin1());
    if (arguments.redis)
        lab.shareOver(redis.emplace(*arguments.redis));
    lab.setTlsFolder(tlsFolder());
    if (arguments.testControl)
        lab.allowTestControl();
    if (const auto accepted = lab.setConfig(*config); !accepted)
        return complain(exitUsage, u"config error: "_s + accepted.error().message);
    Lab::Ports ports;
    ports.api = arguments.port.value_or(8000);
    ports.withSite = arguments.sitePort.has_value();
    ports.site = arguments.sitePort.value_or(0);
    ports.apiTls = arguments.tlsPort;
    ports.fallBackToFreePort = !arguments.port;
    if (const auto listening = lab.listen(ports); !listening)
        return complain(exitCannotRun, listening.error().message);
    if (redis)
        sayListeningWith(*redis, lab);
    else
        sayListening(lab);
    if (arguments.captureFile.isEmpty())
        return runUntilSignal(lab, ends);
    auto store = CaptureStore::createFile(arguments.captureFile);
    if (!store)
        return complain(exitCannotRun, store.error().message);
    const ServeCapture capture(lab, std::move(*store));
    return runUntilSignal(lab, ends);
}

} // namespace

const QList<std::pair<QString, QString>> &serveOptions()
{
    static const QList<std::pair<QString, QString>> options {
        {u"--config FILE"_s, u"Lab file; without it, an Express application with its defaults"_s},
        {u"--port N"_s, u"Port of the API; 0 chooses a free one. Default 8000, or a free one"_s},
        {u"--site-port M"_s, u"Serve the site's page too"_s},
        {u"--tls-port T"_s, u"Serve the API over HTTPS too; stderr tells whom curl must trust"_s},
        {u"--capture FILE"_s, u"Record every exchange into a session file"_s},
        {u"--profile NAME"_s, u"Demo routes and sockets: suite, demo or recovery"_s},
        {u"--redis URL"_s, u"Share Socket.IO's rooms over redis://HOST:PORT with other servers"_s},
        {u"--test-control"_s, u"Serve /__control/config and /__control/reset, for tests"_s},
    };
    return options;
}

int serveCommand(const QStringList &arguments)
{
    const auto read = readArguments(arguments);
    if (!read)
        return complain(exitUsage, read.error().message);
    // Before any thread exists, so that all inherit the blocked signals.
    const EndSignals ends;
    // Two system calls less per answer than with GLib's event dispatcher.
    qputenv("QT_NO_GLIB", "1");
    std::unique_ptr<QCoreApplication> application;
    static int count = 1;
    static char name[] = "roundtrip";
    static char *words[] = {name, nullptr};
    if (!QCoreApplication::instance())
        application = std::make_unique<QCoreApplication>(count, words);
    return serve(*read, ends);
}

} // namespace rt
