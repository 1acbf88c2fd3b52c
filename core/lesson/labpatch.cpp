// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lesson/labpatch.h"

#include "lab/command.h"
#include "lab/presets.h"

namespace rt {

Result<LabConfig> withPatch(LabConfig config, const JsValue &patch)
{
    for (const char *root : {"server", "client"}) {
        const JsValue settings = patch[QLatin1StringView(root)];
        for (const auto &[path, value] : settings.members()) {
            const QByteArray dotted = QByteArray(root) + '.' + path.toUtf8();
            auto changed = config.withSetting(dotted, withOrigins(value));
            if (!changed)
                return changed;
            config = *std::move(changed);
        }
    }
    return config;
}

Result<LabConfig> startConfig(const Lesson &lesson)
{
    const QString name = lesson.start[u"preset"].toString(QStringLiteral("base"));
    const Preset *start = preset(name.toUtf8());
    if (!start)
        return failure(QStringLiteral("there is no preset \"%1\"").arg(name));
    return withPatch(start->config, lesson.start);
}

JsValue withOrigins(const JsValue &value)
{
    if (value.isString())
        return JsValue(resolveSymbols(value.toString()));
    if (value.isArray()) {
        JsValue list = JsValue::array();
        for (const JsValue &item : value.items())
            list.append(withOrigins(item));
        return list;
    }
    if (!value.isObject())
        return value;
    JsValue object = JsValue::object();
    for (const auto &[name, member] : value.members())
        object.insert(name, withOrigins(member));
    return object;
}

} // namespace rt
