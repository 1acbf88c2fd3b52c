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
    // Who is logged in is decided by settings of their own; the stage only asks.
    if (info.name == "auth" && group.items.empty())
        addSettings(group, serverSettings(), {"auth", "jwt"});
    return group;
}

std::vector<OptionGroup> serverSettingGroups()
{
    return {
        settingGroup("express", tr("Express settings"), tr("app.set(…)"),
                     {"express", "trustProxy"}),
        settingGroup("network", tr("HTTPS and proxy"), tr("what stands before the server"),
                     {"tls", "proxy"}),
        settingGroup("streams", tr("Streams"), tr("how /stream and /download write"), {"stream"}),
        settingGroup("realtime", tr("WebSocket and Socket.IO"), tr("beside Express, on its port"),
                     {"ws", "socketio", "cluster"}),
        settingGroup("demo", tr("Demo routes and pages"), tr("what the demo app does"),
                     {"redirectSlash", "transfer", "pages"}),
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
