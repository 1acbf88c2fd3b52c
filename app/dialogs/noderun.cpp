// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "dialogs/noderun.h"

#include "exporters/expressproject.h"
#include "lab/labsession.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>

namespace rt {

namespace {

constexpr auto stampName = "complete";

QString programNamed(const char *name)
{
    return QStandardPaths::findExecutable(QLatin1StringView(name));
}

/// What a failed `npm ci` means, from what it wrote.
QString installTrouble(const QByteArray &output)
{
    static const QRegularExpression network(QStringLiteral(
        "ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED"));
    if (network.match(QString::fromUtf8(output)).hasMatch())
        return NodeRun::tr("npm cannot reach its registry, so the packages cannot be installed. "
                           "They are needed once; connect to the network and run again.");
    const QStringList lines = QString::fromUtf8(output).split(u'\n', Qt::SkipEmptyParts);
    return NodeRun::tr("npm could not install the packages: %1")
        .arg(lines.isEmpty() ? NodeRun::tr("it said nothing.") : lines.first());
}

/// The same lab in circumstances that can be had twice: plain HTTP, no proxy, a clock that stands.
LabConfig comparable(LabConfig config)
{
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    std::vector<std::pair<QByteArray, JsValue>> settings {{"server.tls", JsValue(false)},
                                                          {"server.proxy.enabled", JsValue(false)}};
    if (config.setting("server.clock.now").isUndefined())
        settings.emplace_back("server.clock.now", JsValue(now));
    for (const auto &[path, value] : settings) {
        if (const auto next = config.withSetting(path, value))
            config = *next;
    }
    return config;
}

} // namespace

NodeRun::NodeRun(QString cache, QObject *parent) : QObject(parent), m_cache(std::move(cache)) { }

NodeRun::~NodeRun()
{
    end();
}

Result<void> NodeRun::available()
{
    if (programNamed("node").isEmpty())
        return failure(tr("Node is not on this computer. Install Node 20 or newer from nodejs.org "
                          "or your system's packages, then run again."));
    if (programNamed("npm").isEmpty())
        return failure(tr("npm is not on this computer. It comes with Node, or as a package of its "
                          "own; install it, then run again."));
    return {};
}

bool NodeRun::isRunning() const
{
    return m_stage == Stage::Installing || m_stage == Stage::Starting
        || m_stage == Stage::Replaying;
}

void NodeRun::enter(Stage stage, const QString &sentence)
{
    m_stage = stage;
    emit stageChanged(stage, sentence);
}

void NodeRun::fail(const QString &sentence)
{
    end();
    enter(Stage::Failed, sentence);
}

void NodeRun::cancel()
{
    if (!isRunning())
        return;
    fail(tr("Cancelled."));
}

void NodeRun::end()
{
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished(2000);
    m_nodeReplay.reset();
    m_labReplay.reset();
    m_lab.reset();
    m_folder.reset();
}

void NodeRun::start(const LabConfig &config, std::vector<ReplayedRequest> requests)
{
    end();
    m_config = comparable(config);
    m_requests = std::move(requests);
    m_answers.assign(m_requests.size(), {});
    m_open = m_requests.size();
    m_output.clear();
    if (const auto there = available(); !there)
        return fail(there.error().message);
    const auto files = expressProject(m_config);
    if (!files)
        return fail(tr("The packages refuse these settings: %1").arg(files.error().message));
    m_folder = std::make_unique<QTemporaryDir>();
    if (const auto written = writeProject(*files, m_folder->path()); !written)
        return fail(written.error().message);
    for (const ProjectFile &file : *files) {
        if (file.name == u"package-lock.json")
            m_lock = file.bytes;
        if (file.name == u"package.json")
            m_packageJson = file.bytes;
    }
    install();
}

/// One folder for each set of packages.
QString NodeRun::packages() const
{
    const QByteArray hash = QCryptographicHash::hash(m_lock, QCryptographicHash::Sha256).toHex();
    return QDir(m_cache).filePath(QStringLiteral("node/") + QString::fromLatin1(hash.first(16)));
}

void NodeRun::install()
{
    if (QFile::exists(packages() + u'/' + QLatin1StringView(stampName)))
        return installed();
    const auto written = writeProject({{QStringLiteral("package.json"), m_packageJson},
                                       {QStringLiteral("package-lock.json"), m_lock}},
                                      packages());
    if (!written)
        return fail(written.error().message);
    enter(Stage::Installing, tr("npm ci installs the packages. This is needed once."));
    m_process.setWorkingDirectory(packages());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    connect(&m_process, &QProcess::finished, this, [this](int code) {
        if (code != 0)
            return fail(installTrouble(m_process.readAll()));
        QFile stamp(packages() + u'/' + QLatin1StringView(stampName));
        static_cast<void>(stamp.open(QIODevice::WriteOnly));
        installed();
    });
    m_process.start(programNamed("npm"),
                    {QStringLiteral("ci"), QStringLiteral("--no-audit"),
                     QStringLiteral("--no-fund"), QStringLiteral("--prefer-offline")});
}

void NodeRun::installed()
{
    m_process.disconnect(this);
    QFile::link(packages() + QStringLiteral("/node_modules"),
                m_folder->filePath(QStringLiteral("node_modules")));
    startNode();
}

void NodeRun::startNode()
{
    enter(Stage::Starting, tr("node server.mjs starts."));
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("PORT"), QStringLiteral("0"));
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(m_folder->path());
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    connect(&m_process, &QProcess::readyRead, this, &NodeRun::readNode);
    connect(&m_process, &QProcess::finished, this, [this] {
        const QStringList lines
            = QString::fromUtf8(m_output + m_process.readAll()).split(u'\n', Qt::SkipEmptyParts);
        const QStringList errors = lines.filter(QStringLiteral("Error"));
        fail(tr("The program in Node has ended: %1")
                 .arg(errors.isEmpty() ? lines.value(lines.size() - 1) : errors.first()));
    });
    m_process.start(programNamed("node"), {QStringLiteral("server.mjs")});
}

