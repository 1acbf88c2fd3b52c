// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "options/optionspec.h"

namespace rt {

namespace {

/// The member a dotted name points at, or nullopt when some part is absent.
std::optional<JsValue> memberAt(const JsValue &options, QByteArrayView dotted)
{
    JsValue value = options;
    for (const QByteArray &part : dotted.toByteArray().split('.')) {
        const QString key = QString::fromUtf8(part);
        if (!value.isObject() || !value.contains(key))
            return std::nullopt;
        value = value[key];
    }
    return value;
}

std::optional<JsValue> explicitValue(const JsValue &options, const OptionSpec &spec)
{
    if (const auto found = memberAt(options, spec.name))
        return found;
    return spec.alias.isEmpty() ? std::nullopt : memberAt(options, spec.alias);
}

} // namespace

const OptionSpec *OptionTable::find(QByteArrayView name) const
{
    for (const OptionSpec &spec : m_specs) {
        if (spec.name == name || (!spec.alias.isEmpty() && spec.alias == name))
            return &spec;
    }
    return nullptr;
}

JsValue OptionTable::value(const JsValue &options, QByteArrayView name) const
{
    const OptionSpec *spec = find(name);
    if (!spec)
        return {};
    const auto found = explicitValue(options, *spec);
    return found ? *found : spec->defaultValue;
}

bool OptionTable::isExplicit(const JsValue &options, QByteArrayView name) const
{
    const OptionSpec *spec = find(name);
    return spec && explicitValue(options, *spec).has_value();
}

QByteArrayList OptionTable::changed(const JsValue &options) const
{
    QByteArrayList names;
    for (const OptionSpec &spec : m_specs) {
        const auto found = explicitValue(options, spec);
        if (found && *found != spec.defaultValue)
            names.append(spec.name);
    }
    return names;
}

} // namespace rt
