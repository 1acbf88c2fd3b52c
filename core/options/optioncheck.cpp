// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "options/optioncheck.h"

#include <algorithm>

namespace rt {

namespace {

bool isScalar(const JsValue &value)
{
    return value.isNullish() || value.isBoolean() || value.isNumber() || value.isString();
}

/// Texts and, where JavaScript would take them as well, numbers and null among them.
bool isListOfScalars(const JsValue &value)
{
    return value.isArray() && std::all_of(value.items().begin(), value.items().end(), isScalar);
}

bool isOrigin(const JsValue &value)
{
    if (value.isArray())
        return std::all_of(value.items().begin(), value.items().end(), isOrigin);
    return isScalar(value) || value.isRegExp() || (value.isObject() && value.contains(u"callback"));
}

bool hasShape(OptionKind kind, const JsValue &value)
{
    switch (kind) {
    case OptionKind::Boolean:
    case OptionKind::Integer:
    case OptionKind::Text:
    case OptionKind::Choice:
        return isScalar(value);
    case OptionKind::StringList:
        return isScalar(value) || isListOfScalars(value);
    case OptionKind::Origin:
        return isOrigin(value);
    case OptionKind::Any:
        return true;
    }
    Q_UNREACHABLE();
}

} // namespace

QString expectedShape(const OptionSpec &spec)
{
    switch (spec.kind) {
    case OptionKind::Boolean:
        return QStringLiteral("true or false");
    case OptionKind::Integer:
        return QStringLiteral("a number");
    case OptionKind::Text:
        return QStringLiteral("a text");
    case OptionKind::Choice:
        return QStringLiteral("one of ") + spec.choices.join(QStringLiteral(", "));
    case OptionKind::StringList:
        return QStringLiteral("a text or a list of texts");
    case OptionKind::Origin:
        return QStringLiteral("an origin, a list of origins, a pattern or true");
    case OptionKind::Any:
        return QStringLiteral("any value");
    }
    Q_UNREACHABLE();
}

Result<void> checkOptionShape(const OptionSpec &spec, const JsValue &value)
{
    if (hasShape(spec.kind, value))
        return {};
    return failure(
        QStringLiteral("expected %1, found %2").arg(expectedShape(spec), stringifyJson(value)));
}

Result<void> checkOption(const OptionSpec &spec, const JsValue &value)
{
    if (const auto shape = checkOptionShape(spec, value); !shape)
        return shape;
    return spec.check ? spec.check(value) : Result<void>();
}

} // namespace rt
