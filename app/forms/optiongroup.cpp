// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/optiongroup.h"

#include "lab/labconfig.h"
#include "lab/labconfigsettings.h"

#include <QCoreApplication>

namespace rt {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("groups", text);
}

/// app.use(path, ...): every stage can be mounted below a path.
OptionSpec mountPathsSpec()
{
    return {.name = "paths",
            .kind = OptionKind::StringList,
            .defaultValue = JsValue::array(),
            .absentText = QStringLiteral("every path"),
            .title = QT_TRANSLATE_NOOP("options", "Mounted on"),
            .help = QT_TRANSLATE_NOOP("options",
                                      "Only requests below one of these paths come to this stage."),
            .source = "Express 4: app.use(path, callback)"};
}

OptionSpec fixedHeadersSpec()
{
    return {.name = "headers",
            .kind = OptionKind::Any,
            .defaultValue = JsValue::object(),
            .title = QT_TRANSLATE_NOOP("options", "Headers"),
            .help = QT_TRANSLATE_NOOP(
                "options",
                "Set on every answer before anything else; later stages may replace "
                "them. A list sends the header several times."),
            .source = "Node: response.setHeader(name, value)",
            .choices = {QStringLiteral("Cache-Control"), QStringLiteral("Set-Cookie"),
                        QStringLiteral("Vary"), QStringLiteral("X-Frame-Options")}};
}

/// The headers stage's own, wherever the stage stands; undefined when there are none.
JsValue fixedHeaders(const LabConfig &config)
{
    for (const auto *entries : {&config.stack(), &config.parked()}) {
        for (const StackEntry &entry : *entries) {
            if (entry.name == "headers" && entry.options.size() > 0)
                return entry.options;
        }
    }
    return {};
}

/// `prefixes` are whole names or first parts: "jwt" takes "jwt.secret".
void addSettings(OptionGroup &group, const OptionTable &table, const QByteArrayList &prefixes)
{
    for (const OptionSpec &spec : table) {
        const QByteArray first = spec.name.split('.').first();
        if (prefixes.contains(spec.name) || prefixes.contains(first))
            group.items.push_back({"server." + spec.name, spec});
    }
}

OptionGroup settingGroup(const char *id, const QString &title, const QString &summary,
                         const QByteArrayList &prefixes)
{
    OptionGroup group {id, title, summary, false, false, {}};
    addSettings(group, expressSettings(), prefixes);
    addSettings(group, serverSettings(), prefixes);
    return group;
}

} // namespace

OptionGroup stageGroup(const MiddlewareInfo &info)
{
    OptionGroup group {info.name,
                       QString::fromUtf8(info.npmName.isEmpty() ? info.name : info.npmName),
                       QCoreApplication::translate("middleware", info.summary),
                       true,
                       info.optional,
                       {}};
    for (const OptionSpec &spec : info.options)
        group.items.push_back({"server." + info.name + '.' + spec.name, spec});
    if (info.name == "headers")
        group.items.push_back({"server.headers", fixedHeadersSpec()});
    else if (info.optional)
        group.items.push_back({"server." + info.name + ".paths", mountPathsSpec()});
    return group;
}

std::vector<OptionGroup> serverSettingGroups()
{
    OptionGroup login
        = settingGroup("login", tr("Login"), tr("who stays logged in, and how"), {"auth", "jwt"});
    login.headline = "server.auth.mode";
    return {
        login,
        settingGroup("express", tr("Express settings"), tr("app.set(…)"),
                     {"express", "trustProxy"}),
        settingGroup("network", tr("HTTPS and proxy"), tr("what stands before the server"),
                     {"tls", "proxy"}),
        settingGroup("streams", tr("Streams"), tr("how /stream and /download write"), {"stream"}),
        settingGroup("realtime", tr("WebSocket and Socket.IO"), tr("beside Express, on its port"),
                     {"ws", "socketio", "updates", "cluster"}),
        settingGroup("demo", tr("Demo routes and pages"), tr("what the demo app does"),
                     {"profile", "redirectSlash", "transfer", "pages", "clock"}),
    };
}

OptionGroup browserSettingGroup()
{
    OptionGroup group {"browser", tr("Browser"), {}, false, false, {}};
    for (const OptionSpec &spec : clientSettings()) {
        if (spec.name != "page")
            group.items.push_back({"client." + spec.name, spec});
    }
    return group;
}

JsValue changedValue(const OptionGroup::Item &item, const LabConfig &config)
{
    if (item.path == "server.headers")
        return fixedHeaders(config);
    const JsValue value = config.setting(item.path);
    return value == item.spec.defaultValue ? JsValue() : value;
}

QByteArrayList changedPaths(const OptionGroup &group, const LabConfig &config)
{
    QByteArrayList changed;
    for (const OptionGroup::Item &item : group.items) {
        if (!changedValue(item, config).isUndefined())
            changed.append(item.path);
    }
    return changed;
}

} // namespace rt
