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

double toJsNumber(const JsValue &value)
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    if (value.isNumber() || value.isUndefined() || value.isObject() || value.isRegExp())
        return value.toNumber(nan);
    if (value.isNull() || value.isBoolean())
        return value.toBool() ? 1 : 0;
    if (value.isDate())
        return value.toDate().milliseconds;
    const QString text = value.asText().trimmed();
    const QString prefix = text.first(std::min<qsizetype>(2, text.size())).toLower();
    const int base = prefix == u"0x" ? 16 : prefix == u"0b" ? 2 : prefix == u"0o" ? 8 : 10;
    bool isNumber = true;
    if (text.isEmpty())
        return 0;
    if (text.endsWith(u"Infinity"))
        return QStringLiteral("+Infinity").endsWith(text) && text.size() < 10
            ? std::numeric_limits<double>::infinity()
            : text == u"-Infinity" ? -std::numeric_limits<double>::infinity()
                                   : nan;
    const double number = base == 10
        ? text.toDouble(&isNumber)
        : static_cast<double>(text.mid(2).toULongLong(&isNumber, base));
    // QString reads these words too, JavaScript does not.
    const bool isWord
        = text.contains(u"inf", Qt::CaseInsensitive) || text.contains(u"nan", Qt::CaseInsensitive);
    return isNumber && !isWord ? number : nan;
}

double timeClip(double milliseconds)
{
    constexpr double limit = 8.64e15;
    if (!std::isfinite(milliseconds) || std::abs(milliseconds) > limit)
        return std::numeric_limits<double>::quiet_NaN();
    return std::trunc(milliseconds);
}

} // namespace rt
