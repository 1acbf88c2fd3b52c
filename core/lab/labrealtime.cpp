// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labrealtime.h"

#include "lab/command.h"

#include <algorithm>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// Settings that differ from their defaults only: what a profile says stands otherwise.
class ExplicitSettings
{
public:
    explicit ExplicitSettings(const LabConfig &config) : m_values(config.toValue()) { }
    /// Undefined when not set.
    JsValue value(QStringView group, QStringView name) const
    {
        return JsValue(m_values[group])[name];
    }
    void takeInteger(QStringView group, QStringView name, int &target) const
    {
        if (const JsValue number = value(group, name); number.isNumber())
            target = static_cast<int>(number.toNumber());
    }

private:
    JsValue m_values;
};

QByteArrayList originsOf(const JsValue &list)
{
    QByteArrayList origins;
    for (const JsValue &item : list.items())
        origins.append(resolveSymbols(item.toString()).toLatin1());
    return origins;
}

/// A client that is no browser sends no Origin, and a check of Origin is no protection against it.
std::function<bool(const std::optional<QByteArray> &)> originCheck(const QByteArrayList &allowed)
{
    return [allowed](const std::optional<QByteArray> &origin) {
        return !origin || allowed.contains(*origin);
    };
}

/// The lab's own pages, by the names the built-in browser uses.
QByteArrayList ownOrigins()
{
    QByteArrayList origins;
    for (const char *symbol : {"app", "apps", "api", "apis"}) {
        if (const QByteArray origin = virtualOrigin(symbol); !origin.isEmpty())
            origins.append(origin);
    }
    return origins;
}

QByteArray enginePath(const QString &path)
{
    QByteArray text = path.toLatin1();
    while (text.endsWith('/'))
        text.chop(1);
    return text + '/';
}

void applySocketIo(const ExplicitSettings &settings, RealtimeOptions &options)
{
    constexpr auto group = u"socketio";
    engineio::Options &engine = options.engine;
    options.attached = settings.value(group, u"attach") != JsValue(u"detached"_s);
    if (const JsValue path = settings.value(group, u"path"); path.isString())
        engine.path = enginePath(path.toString());
    settings.takeInteger(group, u"pingInterval", engine.pingInterval);
    settings.takeInteger(group, u"pingTimeout", engine.pingTimeout);
    if (const JsValue transports = settings.value(group, u"transports"); transports.isArray()) {
        engine.transports.clear();
        for (const JsValue &transport : transports.items())
            engine.transports.append(transport.toString().toLatin1());
    }
    if (const JsValue cors = settings.value(group, u"cors"); !cors.isUndefined())
        engine.cors = cors;
    if (const JsValue origins = settings.value(group, u"allowOrigins"); origins.isArray())
        engine.allowRequest = originCheck(originsOf(origins));
}

void applyRecovery(const ExplicitSettings &settings, RealtimeOptions &options)
{
    const JsValue value = settings.value(u"socketio", u"connectionStateRecovery");
    if (value.isUndefined())
        return;
    if (!value.isTruthy()) {
        options.sockets.recovery.reset();
        return;
    }
    socketio::RecoveryOptions recovery;
    if (const JsValue duration = value[u"maxDisconnectionDuration"]; duration.isNumber())
        recovery.maxDisconnectionDuration = static_cast<qint64>(duration.toNumber());
    if (const JsValue skip = value[u"skipMiddlewares"]; !skip.isUndefined())
        recovery.skipMiddlewares = skip.isTruthy();
    options.sockets.recovery = recovery;
}

} // namespace

RealtimeOptions realtimeOptions(const LabConfig &config, const QByteArray &profile)
{
    const QByteArray own = config.setting("server.profile").toString().toLatin1();
    RealtimeOptions options = RealtimeOptions::forProfile(profile.isEmpty() ? own : profile);
    if (profile.isEmpty()) {
        options.engine.cors = {};
        options.answerUnknownUpgrades = false;
    }
    const ExplicitSettings settings(config);
    applySocketIo(settings, options);
    applyRecovery(settings, options);
    if (config.setting("server.ws.checkOrigin").toBool())
        options.echo.upgrade.originAllowed = originCheck(ownOrigins());
    if (config.setting("server.ws.perMessageDeflate").toBool())
        options.echo.upgrade.perMessageDeflate = DeflateOptions {};
    int waiters = 0;
    settings.takeInteger(u"updates", u"maxWaiters", waiters);
    if (waiters > 0)
        options.updates.waiters = static_cast<size_t>(waiters);
    return options;
}

bool sameRealtime(const LabConfig &a, const LabConfig &b)
{
    const QByteArrayList differences = LabConfig::differences(a, b);
    return std::none_of(differences.begin(), differences.end(), [](const QByteArray &path) {
        return path.startsWith("server.socketio.") || path.startsWith("server.ws.")
            || path.startsWith("server.updates.") || path == "server.profile";
    });
}

} // namespace rt
