// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "base/jsobject.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <limits>

namespace rt {

using namespace Qt::StringLiterals;

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

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

double fromDigits(QStringView digits, int base)
{
    double number = 0;
    for (const QChar c : digits) {
        bool isDigit = false;
        const int digit = QString(c).toInt(&isDigit, base);
        if (!isDigit)
            return notANumber;
        number = number * base + digit;
    }
    return digits.isEmpty() ? notANumber : number;
}

/// https://tc39.es/ecma262/#sec-stringtonumber
double fromText(const QString &text)
{
    static const QRegularExpression decimal(
        u"\\A[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?\\z"_s);
    static const QRegularExpression infinity(u"\\A([+-]?)Infinity\\z"_s);
    static const QRegularExpression blanks(u"\\A[\\s\\x{FEFF}]+|[\\s\\x{FEFF}]+\\z"_s,
                                           QRegularExpression::UseUnicodePropertiesOption);
    const QString trimmed = QString(text).remove(blanks);
    if (trimmed.isEmpty())
        return 0;
    for (const auto &[prefix, base] : {std::pair {u"0x", 16}, {u"0o", 8}, {u"0b", 2}}) {
        if (trimmed.startsWith(QStringView(prefix), Qt::CaseInsensitive))
            return fromDigits(QStringView(trimmed).sliced(2), base);
    }
    if (const auto match = infinity.match(trimmed); match.hasMatch())
        return match.captured(1) == u"-" ? -std::numeric_limits<double>::infinity()
                                         : std::numeric_limits<double>::infinity();
    return decimal.match(trimmed).hasMatch() ? trimmed.toDouble() : notANumber;
}

} // namespace

double toJsNumber(const JsValue &value)
{
    switch (value.type()) {
    case JsValue::Type::Undefined:
        return notANumber;
    case JsValue::Type::Null:
        return 0;
    case JsValue::Type::Boolean:
        return value.toBool() ? 1 : 0;
    case JsValue::Type::Number:
        return value.toNumber();
    case JsValue::Type::Date:
        return value.toDate().milliseconds;
    case JsValue::Type::String:
    case JsValue::Type::Array:
    case JsValue::Type::Object:
    case JsValue::Type::Buffer:
    case JsValue::Type::RegExp:
        return fromText(value.asText());
    }
    Q_UNREACHABLE();
}

double timeClip(double milliseconds)
{
    constexpr double limit = 8.64e15;
    if (!std::isfinite(milliseconds) || std::abs(milliseconds) > limit)
        return std::numeric_limits<double>::quiet_NaN();
    return std::trunc(milliseconds);
}

} // namespace rt