void NodeRun::readNode()
{
    m_output += m_process.readAll();
    static const QRegularExpression listening(
        QStringLiteral("listening https?://127\\.0\\.0\\.1:(\\d+)"));
    const auto found = listening.match(QString::fromUtf8(m_output));
    if (m_stage == Stage::Starting && found.hasMatch())
        replay(found.captured(1).toUShort());
}

void NodeRun::replay(quint16 nodePort)
{
    LabSetup setup;
    setup.config = m_config;
    setup.apiPort = 0;
    setup.sitePort = 0;
    setup.capture = false;
    setup.withSite = false;
    m_lab = std::make_unique<LabSession>(setup);
    if (const auto started = m_lab->start(); !started)
        return fail(started.error().message);
    enter(Stage::Replaying,
          tr("%n requests go to both.", nullptr, static_cast<int>(m_requests.size())));
    const quint16 labPort = m_lab->servers().listeners.front().port;
    m_nodeReplay = std::make_unique<Replay>(nodePort, m_requests);
    m_labReplay = std::make_unique<Replay>(labPort, m_requests);
    m_nodeReplay->start(
        [this](size_t index, const ReplayedAnswer &answer) { take(index, answer, true); });
    m_labReplay->start(
        [this](size_t index, const ReplayedAnswer &answer) { take(index, answer, false); });
}

void NodeRun::take(size_t index, const ReplayedAnswer &answer, bool fromNode)
{
    auto &[lab, node] = m_answers[index];
    (fromNode ? node : lab) = answer;
    if (!lab || !node)
        return;
    emit compared(index, compareAnswers(*lab, *node));
    if (--m_open > 0)
        return;
    // Later: this is called by one of those that go.
    QMetaObject::invokeMethod(
        this,
        [this] {
            end();
            enter(Stage::Done, {});
        },
        Qt::QueuedConnection);
}

} // namespace rt
