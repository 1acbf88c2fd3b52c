// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfig.h"

#include "lab/labconfigsettings.h"
#include "options/optioncheck.h"

#include <algorithm>

namespace rt {

namespace {

const QByteArrayList alwaysMounted {"routes", "notFound", "errors"};

QByteArrayList allStages()
{
    QByteArrayList names;
    for (const MiddlewareInfo &info : middlewareCatalog())
        names.append(info.name);
    return names;
}

/// Restores the catalog's order among entries that have no place of their own.
void sortAsCatalog(std::vector<StackEntry> &entries)
{
    const QByteArrayList names = allStages();
    std::stable_sort(entries.begin(), entries.end(),
                     [&names](const StackEntry &a, const StackEntry &b) {
                         return names.indexOf(a.name) < names.indexOf(b.name);
                     });
}

/// A mounted configuration of these stages; all others are parked.
void fill(std::vector<StackEntry> &stack, std::vector<StackEntry> &parked,
          const QByteArrayList &order, const QByteArrayList &enabled)
{
    for (const QByteArray &name : order)
        stack.push_back({name, enabled.contains(name), {}, JsValue::object()});
    for (const QByteArray &name : allStages()) {
        if (!order.contains(name))
            parked.push_back({name, enabled.contains(name), {}, JsValue::object()});
    }
}

struct Place
{
    enum class Kind { Unknown, Order, Stage, Server, Client };
    Kind kind = Kind::Unknown;
    /// Stage name or setting row.
    QByteArray name;
    /// Behind the stage's name, or behind the row for members of a free-form setting.
    QByteArray rest;
};

/// "express.trustProxy" is where the lab file has it, "trustProxy" what lessons call it.
QByteArray canonical(QByteArray name)
{
    return name == "express.trustProxy" ? QByteArrayLiteral("trustProxy") : name;
}

/// The row a dotted name belongs to: itself, or a row of free form above it.
const OptionSpec *rowFor(const OptionTable &table, const QByteArray &dotted)
{
    if (const OptionSpec *spec = table.find(dotted))
        return spec;
    for (qsizetype dot = dotted.lastIndexOf('.'); dot > 0; dot = dotted.lastIndexOf('.', dot - 1)) {
        const OptionSpec *spec = table.find(dotted.first(dot));
        if (spec && spec->kind == OptionKind::Any)
            return spec;
        if (dot == 0)
            break;
    }
    return nullptr;
}

Place placeIn(const OptionTable &table, const QByteArray &dotted, Place::Kind kind)
{
    const OptionSpec *spec = rowFor(table, dotted);
    if (!spec)
        return {};
    const QByteArray rest
        = dotted.size() > spec->name.size() ? dotted.mid(spec->name.size() + 1) : QByteArray();
    return {kind, spec->name, rest};
}

bool isStageMember(const MiddlewareInfo &info, const QByteArray &rest)
{
    if (rest == "enabled" || rest == "paths")
        return true;
    return info.name == "headers" ? !rest.isEmpty() : rowFor(info.options, rest) != nullptr;
}

Place placeOf(QByteArrayView path)
{
    const QByteArray text = path.toByteArray();
    if (text.startsWith("client."))
        return placeIn(clientSettings(), text.mid(7), Place::Kind::Client);
    if (!text.startsWith("server."))
        return {};
    const QByteArray below = canonical(text.mid(7));
    if (below == "order")
        return {Place::Kind::Order, below, {}};
    for (const OptionTable *table : {&expressSettings(), &serverSettings()}) {
        if (const Place place = placeIn(*table, below, Place::Kind::Server);
            place.kind != Place::Kind::Unknown)
            return place;
    }
    const qsizetype dot = below.indexOf('.');
    const MiddlewareInfo *info = dot > 0 ? middlewareInfo(below.first(dot)) : nullptr;
    if (info && isStageMember(*info, below.mid(dot + 1)))
        return {Place::Kind::Stage, info->name, below.mid(dot + 1)};
    return {};
}

const OptionSpec *serverRow(const QByteArray &name)
{
    const OptionSpec *spec = expressSettings().find(name);
    return spec ? spec : serverSettings().find(name);
}

JsValue memberAt(JsValue value, const QByteArray &dotted)
{
    if (dotted.isEmpty())
        return value;
    for (const QByteArray &part : dotted.split('.'))
        value = JsValue(value[QString::fromUtf8(part)]);
    return value;
}

/// Sets a member at a dotted place, making objects on the way; undefined removes it and the
/// objects that become empty by that.
void setMember(JsValue &object, const QByteArrayList &parts, const JsValue &value)
{
    if (!object.isObject())
        object = JsValue::object();
    const QString key = QString::fromUtf8(parts.first());
    if (parts.size() == 1) {
        if (value.isUndefined())
            object.remove(key);
        else
            object.insert(key, value);
        return;
    }
    JsValue child = object[key];
    setMember(child, parts.mid(1), value);
    if (value.isUndefined() && child.size() == 0)
        object.remove(key);
    else
        object.insert(key, child);
}

/// Lets an explicit older name keep its place, because the package refuses both at once.
QByteArray nameInUse(const OptionTable &table, const JsValue &options, const QByteArray &name)
{
    const OptionSpec *spec = table.find(name);
    if (!spec)
        return name;
    const QString older = QString::fromUtf8(spec->alias.split('.').first());
    return !older.isEmpty() && options.contains(older) ? spec->alias : spec->name;
}

QByteArrayList toNames(const JsValue &value)
{
    QByteArrayList names;
    if (value.isString())
        names.append(value.toString().toUtf8());
    for (const JsValue &item : value.items())
        names.append(item.asText().toUtf8());
    return names;
}

JsValue fromNames(const QByteArrayList &names)
{
    QList<JsValue> items;
    for (const QByteArray &name : names)
        items.append(JsValue(QString::fromUtf8(name)));
    return JsValue::array(items);
}

} // namespace

LabConfig LabConfig::base()
{
    LabConfig config;
    fill(config.m_stack, config.m_parked,
         {"helmet", "compression", "cors", "text", "json", "urlencoded", "hpp", "cookies",
          "cookieSession", "session", "csrf", "auth", "routes", "notFound", "errors"},
         {"json", "urlencoded", "cookies", "routes", "notFound", "errors"});
    config.m_server.insert(QStringLiteral("profile"), JsValue(QStringLiteral("demo")));
    // Ready to be switched on: without, both packages refuse to work.
    config.anyEntry("cookieSession")
        ->options.insert(QStringLiteral("keys"), JsValue::stringArray({QStringLiteral("k1")}));
    config.anyEntry("session")->options.insert(QStringLiteral("secret"),
                                               JsValue(QStringLiteral("s1")));
    return config;
}

LabConfig LabConfig::peerDefaults()
{
    LabConfig config;
    fill(config.m_stack, config.m_parked,
         {"headers", "compression", "helmet", "cors", "json", "urlencoded", "text", "raw",
          "cookies", "hpp", "cookieSession", "session", "auth", "routes", "notFound", "errors"},
         {"json", "urlencoded", "routes", "notFound", "errors"});
    return config;
}

const StackEntry *LabConfig::entry(QByteArrayView name) const
{
    for (const StackEntry &one : m_stack) {
        if (one.name == name)
            return &one;
    }
    return nullptr;
}

const StackEntry *LabConfig::anyEntry(QByteArrayView name) const
{
    if (const StackEntry *mounted = entry(name))
        return mounted;
    for (const StackEntry &one : m_parked) {
        if (one.name == name)
            return &one;
    }
    return nullptr;
}

StackEntry *LabConfig::anyEntry(QByteArrayView name)
{
    return const_cast<StackEntry *>(std::as_const(*this).anyEntry(name));
}

bool LabConfig::isEnabled(QByteArrayView stage) const
{
    const StackEntry *one = entry(stage);
    return one && one->enabled;
}

QByteArrayList LabConfig::order() const
{
    QByteArrayList names;
    for (const StackEntry &one : m_stack)
        names.append(one.name);
    return names;
}

/// Sorted by name, so that equal settings compare equal however they came about.
void LabConfig::putSetting(JsValue &values, const OptionSpec &row, const JsValue &value)
{
    const bool said = !value.isNullish() && value != row.defaultValue;
    putRawSetting(values, row, said ? value : JsValue());
}

void LabConfig::putRawSetting(JsValue &values, const OptionSpec &row, const JsValue &value)
{
    JsValue sorted = JsValue::object();
    QStringList names = values.keys();
    const QString added = QString::fromUtf8(row.name);
    names.removeAll(added);
    if (!value.isUndefined())
        names.append(added);
    names.sort();
    for (const QString &name : std::as_const(names))
        sorted.insert(name, name == added ? value : values[name]);
    values = sorted;
}

bool LabConfig::isKnownPath(QByteArrayView path)
{
    return placeOf(path).kind != Place::Kind::Unknown;
}

JsValue LabConfig::stageSetting(const StackEntry &one, QByteArrayView what) const
{
    if (what == "enabled")
        return JsValue(isEnabled(one.name));
    if (what == "paths")
        return fromNames(one.mountPaths);
    const OptionTable &table = middlewareInfo(one.name)->options;
    const QByteArray name = what.toByteArray();
    if (table.find(name))
        return table.value(one.options, name);
    const OptionSpec *row = rowFor(table, name);
    return row ? memberAt(table.value(one.options, row->name), name.mid(row->name.size() + 1))
               : one.options[QString::fromUtf8(name)];
}

JsValue LabConfig::setting(QByteArrayView path) const
{
    const Place place = placeOf(path);
    switch (place.kind) {
    case Place::Kind::Unknown:
        return {};
    case Place::Kind::Order:
        return fromNames(order());
    case Place::Kind::Stage: {
        const StackEntry *one = anyEntry(place.name);
        return one ? stageSetting(*one, place.rest) : JsValue();
    }
    case Place::Kind::Server:
    case Place::Kind::Client: {
        const bool client = place.kind == Place::Kind::Client;
        const QString key = QString::fromUtf8(place.name);
        const JsValue &values = client ? m_client : m_server;
        const OptionSpec *row = client ? clientSettings().find(place.name) : serverRow(place.name);
        return memberAt(values.contains(key) ? values[key] : row->defaultValue, place.rest);
    }
    }
    Q_UNREACHABLE();
}

Result<void> LabConfig::setEnabled(QByteArrayView name, const JsValue &value)
{
    const bool on = value.toBool();
    if (!value.isBoolean() && !value.isNullish())
        return failure(QStringLiteral("server.%1.enabled must be true or false, not %2")
                           .arg(QString::fromUtf8(name), stringifyJson(value)));
    if (!on && alwaysMounted.contains(name.toByteArray()))
        return failure(
            QStringLiteral("%1 can be moved but not switched off").arg(QString::fromUtf8(name)));
    anyEntry(name)->enabled = on;
    if (on && !entry(name)) {
        QByteArrayList names = order();
        const QByteArrayList usual = allStages();
        const qsizetype rank = usual.indexOf(name.toByteArray());
        const auto later = std::find_if(names.begin(), names.end(), [&](const QByteArray &other) {
            return usual.indexOf(other) > rank;
        });
        names.insert(later, name.toByteArray());
        *this = withOrder(names);
    }
    return {};
}

Result<void> LabConfig::setStage(StackEntry &target, QByteArrayView what, const JsValue &value)
{
    const QByteArray name = what.toByteArray();
    if (name == "paths") {
        target.mountPaths = toNames(value);
        return {};
    }
    const OptionTable &table = middlewareInfo(target.name)->options;
    const OptionSpec *row = table.find(name);
    if (row && !value.isNullish()) {
        if (const auto checked = checkOption(*row, value); !checked)
            return failure(QStringLiteral("server.%1.%2: %3")
                               .arg(QString::fromUtf8(target.name), QString::fromUtf8(name),
                                    checked.error().message));
    }
    if (target.name == "headers") {
        setMember(target.options, {name}, value.isNull() ? JsValue() : value);
        return {};
    }
    const bool remove = value.isUndefined() || (row && value.isNull());
    setMember(target.options, nameInUse(table, target.options, name).split('.'),
              remove ? JsValue() : value);
    return {};
}

Result<LabConfig> LabConfig::withSetting(QByteArrayView path, const JsValue &value) const
{
    const Place place = placeOf(path);
    LabConfig copy = *this;
    switch (place.kind) {
    case Place::Kind::Unknown:
        return failure(
            QStringLiteral("%1 is not a setting of the lab").arg(QString::fromUtf8(path)));
    case Place::Kind::Order:
        for (const QByteArray &name : toNames(value)) {
            if (!middlewareInfo(name))
                return failure(
                    QStringLiteral("server.order: %1 is not a stage; the stages are %2")
                        .arg(QString::fromUtf8(name), QString::fromUtf8(allStages().join(", "))));
        }
        return withOrder(toNames(value));
    case Place::Kind::Stage: {
        const auto done = place.rest == "enabled"
            ? copy.setEnabled(place.name, value)
            : copy.setStage(*copy.anyEntry(place.name), place.rest, value);
        if (!done)
            return failure(done.error().message);
        if (place.name == "headers" && place.rest != "enabled" && place.rest != "paths")
            (void)copy.setEnabled("headers", JsValue(copy.anyEntry("headers")->options.size() > 0));
        return copy;
    }
    case Place::Kind::Server:
    case Place::Kind::Client: {
        const bool client = place.kind == Place::Kind::Client;
        const OptionSpec *row = client ? clientSettings().find(place.name) : serverRow(place.name);
        JsValue whole = value;
        if (!place.rest.isEmpty()) {
            whole = setting(path.first(path.size() - place.rest.size() - 1));
            setMember(whole, place.rest.split('.'), value);
        }
        if (const auto checked = checkOption(*row, whole); !whole.isNullish() && !checked)
            return failure(QString::fromUtf8(path) + QStringLiteral(": ")
                           + checked.error().message);
        putSetting(client ? copy.m_client : copy.m_server, *row, whole);
        if (place.name == "auth.mode")
            copy.mountSession(whole.toString());
        return copy;
    }
    }
    Q_UNREACHABLE();
}

/// A request has one req.session: naming a mode mounts its middleware instead of the other one.
void LabConfig::mountSession(const QString &mode)
{
    if (mode != u"cookieSession" && mode != u"session")
        return;
    (void)setEnabled("cookieSession", JsValue(mode == u"cookieSession"));
    (void)setEnabled("session", JsValue(mode == u"session"));
}

LabConfig LabConfig::withOrder(const QByteArrayList &names) const
{
    QByteArrayList wanted;
    for (const QByteArray &name : names) {
        if (middlewareInfo(name))
            wanted.append(name);
    }
    for (const QByteArray &name : alwaysMounted) {
        if (!wanted.contains(name))
            wanted.append(name);
    }
    LabConfig copy = *this;
    copy.m_stack.clear();
    copy.m_parked.clear();
    for (const QByteArray &name : std::as_const(wanted))
        copy.m_stack.push_back(*anyEntry(name));
    for (const QByteArray &name : allStages()) {
        if (!wanted.contains(name))
            copy.m_parked.push_back(*anyEntry(name));
    }
    sortAsCatalog(copy.m_parked);
    return copy;
}

JsValue LabConfig::flattened() const
{
    JsValue flat = JsValue::object();
    const auto put = [&flat](const QByteArray &name, const JsValue &value) {
        if (!value.isUndefined())
            flat.insert(QString::fromUtf8(name), value);
    };
    put("order", fromNames(order()));
    for (const MiddlewareInfo &info : middlewareCatalog()) {
        const StackEntry &one = *anyEntry(info.name);
        put(info.name + ".enabled", stageSetting(one, "enabled"));
        put(info.name + ".paths", stageSetting(one, "paths"));
        for (const OptionSpec &spec : info.options)
            put(info.name + '.' + spec.name, stageSetting(one, spec.name));
        if (info.name == "headers") {
            for (const auto &[name, value] : one.options.members())
                put("headers." + name.toUtf8(), value);
        }
    }
    for (const OptionTable *table : {&expressSettings(), &serverSettings()}) {
        for (const OptionSpec &spec : *table)
            put(spec.name, setting("server." + spec.name));
    }
    for (const OptionSpec &spec : clientSettings())
        put("client." + spec.name, setting("client." + spec.name));
    return flat;
}

QByteArrayList LabConfig::differences(const LabConfig &a, const LabConfig &b)
{
    const JsValue before = a.flattened();
    const JsValue after = b.flattened();
    QStringList names = after.keys();
    for (const QString &name : before.keys()) {
        if (!after.contains(name))
            names.append(name);
    }
    QByteArrayList paths;
    for (const QString &name : std::as_const(names)) {
        if (before[name] == after[name])
            continue;
        const QByteArray path
            = (name.startsWith(u"client.") ? QString() : QStringLiteral("server.")).toUtf8()
            + name.toUtf8();
        const qsizetype dot = path.lastIndexOf('.');
        paths.removeAll(path.first(dot)); // the member says it more exactly than the whole
        paths.append(path);
    }
    return paths;
}

} // namespace rt
