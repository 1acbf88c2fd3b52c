// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/labconfig.h"

#include "base/jsdate.h"
#include "base/jsobject.h"
#include "lab/labconfigreader.h"

#include <cmath>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// new Date(value)
JsValue dateFrom(const JsValue &value)
{
    const bool isText = value.isString() || value.isArray() || value.isObject();
    const double moment
        = isText ? parseJsDate(value.asText()).value_or(std::nan("")) : toJsNumber(value);
    return JsValue(JsDate {moment});
}

JsValue listOf(const JsValue &set)
{
    JsValue unique = JsValue::array();
    for (const JsValue &item : set.items()) {
        if (!unique.items().contains(item))
            unique.append(item);
    }
    return unique;
}

bool isRegex(const JsValue &value)
{
    if (!value[u"regex"].isString())
        return false;
    for (const QString &key : value.keys()) {
        if (key != u"regex" && key != u"flags")
            return false;
    }
    return true;
}

/// Puts a value where its dotted name says, making objects on the way.
void nest(JsValue &object, const QByteArrayList &parts, const JsValue &value)
{
    const QString key = QString::fromUtf8(parts.first());
    if (parts.size() == 1) {
        object.insert(key, value);
        return;
    }
    JsValue child = object[key].isObject() ? object[key] : JsValue::object();
    nest(child, parts.mid(1), value);
    object.insert(key, child);
}

JsValue names(const QByteArrayList &list)
{
    QStringList texts;
    for (const QByteArray &name : list)
        texts.append(QString::fromUtf8(name));
    return JsValue::stringArray(texts);
}

JsValue stageValue(const StackEntry &entry)
{
    JsValue value = JsValue::object();
    value.insert(u"enabled"_s, JsValue(entry.enabled));
    if (!entry.mountPaths.isEmpty())
        value.insert(u"paths"_s, names(entry.mountPaths));
    JsValue options = JsValue::object();
    for (const auto &[name, option] : entry.options.members()) {
        const OptionSpec *row = middlewareInfo(entry.name)->options.find(name.toUtf8());
        JsValue &target = row && row->own ? value : options;
        target.insert(name, unreviveValue(option));
    }
    if (options.size() > 0)
        value.insert(u"options"_s, options);
    return value;
}

void putStage(JsValue &root, const StackEntry &entry)
{
    if (entry.name == "headers") {
        if (entry.options.size() > 0)
            root.insert(u"headers"_s, entry.options);
        if (entry.options.size() > 0 && !entry.enabled)
            root.insert(u"headersEnabled"_s, JsValue(false));
        return;
    }
    const bool plain = !middlewareInfo(entry.name)->optional;
    if (!plain || !entry.mountPaths.isEmpty())
        root.insert(QString::fromUtf8(entry.name), stageValue(entry));
}

} // namespace

JsValue reviveValue(const JsValue &value)
{
    if (value.isArray()) {
        JsValue list = JsValue::array();
        for (const JsValue &item : value.items())
            list.append(reviveValue(item));
        return list;
    }
    if (!value.isObject())
        return value;
    if (isRegex(value))
        return JsValue(JsRegExp {value[u"regex"].toString(), value[u"flags"].toString()});
    if (value.size() == 1 && value.contains(u"date"))
        return dateFrom(value[u"date"]);
    if (value.size() == 1 && value.contains(u"undefined"))
        return {};
    if (value.size() == 1 && value.contains(u"set"))
        return listOf(reviveValue(value[u"set"]));
    JsValue object = JsValue::object();
    for (const auto &[name, member] : value.members())
        object.insert(name, reviveValue(member));
    return object;
}

JsValue unreviveValue(const JsValue &value)
{
    JsValue out = JsValue::object();
    switch (value.type()) {
    case JsValue::Type::RegExp:
        out.insert(u"regex"_s, JsValue(value.toRegExp().source));
        if (!value.toRegExp().flags.isEmpty())
            out.insert(u"flags"_s, JsValue(value.toRegExp().flags));
        return out;
    case JsValue::Type::Date:
        out.insert(u"date"_s, JsValue(stringifyJson(value).remove(u'"')));
        return out;
    case JsValue::Type::Undefined:
        out.insert(u"undefined"_s, JsValue(true));
        return out;
    case JsValue::Type::Array: {
        JsValue list = JsValue::array();
        for (const JsValue &item : value.items())
            list.append(unreviveValue(item));
        return list;
    }
    case JsValue::Type::Object:
        for (const auto &[name, member] : value.members())
            out.insert(name, unreviveValue(member));
        return out;
    case JsValue::Type::Null:
    case JsValue::Type::Boolean:
    case JsValue::Type::Number:
    case JsValue::Type::String:
    case JsValue::Type::Buffer:
        return value;
    }
    Q_UNREACHABLE();
}

Result<LabConfig> LabConfig::fromJson(QByteArrayView utf8, const QString &fileName,
                                      OptionReading reading)
{
    QHash<QString, int> lines;
    const auto parsed = parseJson(
        utf8, [&lines](const QString &pointer, int line) { lines.insert(pointer, line); });
    if (const auto *error = std::get_if<JsonError>(&parsed)) {
        const QString file = fileName.isEmpty() ? QString() : fileName + u", "_s;
        return failure(u"%1line %2: not JSON: %3"_s.arg(file).arg(error->line).arg(error->message));
    }
    return LabConfigReader(fileName, lines, reading).read(std::get<JsValue>(parsed));
}

Result<LabConfig> LabConfig::fromValue(const JsValue &root)
{
    return LabConfigReader({}, {}, OptionReading::Strict).read(root);
}

JsValue LabConfig::toValue() const
{
    JsValue root = JsValue::object();
    root.insert(u"order"_s, names(order()));
    for (const MiddlewareInfo &info : middlewareCatalog())
        putStage(root, *anyEntry(info.name));
    for (const auto &[row, value] : m_server.members()) {
        const QByteArray name
            = row == u"trustProxy" ? QByteArray("express.trustProxy") : row.toUtf8();
        nest(root, name.split('.'), row == u"jwt.claims" ? value : unreviveValue(value));
    }
    for (const auto &[row, value] : m_client.members())
        nest(root, ("client." + row.toUtf8()).split('.'), unreviveValue(value));
    return root;
}

QByteArray LabConfig::toJson() const
{
    return rt::toJson(toValue(), u"  "_s) + '\n';
}

} // namespace rt
