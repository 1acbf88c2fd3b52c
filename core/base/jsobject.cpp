// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/jsobject.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rt {

QList<std::pair<QString, JsValue>> enumerableMembers(const JsValue &value)
{
    QList<std::pair<QString, JsValue>> members;
    const auto add = [&](JsValue item) {
        members.append({QString::number(members.size()), std::move(item)});
    };
    if (value.isObject())
        return value.members();
    if (value.isBuffer()) {
        for (const char byte : value.toBuffer())
            add(JsValue(static_cast<int>(static_cast<uchar>(byte))));
    } else if (value.isString()) {
        for (const QChar unit : value.toString())
            add(JsValue(QString(unit)));
    } else {
        for (const JsValue &item : value.items())
            add(item);
    }
    return members;
}

bool isObjectPrototypeName(QStringView name)
{
    static const QStringList names {QStringLiteral("__defineGetter__"),
                                    QStringLiteral("__defineSetter__"),
                                    QStringLiteral("__lookupGetter__"),
                                    QStringLiteral("__lookupSetter__"),
                                    QStringLiteral("__proto__"),
                                    QStringLiteral("constructor"),
                                    QStringLiteral("hasOwnProperty"),
                                    QStringLiteral("isPrototypeOf"),
                                    QStringLiteral("propertyIsEnumerable"),
                                    QStringLiteral("toLocaleString"),
                                    QStringLiteral("toString"),
                                    QStringLiteral("valueOf")};
    return std::find(names.begin(), names.end(), name) != names.end();
}

double timeClip(double milliseconds)
{
    constexpr double limit = 8.64e15;
    if (!std::isfinite(milliseconds) || std::abs(milliseconds) > limit)
        return std::numeric_limits<double>::quiet_NaN();
    return std::trunc(milliseconds);
}

} // namespace rt
